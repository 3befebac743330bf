//! What follows the guest's end, against what QEMU can be told.

use documents::domain::{Domain, LifecycleAction};

use crate::domain::completion::os::word;
use crate::domain::error::FeatureError;

pub(super) fn check(domain: &Domain) -> Result<(), FeatureError> {
    let (poweroff, reboot) = (domain.on_poweroff, domain.on_reboot);
    let refused = |action| {
        Err(FeatureError::LifecycleAction {
            action: word(action),
        })
    };
    for action in [poweroff, reboot, domain.on_crash].into_iter().flatten() {
        if action == LifecycleAction::RenameRestart {
            return refused(action);
        }
    }
    // A guest that has stopped by itself has nothing left to look at.
    for action in [poweroff, reboot].into_iter().flatten() {
        if action == LifecycleAction::Preserve {
            return refused(action);
        }
    }
    // QEMU tells a reset from a shutdown only while it may do both.
    if let (Some(on @ LifecycleAction::Destroy), Some(off @ LifecycleAction::Restart)) =
        (reboot, poweroff)
    {
        return Err(FeatureError::LifecyclePair {
            reboot: word(on),
            poweroff: word(off),
        });
    }
    Ok(())
}
