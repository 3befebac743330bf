//! Whether there is such a machine, and features against it.

use documents::domain::{Domain, Features};

use super::machine_arch;
use crate::capabilities::Capabilities;
use crate::domain::error::MachineError;
use crate::domain::machine::Family;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), MachineError> {
    let os = domain.os.kind.as_ref();
    let machine = os.and_then(|os| os.machine.as_deref()).unwrap_or_default();
    if capabilities.machine(machine).is_none() {
        return Err(MachineError::UnknownMachine {
            emulator: capabilities.emulator.clone(),
            machine: machine.to_owned(),
        });
    }
    if let Some(features) = domain.features.as_deref() {
        check_features(features, domain, machine, capabilities)?;
    }
    if domain.bootloader.is_some() {
        return Err(MachineError::Bootloader);
    }
    Ok(())
}

fn check_features(
    features: &Features,
    domain: &Domain,
    machine: &str,
    capabilities: &Capabilities,
) -> Result<(), MachineError> {
    let x86 = Family::of_domain(domain).is_pc();
    // Features that only other architectures have.
    let foreign = [
        ("gic", features.gic.is_some()),
        ("hpt", features.hpt.is_some()),
        ("htm", features.htm.is_some()),
        ("nested-hv", features.nested_hv.is_some()),
        ("ccf-assist", features.ccf_assist.is_some()),
        ("cfpc", features.cfpc.is_some()),
        ("sbbc", features.sbbc.is_some()),
        ("ibs", features.ibs.is_some()),
        ("ras", features.ras.is_some()),
        ("aia", features.aia.is_some()),
    ];
    let unsupported = |feature| MachineError::Feature {
        feature,
        arch: machine_arch(domain).to_owned(),
        machine: machine.to_owned(),
    };
    if let Some((feature, _)) = foreign.into_iter().find(|(_, present)| x86 && *present) {
        return Err(unsupported(feature));
    }
    let acpi = capabilities
        .machine(machine)
        .is_none_or(|machine| machine.acpi);
    if features.acpi && !acpi {
        return Err(MachineError::NoAcpi {
            emulator: capabilities.emulator.clone(),
            machine: machine.to_owned(),
        });
    }
    Ok(())
}
