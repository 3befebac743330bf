//! Whether there is such a machine, and features against it.

use documents::domain::{Domain, DomainKind, Features, LoaderKind};

use crate::capabilities::{Arch, Capabilities};
use crate::domain::completion::os::word;
use crate::domain::error::MachineError;
use crate::domain::machine::{Family, machine_arch, machine_name};

/// The one type of guest that a machine emulator runs.
const HVM: &str = "hvm";

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), MachineError> {
    check_kind(domain, capabilities)?;
    let machine = machine_name(domain);
    if capabilities.machine(machine).is_none() {
        return Err(MachineError::UnknownMachine {
            emulator: capabilities.emulator.clone(),
            machine: machine.to_owned(),
        });
    }
    if let Some(features) = domain.features.as_deref() {
        check_features(features, domain, machine, capabilities)?;
    }
    check_power(domain, capabilities)?;
    check_genid(domain, capabilities)?;
    let useserial = domain.os.bios.and_then(|bios| bios.useserial) == Some(true);
    if useserial && !Family::of_domain(domain).is_pc() {
        return Err(MachineError::BiosSerialArch);
    }
    if domain.bootloader.is_some() {
        return Err(MachineError::Bootloader);
    }
    Ok(())
}

/// Whether the emulator runs guests of this type, with this accelerator.
fn check_kind(domain: &Domain, capabilities: &Capabilities) -> Result<(), MachineError> {
    let emulator = || capabilities.emulator.clone();
    let os = domain.os.kind.as_ref();
    if let Some(os) = os.filter(|os| os.value != HVM) {
        return Err(MachineError::OsType {
            emulator: emulator(),
            os_type: os.value.clone(),
        });
    }
    match domain.kind {
        DomainKind::Qemu => Ok(()),
        DomainKind::Kvm if capabilities.has_kvm() => Ok(()),
        other => Err(MachineError::VirtType {
            emulator: emulator(),
            kind: word(other),
        }),
    }
}

fn check_features(
    features: &Features,
    domain: &Domain,
    machine: &str,
    capabilities: &Capabilities,
) -> Result<(), MachineError> {
    // Of a machine that is not run nothing is known.
    if Family::of_domain(domain) != Family::Foreign {
        check_places(features, domain, machine)?;
        let devices = [
            ("vmport", features.vmport.is_some(), "vmport"),
            ("ps2 feature", features.ps2.is_some(), "i8042"),
        ];
        let mut wanted = devices.into_iter().filter(|(_, wanted, _)| *wanted);
        if let Some((what, ..)) = wanted.find(|(.., device)| !capabilities.has_device(device)) {
            return Err(MachineError::NotInBinary { what });
        }
    }
    match features.acpi {
        true => check_acpi(domain, machine, capabilities),
        false => Ok(()),
    }
}

/// Each feature is one of the machines that have it.
fn check_places(features: &Features, domain: &Domain, machine: &str) -> Result<(), MachineError> {
    let family = Family::of_domain(domain);
    let pc = family.is_pc();
    let arm = family == Family::ArmVirt;
    let eoi = features.apic.is_some_and(|apic| apic.eoi.is_some());
    let places = [
        ("gic", features.gic.is_some(), arm),
        ("ras", features.ras.is_some(), arm),
        ("aia", features.aia.is_some(), family == Family::RiscvVirt),
        ("hpt", features.hpt.is_some(), false),
        ("htm", features.htm.is_some(), false),
        ("nested-hv", features.nested_hv.is_some(), false),
        ("ccf-assist", features.ccf_assist.is_some(), false),
        ("cfpc", features.cfpc.is_some(), false),
        ("sbbc", features.sbbc.is_some(), false),
        ("ibs", features.ibs.is_some(), false),
        ("ioapic", features.ioapic.is_some(), pc),
        ("pvspinlock", features.pvspinlock.is_some(), pc),
        ("apic eoi", eoi, pc),
        ("hyperv", features.hyperv.is_some(), pc || arm),
    ];
    let mut wanted = places.into_iter().filter(|(_, wanted, _)| *wanted);
    match wanted.find(|(.., there)| !there) {
        Some((feature, ..)) => Err(MachineError::Feature {
            feature,
            arch: machine_arch(domain).to_owned(),
            machine: machine.to_owned(),
        }),
        None => Ok(()),
    }
}

/// ACPI needs a machine that has it; on ARM the firmware brings it.
fn check_acpi(
    domain: &Domain,
    machine: &str,
    capabilities: &Capabilities,
) -> Result<(), MachineError> {
    let known = capabilities.machine(machine);
    if known.is_some_and(|machine| !machine.acpi) {
        return Err(MachineError::NoAcpi {
            emulator: capabilities.emulator.clone(),
            machine: machine.to_owned(),
        });
    }
    let loader = domain.os.loader.as_ref();
    let uefi = loader.is_some_and(|loader| loader.kind == Some(LoaderKind::Pflash));
    if !uefi && machine_arch(domain) == Arch::Aarch64.name() {
        return Err(MachineError::AcpiWithoutUefi);
    }
    Ok(())
}

/// Sleep is what the chipset of a PC offers.
fn check_power(domain: &Domain, capabilities: &Capabilities) -> Result<(), MachineError> {
    let power = domain.pm.clone().unwrap_or_default();
    let asked = power.suspend_to_mem.is_some() || power.suspend_to_disk.is_some();
    let chips = ["PIIX4_PM", "ICH9-LPC"];
    if asked && !chips.iter().any(|chip| capabilities.has_device(chip)) {
        return Err(MachineError::NoSleep);
    }
    Ok(())
}

fn check_genid(domain: &Domain, capabilities: &Capabilities) -> Result<(), MachineError> {
    if domain.genid.is_some() && !capabilities.has_device("vmgenid") {
        return Err(MachineError::NoGenId);
    }
    Ok(())
}
