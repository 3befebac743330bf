//! What may follow a power-off, a reboot or a crash.

use documents::domain::{Domain, LifecycleAction};

use crate::domain::completion::os::word;
use crate::domain::error::FeatureError;

/// A core is only dumped of a guest that has crashed.
pub(super) fn check(domain: &Domain) -> Result<(), FeatureError> {
    let events = [
        ("poweroff", domain.on_poweroff),
        ("reboot", domain.on_reboot),
    ];
    for (event, action) in events {
        if let Some(
            action @ (LifecycleAction::CoredumpDestroy | LifecycleAction::CoredumpRestart),
        ) = action
        {
            return Err(FeatureError::Lifecycle {
                event,
                action: word(action),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn a_core_is_dumped_after_a_crash_only() {
        let refused = Some((Code::ConfigUnsupported, Origin::Domain));
        check("<on_crash>coredump-restart</on_crash>", None);
        check("<on_reboot>coredump-restart</on_reboot>", refused);
        check("<on_poweroff>coredump-destroy</on_poweroff>", refused);
    }
}
