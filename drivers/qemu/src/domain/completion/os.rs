//! Operating system type, architecture and machine.

use documents::domain::{Domain, DomainKind, OsType};
use xml::ScalarEnum;

use crate::capabilities::{Arch, Capabilities};
use crate::domain::error::MachineError;

/// The one type of guest that a machine emulator runs.
const HVM: &str = "hvm";

/// Fills in architecture and machine, and refuses what the emulator does not run.
pub(super) fn complete(
    domain: &mut Domain,
    capabilities: &Capabilities,
) -> Result<(), MachineError> {
    let Some(kind) = domain
        .os
        .kind
        .as_mut()
        .filter(|kind| !kind.value.is_empty())
    else {
        return Err(MachineError::NoOsType);
    };
    let emulator = || capabilities.emulator.clone();
    let arch = kind
        .arch
        .get_or_insert_with(|| capabilities.arch.name().to_owned())
        .clone();
    if kind.value != HVM {
        return Err(MachineError::OsType {
            emulator: emulator(),
            os_type: kind.value.clone(),
        });
    }
    if !emulates(capabilities.arch, &arch) {
        return Err(MachineError::WrongArch {
            emulator: emulator(),
            arch,
        });
    }
    check_kind(domain.kind, capabilities)?;
    if domain.os.firmware_features.is_some() && domain.os.firmware.is_none() {
        return Err(MachineError::FirmwareFeatures);
    }
    complete_machine(kind, capabilities)
}

/// A 64-bit PC emulator runs 32-bit guests too, and one of POWER both byte orders.
fn emulates(emulator: Arch, guest: &str) -> bool {
    Arch::from_name(guest).is_some_and(|guest| {
        guest == emulator
            || (guest == Arch::I686 && emulator == Arch::X86_64)
            || (guest.qemu() == emulator.qemu())
    })
}

fn check_kind(kind: DomainKind, capabilities: &Capabilities) -> Result<(), MachineError> {
    match kind {
        DomainKind::Qemu => Ok(()),
        DomainKind::Kvm if capabilities.has_kvm() => Ok(()),
        other => Err(MachineError::VirtType {
            emulator: capabilities.emulator.clone(),
            kind: word(other),
        }),
    }
}

fn complete_machine(kind: &mut OsType, capabilities: &Capabilities) -> Result<(), MachineError> {
    let emulator = || capabilities.emulator.clone();
    let machine = match &kind.machine {
        Some(name) => capabilities
            .machine(name)
            .ok_or_else(|| MachineError::UnknownMachine {
                emulator: emulator(),
                machine: name.clone(),
            })?,
        None => capabilities
            .default_machine()
            .ok_or_else(|| MachineError::NoDefaultMachine {
                emulator: emulator(),
            })?,
    };
    kind.machine = Some(machine.name.clone());
    Ok(())
}

/// The word that documents have for a value.
pub(crate) fn word<T: ScalarEnum>(value: T) -> &'static str {
    T::VALUES.get(value.index()).map_or("", |word| word.name)
}
