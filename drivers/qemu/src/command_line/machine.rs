//! `-machine`, `-accel`, firmware and power management.

use documents::domain::{
    Domain, DomainKind, Features, IommuModel, LoaderKind, MemoryModel, Smm, SoundModel, TimerName,
};
use serde::Serialize;

use super::arguments::Arguments;
use super::memory;
use crate::capabilities::{Capabilities, Feature};
use crate::devices::sound::audio_name;
use crate::devices::{KeyVal, Part, memory_device};
use crate::domain::DomainError;
use crate::domain::machine::Family;

/// The value of `-name`: threads of the process are named after what they do.
pub(super) fn name(name: &str) -> String {
    let mut out = KeyVal::default();
    out.pair("guest", name);
    out.switch("debug-threads", true);
    out.finish()
}

/// The block node of a firmware in flash memory.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct FlashStorage<'a> {
    driver: &'static str,
    filename: &'a str,
    node_name: &'static str,
    auto_read_only: bool,
    discard: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct FlashFormat {
    node_name: &'static str,
    read_only: bool,
    driver: String,
    file: &'static str,
}

/// Adds machine, accelerator and firmware.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DomainError> {
    let features = domain.features.clone().unwrap_or_default();
    let flash = domain
        .os
        .loader
        .as_ref()
        .filter(|loader| loader.kind == Some(LoaderKind::Pflash));
    if let Some((loader, path)) = flash.and_then(|loader| Some((loader, loader.path.as_deref()?))) {
        args.part(&Part::blockdev(&FlashStorage {
            driver: "file",
            filename: path,
            node_name: "libvirt-pflash0-storage",
            auto_read_only: true,
            discard: "unmap",
        })?);
        args.part(&Part::blockdev(&FlashFormat {
            node_name: "libvirt-pflash0-format",
            read_only: loader.readonly.unwrap_or(true),
            driver: loader.format.clone().unwrap_or_else(|| "raw".to_owned()),
            file: "libvirt-pflash0-storage",
        })?);
    }
    args.option(
        "machine",
        machine(domain, &features, capabilities, flash.is_some()),
    );
    args.option("accel", accelerator(domain.kind, &features));
    if flash.is_some_and(|loader| loader.secure == Some(true)) {
        args.option("global", "driver=cfi.pflash01,property=secure,value=on");
    }
    let rom = domain
        .os
        .loader
        .as_ref()
        .filter(|loader| loader.kind != Some(LoaderKind::Pflash));
    if let Some(path) = rom.and_then(|loader| loader.path.as_deref()) {
        args.option("bios", path);
    }
    Ok(())
}

fn machine(
    domain: &Domain,
    features: &Features,
    capabilities: &Capabilities,
    flash: bool,
) -> String {
    let machine = domain
        .os
        .kind
        .as_ref()
        .and_then(|kind| kind.machine.as_deref())
        .unwrap_or_default();
    let mut out = KeyVal::new(machine);
    out.switch("usb", false);
    if let Some(vmport) = features.vmport {
        out.switch("vmport", vmport.is_on());
    }
    if let Some(Smm { state, .. }) = features.smm {
        out.switch("smm", state.unwrap_or(true));
    }
    if let Some(ps2) = features
        .ps2
        .filter(|_| capabilities.has(Feature::MachineI8042))
    {
        out.switch("i8042", ps2.is_on());
    }
    let memories = &domain.devices.memories;
    if memories
        .iter()
        .any(|memory| memory.model == MemoryModel::Nvdimm)
    {
        out.switch("nvdimm", true);
    }
    if domain.devices.iommu.as_ref().map(|iommu| iommu.model) == Some(IommuModel::Smmuv3) {
        out.pair("iommu", "smmuv3");
    }
    let enclaves = memories
        .iter()
        .filter(|memory| memory.model == MemoryModel::SgxEpc);
    for (number, memory) in enclaves.enumerate() {
        out.pair(
            &format!("sgx-epc.{number}.memdev"),
            &memory_device::backend_name(memory),
        );
        let node = memory.target.node.unwrap_or(0);
        out.pair(&format!("sgx-epc.{number}.node"), &node.to_string());
    }
    if let Some(ioapic) = features.ioapic {
        use documents::domain::IoApicDriver;
        out.pair(
            "kernel_irqchip",
            match ioapic {
                IoApicDriver::Qemu => "split",
                IoApicDriver::Kvm => "on",
            },
        );
    }
    let dump = domain
        .memory
        .and_then(|memory| memory.dump_core)
        .unwrap_or(false);
    out.switch("dump-guest-core", dump);
    if domain
        .memory_backing
        .as_ref()
        .is_some_and(|backing| backing.nosharepages)
    {
        out.switch("mem-merge", false);
    }
    out.optional("memory-backend", memory::main_backend(domain, capabilities));
    if flash {
        out.pair("pflash0", "libvirt-pflash0-format");
    }
    if let Some(speaker) = domain
        .devices
        .sounds
        .iter()
        .find(|sound| sound.model == SoundModel::Pcspk)
    {
        let first = domain.devices.audios.first().map(|audio| audio.id);
        let audio = speaker.audio.or(first).map(audio_name);
        out.optional("pcspk-audiodev", audio);
    }
    let timers = domain.clock.iter().flat_map(|clock| &clock.timers);
    let hpet = timers
        .filter(|timer| timer.name == TimerName::Hpet)
        .find_map(|timer| timer.present);
    if let Some(hpet) = hpet.filter(|_| capabilities.has(Feature::MachineHpet)) {
        out.switch("hpet", hpet);
    }
    if capabilities
        .machine(machine)
        .is_some_and(|machine| machine.acpi)
    {
        out.switch("acpi", features.acpi);
    }
    out.finish()
}

fn accelerator(kind: DomainKind, features: &Features) -> String {
    if kind == DomainKind::Kvm {
        let mut out = KeyVal::new("kvm");
        let ring = features
            .kvm
            .as_ref()
            .and_then(|kvm| kvm.dirty_ring.as_ref());
        out.optional(
            "dirty-ring-size",
            ring.filter(|ring| ring.state != Some(false))
                .and_then(|ring| ring.size),
        );
        return out.finish();
    }
    let mut out = KeyVal::new("tcg");
    let cache = features.tcg.as_ref().and_then(|tcg| tcg.tb_cache);
    out.optional("tb-size", cache.map(|kib| kib / 1024));
    out.finish()
}

/// Adds whether the guest is offered sleep, which the chipset decides.
pub(super) fn add_power(args: &mut Arguments, domain: &Domain, family: Family) {
    let chip = match family {
        Family::I440fx => "PIIX4_PM",
        Family::Q35 => "ICH9-LPC",
        _ => return,
    };
    let power = domain.pm.clone().unwrap_or_default();
    for (state, enabled) in [("s3", power.suspend_to_mem), ("s4", power.suspend_to_disk)] {
        if let Some(enabled) = enabled {
            args.option(
                "global",
                format!("{chip}.disable_{state}={}", u8::from(!enabled)),
            );
        }
    }
}
