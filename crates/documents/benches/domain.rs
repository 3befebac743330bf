//! Parsing and formatting of a domain with 120 devices; the budget for both together is 1 ms.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark may fail as a test does"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use documents::domain::Domain;
use xml::{Options, format, parse};

/// A domain with 40 disks, 40 controllers and 40 interfaces.
fn document() -> String {
    let mut devices = String::new();
    for index in 0..40 {
        devices.push_str(&format!(
            "<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none' io='native'/>\
             <source file='/var/lib/libvirt/images/disk-{index}.qcow2'/><target dev='vd{index}' bus='virtio'/>\
             <serial>S{index}</serial><alias name='virtio-disk{index}'/>\
             <address type='pci' domain='0x0000' bus='0x{index:02x}' slot='0x00' function='0x0'/></disk>\
             <controller type='pci' index='{index}' model='pcie-root-port'><model name='pcie-root-port'/>\
             <target chassis='{index}' port='0x{index:x}'/>\
             <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></controller>\
             <interface type='bridge'><mac address='52:54:00:00:00:{index:02x}'/><source bridge='br0'/>\
             <target dev='vnet{index}'/><model type='virtio'/><alias name='net{index}'/>\
             <address type='pci' domain='0x0000' bus='0x{index:02x}' slot='0x01' function='0x0'/></interface>"
        ));
    }
    format!(
        "<domain type='kvm'><name>large</name><uuid>1b6c6d0e-6b5e-4b8e-9d0a-0242ac110001</uuid>\
         <memory unit='GiB'>4</memory><vcpu>4</vcpu><os><type arch='x86_64' machine='q35'>hvm</type></os>\
         <features><acpi/><apic/></features><devices>{devices}</devices></domain>"
    )
}

fn domain(criterion: &mut Criterion) {
    let text = document();
    let options = Options::lenient();
    let parsed: Domain = parse(&text, &options).unwrap();
    criterion.bench_function("parse 120 devices", |it| {
        it.iter(|| parse::<Domain>(black_box(&text), &options).unwrap());
    });
    criterion.bench_function("format 120 devices", |it| {
        it.iter(|| format(black_box(&parsed)));
    });
}

criterion_group!(benches, domain);
criterion_main!(benches);
