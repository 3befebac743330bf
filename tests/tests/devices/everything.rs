//! Every device of this machine's QEMU is in a machine of these tests, or has a reason not to be.

use std::collections::BTreeSet;
use std::process::Command;

use e2e::Daemon;

use crate::machine::Machine;

/// Devices that no guest is shown here, by the beginnings of their names, and why.
const LEFT_OUT: &[(&str, &[&str])] = &[
    (
        "documents have no word for them",
        &[
            "cxl-*",
            "pxb-cxl",
            "pci-bridge-seat",
            "i2c-*",
            "smbus-ipmi",
            "ipmi-*",
            "isa-ipmi-*",
            "pci-ipmi-*",
            "ich9-usb-ehci2",
            "ich9-usb-uhci4",
            "ich9-usb-uhci5",
            "ich9-usb-uhci6",
            "usb-bot",
            "usb-uas",
            "usb-mtp",
            "usb-braille",
            "usb-wacom-tablet",
            "u2f-passthru",
            "lsi53c810",
            "megasas-gen2",
            "nvme*",
            "ufs*",
            "sdhci-pci",
            "sd-card-spi",
            "rocker",
            "pci-serial-2x",
            "pci-serial-4x",
            "tpci200",
            "ipoctal232",
            "virtio-multitouch-*",
            "ati-vga",
            "secondary-vga",
            "isa-vga",
            "isa-cirrus-vga",
            "adlib",
            "cs4231a",
            "gus",
            "ctucan_pci",
            "kvaser_pci",
            "mioe3680_pci",
            "pcm3680_pci",
            "isa-applesmc",
            "isa-debug-exit",
            "loader",
            "guest-loader",
            "edu",
            "hyperv-testdev",
            "pc-testdev",
            "pci-testdev",
            "x-pci-proxy-dev",
            "uefi-vars-*",
            "vmclock",
            "amd-iommu",
            "AMDVI-PCI",
            "ide-cf",
            "vhost-user-gpio-*",
            "vhost-user-i2c-*",
            "vhost-user-input*",
            "vhost-user-rng*",
            "vhost-user-scsi*",
            "vhost-user-snd*",
            "vhost-user-vsock-*",
            "vhost-vdpa-device*",
        ],
    ),
    (
        "the board has them, or a feature of the machine brings them",
        &[
            "i8042",
            "mc146818rtc",
            "vmmouse",
            "isa-ide",
            "piix3-ide",
            "piix4-ide",
            "vmcoreinfo",
            "hv-syndbg",
        ],
    ),
    (
        "a port that a guest writes to, of which nothing tells it",
        &["isa-debugcon"],
    ),
    (
        "a machine of Xen's or Hyper-V's has them",
        &["xen-*", "vmbus-bridge", "hv-balloon"],
    ),
    (
        "a PC has no slot for a card of this bus",
        &["ne2k_isa", "sd-card"],
    ),
    (
        "this host has no device to hand over: no USB, SCSI, PCI with an IOMMU, smartcard or input of its own",
        &[
            "usb-host",
            "scsi-block",
            "scsi-generic",
            "vfio-*",
            "virtio-input-host-*",
            "ccid-card-emulated",
        ],
    ),
    (
        "this host's kernel has no vhost",
        &["vhost-vsock-*", "vhost-scsi*"],
    ),
    (
        "the distribution has no program that serves them",
        &["vhost-user-fs-*", "vhost-user-gpu*", "vhost-user-vga"],
    ),
    (
        "another generation or another bus of a device that is shown, served by the same code",
        &[
            "vhost-user-blk",
            "vhost-user-blk-pci-*",
            "virtio-mem",
            "virtio-pmem",
            "virtio-9p-device",
            "virtio-crypto-device",
            "virtio-gpu-device",
            "virtio-iommu-device",
            "virtio-sound-device",
            "virtio-tablet-device",
        ],
    ),
];

#[test]
fn every_device_of_this_qemu_is_shown_or_has_its_reason() {
    let daemon = Daemon::start();
    let machines = [
        crate::pc(),
        crate::q35(),
        crate::microvm(),
        crate::disks(),
        crate::usb(),
        crate::cards(),
        crate::express(),
        crate::board(),
        crate::served(),
        crate::nodes(),
    ];
    let shown: BTreeSet<String> = machines
        .iter()
        .flat_map(|machine| drivers(&daemon, machine))
        .collect();
    let has_reason = |name: &String| {
        let mut all = LEFT_OUT.iter().flat_map(|(_, names)| names.iter());
        all.any(|left| match left.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == left,
        })
    };
    let unexplained: Vec<String> = offered()
        .into_iter()
        .filter(|(name, alias)| !shown.contains(name) && !shown.contains(alias))
        .map(|(name, _)| name)
        .filter(|name| !has_reason(name))
        .collect();
    assert_eq!(unexplained, [""; 0]);
    let explained_in_vain: Vec<&String> = shown.iter().filter(|name| has_reason(name)).collect();
    assert_eq!(explained_in_vain, [""; 0]);
}

/// The devices in the arguments that a document makes.
fn drivers(daemon: &Daemon, machine: &Machine) -> BTreeSet<String> {
    let file = daemon.file("machine.xml", &machine.xml(daemon.root()));
    let arguments = daemon
        .virsh(&["domxml-to-native", "qemu-argv", "--xml", &file])
        .ok();
    let pieces = arguments.split("\"driver\":\"").skip(1);
    let names = pieces.filter_map(|rest| rest.split('"').next());
    names.map(str::to_owned).collect()
}

/// The devices that may be added to a machine, with their other names; processors are told by another option.
fn offered() -> Vec<(String, String)> {
    let output = Command::new("/usr/bin/qemu-system-x86_64")
        .args(["-device", "help"])
        .output();
    let output = output.expect("/usr/bin/qemu-system-x86_64 (package qemu-system-x86)");
    let text = String::from_utf8(output.stdout).expect("text");
    let names = text.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("name \"")?.split_once('"')?;
        let alias = rest
            .split_once("alias \"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let alias = alias.map_or("", |(alias, _)| alias);
        Some((name.to_owned(), alias.to_owned()))
    });
    names
        .filter(|(name, _)| !name.ends_with("-x86_64-cpu"))
        .collect()
}
