//! `<watchdog>`: watchdogs.

use documents::domain::{Watchdog, WatchdogAction, WatchdogModel};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, alias};
use crate::domain::{DeviceError, DomainError};

/// A watchdog that the guest sees.
#[derive(Debug, Serialize)]
struct Device {
    driver: &'static str,
    id: String,
    #[serde(flatten)]
    seat: Seat,
}

/// Everything that QEMU creates for a watchdog; the chipset's own is only let off its lead.
pub(crate) fn parts(watchdog: &Watchdog, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let driver = match watchdog.model {
        WatchdogModel::I6300esb => "i6300esb",
        WatchdogModel::Ib700 => "ib700",
        WatchdogModel::Itco => return Ok(vec![Part::option("global", "ICH9-LPC.noreboot=off")]),
        WatchdogModel::Diag288 => {
            return Err(DeviceError::Model {
                device: "watchdog",
                model: "diag288".to_owned(),
            }
            .into());
        }
    };
    Ok(vec![Part::device(&Device {
        driver,
        id: alias(&watchdog.info),
        seat: guest.seat(&watchdog.info),
    })?])
}

/// What QEMU does when a watchdog bites. A dump is made by the driver, of a guest that is paused.
pub(crate) fn action(watchdog: &Watchdog) -> &'static str {
    match watchdog.action.unwrap_or(WatchdogAction::Reset) {
        WatchdogAction::Reset => "reset",
        WatchdogAction::Shutdown => "shutdown",
        WatchdogAction::Poweroff => "poweroff",
        WatchdogAction::Pause | WatchdogAction::Dump => "pause",
        WatchdogAction::None => "none",
        WatchdogAction::InjectNmi => "inject-nmi",
    }
}
