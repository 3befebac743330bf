//! Watchdogs: where each model is, and that all of a guest do the same.

use documents::domain::{Address, Domain, Watchdog, WatchdogModel};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::error::DeviceError;
use crate::domain::machine::{Family, machine_arch};

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), DeviceError> {
    let watchdogs = &domain.devices.watchdogs;
    for (at, watchdog) in watchdogs.iter().enumerate() {
        check_model(watchdog, domain, capabilities)?;
        let before = || watchdogs.iter().take(at);
        // There can be several on PCI, but what is at a fixed place is there once.
        let fixed = watchdog.model != WatchdogModel::I6300esb;
        if fixed && before().any(|other| other.model == watchdog.model) {
            return Err(DeviceError::SecondWatchdog {
                model: word(watchdog.model),
            });
        }
        if before().any(|other| other.action != watchdog.action) {
            return Err(DeviceError::WatchdogActions);
        }
    }
    Ok(())
}

fn check_model(
    watchdog: &Watchdog,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DeviceError> {
    let model = word(watchdog.model);
    let missing = |device: &str| match capabilities.has_device(device) {
        true => Ok(()),
        false => Err(DeviceError::Model {
            device: "watchdog",
            model: model.to_owned(),
        }),
    };
    match watchdog.model {
        WatchdogModel::I6300esb => match watchdog.info.address {
            None | Some(Address::Pci(_)) => missing("i6300esb"),
            Some(_) => Err(DeviceError::WatchdogBus { model }),
        },
        WatchdogModel::Ib700 if watchdog.info.address.is_some() => {
            Err(DeviceError::WatchdogAddress { model })
        }
        WatchdogModel::Ib700 if Family::of_domain(domain) == Family::Q35 => {
            Err(DeviceError::WatchdogMachine {
                model,
                place: "machines that are no q35",
            })
        }
        WatchdogModel::Ib700 => missing("ib700"),
        WatchdogModel::Diag288 if !machine_arch(domain).starts_with("s390") => {
            Err(DeviceError::WatchdogMachine {
                model,
                place: "s390 and s390x",
            })
        }
        WatchdogModel::Diag288 => missing("diag288"),
        WatchdogModel::Itco if Family::of_domain(domain) != Family::Q35 => {
            Err(DeviceError::WatchdogMachine {
                model,
                place: "q35 machines",
            })
        }
        // It is a part of the machine.
        WatchdogModel::Itco if watchdog.info.address.is_some() => {
            Err(DeviceError::WatchdogAddress { model })
        }
        WatchdogModel::Itco => Ok(()),
    }
}
