//! Timers against what QEMU emulates.

use documents::domain::{Domain, TickPolicy, Timer, TimerName, TimerTrack};

use crate::domain::completion::os::word;
use crate::domain::error::ClockError;

pub(super) fn check(domain: &Domain) -> Result<(), ClockError> {
    let timers = domain.clock.iter().flat_map(|clock| &clock.timers);
    timers.into_iter().try_for_each(check_timer)
}

fn check_timer(timer: &Timer) -> Result<(), ClockError> {
    match timer.name {
        // Not emulated, or not on these machines.
        TimerName::Platform | TimerName::Armvtimer => Err(ClockError::Timer {
            timer: word(timer.name),
        }),
        TimerName::Rtc => check_rtc(timer),
        TimerName::Pit if timer.tickpolicy == Some(TickPolicy::Merge) => {
            Err(ClockError::PitTickPolicy {
                policy: word(TickPolicy::Merge),
            })
        }
        _ => Ok(()),
    }
}

fn check_rtc(timer: &Timer) -> Result<(), ClockError> {
    if let Some(track @ TimerTrack::Boot) = timer.track {
        return Err(ClockError::RtcTrack { track: word(track) });
    }
    match timer.tickpolicy {
        Some(policy @ (TickPolicy::Merge | TickPolicy::Discard)) => {
            Err(ClockError::RtcTickPolicy {
                policy: word(policy),
            })
        }
        _ => Ok(()),
    }
}
