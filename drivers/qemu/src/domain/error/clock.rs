//! What can be wrong with the guest's clock.

use protocol::error::{Code, Origin};

use super::public::{NOT_HERE, NOWHERE, Public, XML};

/// What is wrong with the clock and its timers.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum ClockError {
    #[error("unknown clock adjustment '{adjustment}'")]
    Adjustment { adjustment: String },
    #[error("missing 'timezone' attribute for clock with offset='timezone'")]
    NoTimezone,
    #[error("timer {timer} doesn't support setting of timer {what}")]
    TimerOption {
        timer: &'static str,
        what: &'static str,
    },
    #[error("unsupported rtc timer track '{track}'")]
    RtcTrack { track: &'static str },
    #[error("unsupported rtc timer tickpolicy '{policy}'")]
    RtcTickPolicy { policy: &'static str },
    #[error("unsupported pit tickpolicy '{policy}'")]
    PitTickPolicy { policy: &'static str },
    #[error(
        "Requested TSC frequency {wanted} Hz is outside tolerance range ([{least}, {most}] Hz) around host frequency \
         {host} Hz and TSC scaling is not supported by the host CPU"
    )]
    CounterFrequency {
        wanted: u64,
        least: u64,
        most: u64,
        host: u64,
    },
    #[error("unsupported timer type (name) '{timer}'")]
    Timer { timer: &'static str },
}

impl ClockError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::Adjustment { .. } => XML,
            Self::NoTimezone => (Code::InternalError, Origin::Domain),
            Self::TimerOption { .. } => NOWHERE,
            _ => NOT_HERE,
        }
    }
}
