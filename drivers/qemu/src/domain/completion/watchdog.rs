//! Watchdogs.

use documents::domain::{Domain, Watchdog, WatchdogAction, WatchdogModel};

use crate::domain::machine::Family;

/// Gives each watchdog its action, and a q35 machine the one that its chipset has.
pub(super) fn complete(domain: &mut Domain) {
    let family = Family::of_domain(domain);
    let watchdogs = &mut domain.devices.watchdogs;
    for watchdog in watchdogs.iter_mut() {
        watchdog.action.get_or_insert(WatchdogAction::Reset);
    }
    let has_itco = watchdogs
        .iter()
        .any(|watchdog| watchdog.model == WatchdogModel::Itco);
    if family == Family::Q35 && !has_itco {
        // All watchdogs of a guest do the same.
        let action = watchdogs.first().and_then(|watchdog| watchdog.action);
        let action = action.unwrap_or(WatchdogAction::Reset);
        watchdogs.push(Watchdog {
            model: WatchdogModel::Itco,
            action: Some(action),
            ..Watchdog::default()
        });
    }
}
