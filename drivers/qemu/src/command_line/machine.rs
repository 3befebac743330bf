//! `-machine`, `-accel`, firmware and power management.

use documents::domain::{
    Domain, DomainKind, Features, IoApicDriver, IommuModel, MemoryModel, Smm, SoundModel, TimerName,
};

use super::arguments::Arguments;
use super::firmware;
use super::memory::{self, has_hmat};
use crate::capabilities::{Arch, Capabilities, Feature};
use crate::devices::sound::audio_name;
use crate::devices::{KeyVal, memory_device};
use crate::domain::DomainError;
use crate::domain::completion::features::size_bytes;
use crate::domain::completion::os::word;
use crate::domain::machine::{Family, machine_name};

/// The value of `-name`: threads of the process are named after what they do.
pub(super) fn name(name: &str) -> String {
    let mut out = KeyVal::default();
    out.pair("guest", name);
    out.switch("debug-threads", true);
    out.finish()
}

/// Adds machine, accelerator and firmware.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DomainError> {
    let features = domain.features.clone().unwrap_or_default();
    firmware::add_flash(args, domain)?;
    args.option("machine", machine(domain, &features, capabilities));
    args.option("accel", accelerator(domain.kind, &features));
    let tseg = features.smm.as_ref().and_then(|smm| smm.tseg.as_ref());
    if let Some(tseg) = tseg {
        let mib = size_bytes(tseg)? >> 20;
        args.option("global", format!("mch.extended-tseg-mbytes={mib}"));
    }
    Ok(())
}

/// Adds what follows the CPU: the lock of the firmware's variables, and firmware that is a ROM.
pub(super) fn add_firmware(args: &mut Arguments, domain: &Domain) {
    let flash = firmware::flash(domain);
    if flash.is_some_and(|(loader, _)| loader.secure == Some(true)) {
        args.option("global", "driver=cfi.pflash01,property=secure,value=on");
    }
    firmware::add_rom(args, domain);
}

fn machine(domain: &Domain, features: &Features, capabilities: &Capabilities) -> String {
    let machine = machine_name(domain);
    let mut out = KeyVal::new(machine);
    out.switch("usb", false);
    add_switches(&mut out, features, capabilities);
    add_built_in(&mut out, domain);
    if let Some(ioapic) = features.ioapic {
        let irqchip = match ioapic {
            IoApicDriver::Qemu => "split",
            IoApicDriver::Kvm => "on",
        };
        out.pair("kernel_irqchip", irqchip);
    }
    add_memory(&mut out, domain, capabilities);
    let (program, variables) = firmware::nodes(domain);
    out.optional("pflash0", program);
    out.optional("pflash1", variables);
    if has_hmat(domain) {
        out.switch("hmat", true);
    }
    if domain.os.bios.and_then(|bios| bios.useserial) == Some(true) {
        out.switch("graphics", false);
    }
    out.optional("pcspk-audiodev", speaker_audio(domain));
    let hpet = hpet(domain).filter(|_| capabilities.has(Feature::MachineHpet));
    if let Some(hpet) = hpet {
        out.switch("hpet", hpet);
    }
    let known = capabilities.machine(machine);
    if known.is_some_and(|machine| machine.acpi) {
        out.switch("acpi", features.acpi);
    }
    out.finish()
}

/// Adds what can be turned on and off of the board itself.
fn add_switches(out: &mut KeyVal, features: &Features, capabilities: &Capabilities) {
    if let Some(vmport) = features.vmport {
        out.switch("vmport", vmport.is_on());
    }
    if let Some(Smm { state, .. }) = features.smm {
        out.switch("smm", state.unwrap_or(true));
    }
    let ps2 = features.ps2;
    if let Some(ps2) = ps2.filter(|_| capabilities.has(Feature::MachineI8042)) {
        out.switch("i8042", ps2.is_on());
    }
    let gic = features.gic.as_ref().and_then(|gic| gic.version);
    // The 32-bit boards have always had the second version.
    if let Some(version) = gic.filter(|_| capabilities.arch == Arch::Aarch64) {
        out.pair("gic-version", word(version));
    }
    if let Some(ras) = features.ras {
        out.switch("ras", ras.is_on());
    }
    if let Some(aia) = features.aia {
        out.pair("aia", word(aia));
    }
}

/// Adds the devices that the machine makes itself, and room for those that need it.
fn add_built_in(out: &mut KeyVal, domain: &Domain) {
    let memories = &domain.devices.memories;
    let of = |model: MemoryModel| memories.iter().filter(move |memory| memory.model == model);
    if of(MemoryModel::Nvdimm).next().is_some() {
        out.switch("nvdimm", true);
    }
    let iommu = domain.devices.iommu.as_ref();
    if iommu.is_some_and(|iommu| iommu.model == IommuModel::Smmuv3) {
        out.pair("iommu", "smmuv3");
    }
    for (number, memory) in of(MemoryModel::SgxEpc).enumerate() {
        let backend = memory_device::backend_name(memory);
        out.pair(&format!("sgx-epc.{number}.memdev"), &backend);
        let node = memory.target.node.unwrap_or(0).to_string();
        out.pair(&format!("sgx-epc.{number}.node"), &node);
    }
}

/// Adds what becomes of the guest's memory, and where it comes from.
fn add_memory(out: &mut KeyVal, domain: &Domain, capabilities: &Capabilities) {
    let dump = domain.memory.and_then(|memory| memory.dump_core);
    out.switch("dump-guest-core", dump.unwrap_or(false));
    let backing = domain.memory_backing.as_ref();
    if backing.is_some_and(|backing| backing.nosharepages) {
        out.switch("mem-merge", false);
    }
    if domain.launch_security.is_some() {
        out.pair("confidential-guest-support", super::security::OBJECT);
    }
    out.optional("memory-backend", memory::main_backend(domain, capabilities));
}

/// Where the speaker of a PC is heard, if there is one.
fn speaker_audio(domain: &Domain) -> Option<String> {
    let devices = &domain.devices;
    let mut sounds = devices.sounds.iter();
    let speaker = sounds.find(|sound| sound.model == SoundModel::Pcspk)?;
    let first = devices.audios.first().map(|audio| audio.id);
    speaker.audio.or(first).map(audio_name)
}

/// Whether the document has a High Precision Event Timer, if it says.
fn hpet(domain: &Domain) -> Option<bool> {
    let mut timers = domain.clock.iter().flat_map(|clock| &clock.timers);
    timers.find_map(|timer| match timer.name {
        TimerName::Hpet => timer.present,
        _ => None,
    })
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

/// Adds of which standard virtio is on the slots of a `microvm`: the present one. QEMU's default is the one before
/// it, which drivers of input devices and of GPUs refuse.
pub(super) fn add_slots(args: &mut Arguments, family: Family) {
    if family == Family::Microvm {
        args.option("global", "virtio-mmio.force-legacy=off");
    }
}
