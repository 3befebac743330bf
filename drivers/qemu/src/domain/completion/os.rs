//! Operating system type, architecture and machine.

use documents::domain::{Domain, OsType, SmbiosMode};
use xml::ScalarEnum;

use crate::capabilities::{Arch, Capabilities};
use crate::domain::error::MachineError;

/// The type of a guest that is made for Xen.
const XEN: &str = "xen";
/// The types of guests that documents know.
const OS_TYPES: &[&str] = &["hvm", "xen", "linux", "exe", "uml", "xenpvh"];

/// Fills in architecture and machine.
pub(super) fn complete(
    domain: &mut Domain,
    capabilities: &Capabilities,
) -> Result<(), MachineError> {
    // A boot loader is what a guest of Xen has.
    if domain.bootloader.is_some() {
        let kind = domain.os.kind.get_or_insert_default();
        if kind.value.is_empty() {
            XEN.clone_into(&mut kind.value);
        }
    }
    let Some(kind) = domain
        .os
        .kind
        .as_mut()
        .filter(|kind| !kind.value.is_empty())
    else {
        return Err(MachineError::NoOsType);
    };
    if !OS_TYPES.contains(&kind.value.as_str()) {
        return Err(MachineError::UnknownOsType {
            os_type: kind.value.clone(),
        });
    }
    if kind.value == "exe" && domain.os.init.is_none() {
        return Err(MachineError::NoInit);
    }
    kind.machine.take_if(|machine| machine.is_empty());
    let arch = kind
        .arch
        .get_or_insert_with(|| capabilities.arch.name().to_owned())
        .clone();
    if !Arch::from_name(&arch).is_some_and(|guest| capabilities.arch.emulates(guest)) {
        return Err(MachineError::WrongArch {
            emulator: capabilities.emulator.clone(),
            arch,
        });
    }
    domain.os.smbios.take_if(|mode| *mode == SmbiosMode::None);
    complete_machine(kind, capabilities)
}

/// Names the machine by its version. One that the emulator does not have stays as it is: its devices are placed by
/// what its name tells, and the checks refuse it.
fn complete_machine(kind: &mut OsType, capabilities: &Capabilities) -> Result<(), MachineError> {
    let name = match &kind.machine {
        Some(name) => capabilities.canonical_machine(name).unwrap_or(name),
        None => {
            let machine = capabilities.default_machine();
            let missing = || MachineError::NoDefaultMachine {
                emulator: capabilities.emulator.clone(),
            };
            &machine.ok_or_else(missing)?.name
        }
    };
    kind.machine = Some(name.to_owned());
    Ok(())
}

/// The word that documents have for a value.
pub(crate) fn word<T: ScalarEnum>(value: T) -> &'static str {
    T::VALUES.get(value.index()).map_or("", |word| word.name)
}
