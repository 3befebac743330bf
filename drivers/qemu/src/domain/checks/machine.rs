//! Features of machines against the machine, and memory that is plugged.

use documents::domain::{Domain, Features};

use crate::capabilities::Capabilities;
use crate::domain::error::MachineError;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), MachineError> {
    let os = domain.os.kind.as_ref();
    let arch = os.and_then(|os| os.arch.as_deref()).unwrap_or_default();
    let machine = os.and_then(|os| os.machine.as_deref()).unwrap_or_default();
    if let Some(features) = domain.features.as_deref() {
        check_features(features, arch, machine, capabilities)?;
    }
    if domain.bootloader.is_some() {
        return Err(MachineError::Bootloader);
    }
    Ok(())
}

fn check_features(
    features: &Features,
    arch: &str,
    machine: &str,
    capabilities: &Capabilities,
) -> Result<(), MachineError> {
    let x86 = matches!(arch, "x86_64" | "i686");
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
        arch: arch.to_owned(),
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
