//! Features, firmware, clock and timers against machine and QEMU.

use documents::domain::{Domain, Features, LoaderKind, TickPolicy, TimerName};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
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
    check_firmware(domain)?;
    check_timers(domain)
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
    if features
        .smm
        .as_ref()
        .is_some_and(|smm| smm.state != Some(false))
        && !machine.starts_with("pc-q35")
    {
        return Err(MachineError::Smm);
    }
    Ok(())
}

fn check_firmware(domain: &Domain) -> Result<(), MachineError> {
    let acpi = domain
        .features
        .as_ref()
        .is_some_and(|features| features.acpi);
    let pflash = domain
        .os
        .loader
        .as_ref()
        .is_some_and(|loader| loader.kind == Some(LoaderKind::Pflash));
    if pflash && !acpi {
        return Err(MachineError::UefiWithoutAcpi);
    }
    let useserial = domain.os.bios.and_then(|bios| bios.useserial) == Some(true);
    if useserial && domain.devices.serials.is_empty() {
        return Err(MachineError::BiosWithoutSerial);
    }
    Ok(())
}

fn check_timers(domain: &Domain) -> Result<(), MachineError> {
    let timers = domain.clock.iter().flat_map(|clock| &clock.timers);
    for timer in timers {
        match (timer.name, timer.tickpolicy) {
            (TimerName::Platform | TimerName::Armvtimer, _) => {
                return Err(MachineError::Timer {
                    timer: word(timer.name),
                });
            }
            (TimerName::Rtc, Some(policy @ (TickPolicy::Merge | TickPolicy::Discard))) => {
                return Err(MachineError::RtcTickPolicy {
                    policy: word(policy),
                });
            }
            (TimerName::Pit, Some(policy @ (TickPolicy::Merge | TickPolicy::Catchup)))
                if policy == TickPolicy::Merge =>
            {
                return Err(MachineError::PitTickPolicy {
                    policy: word(policy),
                });
            }
            _ => {}
        }
    }
    Ok(())
}
