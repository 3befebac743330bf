//! Firmware and its tables against the machine.

use documents::domain::{AcpiTableKind, Domain, LoaderKind, SourceKind, SysInfo};

use crate::capabilities::Arch;
use crate::domain::completion::os::word;
use crate::domain::error::{DomainError, FirmwareError, MachineError};
use crate::domain::machine::{Family, machine_arch};
use crate::domain::rules;

/// Names that belong to others.
const RESERVED: &[&str] = &["opt/ovmf/", "opt/org.qemu/"];

pub(super) fn check(domain: &Domain) -> Result<(), DomainError> {
    let os = &domain.os;
    rules::loader::check(domain)?;
    check_secure(domain)?;
    let acpi = domain
        .features
        .as_ref()
        .is_some_and(|features| features.acpi);
    let pflash = os
        .loader
        .as_ref()
        .is_some_and(|loader| loader.kind == Some(LoaderKind::Pflash));
    if pflash && !acpi && Family::of_domain(domain).is_pc() {
        return Err(MachineError::UefiWithoutAcpi.into());
    }
    let useserial = os.bios.and_then(|bios| bios.useserial) == Some(true);
    if useserial && domain.devices.serials.is_empty() {
        return Err(MachineError::BiosWithoutSerial.into());
    }
    if let Some(table) = os.acpi.iter().find(|it| it.kind == AcpiTableKind::Rawset) {
        let kind = word(table.kind);
        return Err(FirmwareError::Table { kind }.into());
    }
    if let Some(kind) = os.nvram.as_ref().and_then(|nvram| nvram.kind)
        && !matches!(
            kind,
            SourceKind::File | SourceKind::Block | SourceKind::Network
        )
    {
        return Err(FirmwareError::NvramType { kind: word(kind) }.into());
    }
    check_entries(domain)?;
    Ok(())
}

/// Variables that the guest cannot forge need a machine that protects them.
fn check_secure(domain: &Domain) -> Result<(), FirmwareError> {
    let loader = domain.os.loader.as_ref();
    if loader.and_then(|loader| loader.secure) != Some(true) {
        return Ok(());
    }
    if Family::of_domain(domain) != Family::Q35 {
        return Err(FirmwareError::SecureMachine);
    }
    if machine_arch(domain) != Arch::X86_64.name() {
        return Err(FirmwareError::SecureArch);
    }
    let smm = domain
        .features
        .as_ref()
        .and_then(|features| features.smm.as_ref());
    if smm.and_then(|smm| smm.state) != Some(true) {
        return Err(FirmwareError::SecureSmm);
    }
    Ok(())
}

fn check_entries(domain: &Domain) -> Result<(), FirmwareError> {
    for info in &domain.sysinfo {
        let SysInfo::FwCfg(info) = info else {
            continue;
        };
        for entry in &info.entries {
            let name = || entry.name.clone();
            if !entry.name.starts_with("opt/") {
                return Err(FirmwareError::EntryName { name: name() });
            }
            if RESERVED.iter().any(|it| entry.name.starts_with(it)) {
                return Err(FirmwareError::ReservedName { name: name() });
            }
        }
    }
    Ok(())
}
