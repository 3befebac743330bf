//! The states of a VM and the reasons for them.
//!
//! A state carries what is only valid in it: an active VM has a process, a stopped one has a reason. The
//! numbers are those of the public API (`virDomainState` and its reason enums), the words those of the status
//! file.

use std::sync::Arc;

use documents::domain::RunState;

use super::live::Live;

/// What a VM is doing.
#[derive(Debug, Clone)]
pub enum State {
    /// No process belongs to the VM.
    Off(OffReason),
    /// A process is being brought up; it executes no guest code yet.
    Starting(Starting),
    /// QEMU runs and has been configured.
    Active(Arc<Live>, Activity),
}

/// What is known of a VM while it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Starting {
    /// The number that the VM has while it is active.
    pub id: i32,
}

/// Why a VM has no process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffReason {
    /// It was never started, or nobody knows.
    Unknown,
    /// The guest, or a polite request, ended it.
    Shutdown,
    /// Somebody destroyed it.
    Destroyed,
    /// The guest panicked, or QEMU ended without being asked to.
    Crashed,
    /// It could not be started.
    Failed,
    /// The daemon could not take it over after a restart.
    Daemon,
}

/// What an active VM is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// The guest's processors run.
    Running(RunningReason),
    /// The guest's processors are stopped.
    Paused(PausedReason),
    /// The guest has powered itself off; the process is about to go.
    ShuttingDown,
    /// The guest panicked and is kept for inspection.
    Crashed,
    /// The guest sleeps (ACPI S3).
    PmSuspended,
}

/// Why a VM runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunningReason {
    /// Nobody knows.
    Unknown,
    /// It was started.
    Booted,
    /// It was resumed.
    Unpaused,
    /// It was woken from sleep.
    Wakeup,
    /// It was resumed after a panic.
    Crashed,
}

/// Why a VM is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PausedReason {
    /// Nobody knows.
    Unknown,
    /// Somebody asked for it.
    User,
    /// A disk reported an error.
    IoError,
    /// The watchdog fired.
    Watchdog,
    /// The guest is being shut down.
    ShuttingDown,
    /// It has been started paused, or is being started.
    StartingUp,
    /// The guest panicked.
    Crashed,
}

/// A state without its data: what admission decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// See [`State::Off`].
    Off,
    /// See [`State::Starting`].
    Starting,
    /// See [`Activity::Running`].
    Running,
    /// See [`Activity::Paused`].
    Paused,
    /// See [`Activity::ShuttingDown`].
    ShuttingDown,
    /// See [`Activity::Crashed`].
    Crashed,
    /// See [`Activity::PmSuspended`].
    PmSuspended,
}

impl State {
    /// The state without its data.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Off(_) => Kind::Off,
            Self::Starting(_) => Kind::Starting,
            Self::Active(_, activity) => activity.kind(),
        }
    }

    /// What belongs to the running process.
    pub fn live(&self) -> Option<&Arc<Live>> {
        match self {
            Self::Active(live, _) => Some(live),
            Self::Off(_) | Self::Starting(_) => None,
        }
    }

    /// Whether a process belongs to the VM, or will in a moment.
    pub fn is_active(&self) -> bool {
        !matches!(self, Self::Off(_))
    }

    /// The number that an active VM has.
    pub fn id(&self) -> Option<i32> {
        match self {
            Self::Off(_) => None,
            Self::Starting(starting) => Some(starting.id),
            Self::Active(live, _) => Some(live.id),
        }
    }

    /// State and reason as the public API numbers them (`virDomainState`, `virDomain*Reason`).
    pub fn numbers(&self) -> (i32, i32) {
        match self {
            Self::Off(reason) => (5, reason.number()),
            Self::Starting(_) => (3, PausedReason::StartingUp.number()),
            Self::Active(_, activity) => activity.numbers(),
        }
    }
}

impl OffReason {
    /// `virDomainShutoffReason`.
    fn number(self) -> i32 {
        match self {
            Self::Unknown => 0,
            Self::Shutdown => 1,
            Self::Destroyed => 2,
            Self::Crashed => 3,
            Self::Failed => 6,
            Self::Daemon => 8,
        }
    }
}

impl Activity {
    /// The activity without its reason.
    pub fn kind(self) -> Kind {
        match self {
            Self::Running(_) => Kind::Running,
            Self::Paused(_) => Kind::Paused,
            Self::ShuttingDown => Kind::ShuttingDown,
            Self::Crashed => Kind::Crashed,
            Self::PmSuspended => Kind::PmSuspended,
        }
    }

    /// State and reason as the public API numbers them.
    pub fn numbers(self) -> (i32, i32) {
        match self {
            Self::Running(reason) => (1, reason.number()),
            Self::Paused(reason) => (3, reason.number()),
            Self::ShuttingDown => (4, 0),
            Self::Crashed => (6, 1),
            Self::PmSuspended => (7, 0),
        }
    }

    /// The words of the status file: `<domstatus state='…' reason='…'>`.
    pub fn words(self) -> (RunState, &'static str) {
        match self {
            Self::Running(reason) => (RunState::Running, reason.word()),
            Self::Paused(reason) => (RunState::Paused, reason.word()),
            Self::ShuttingDown => (RunState::Shutdown, "unknown"),
            Self::Crashed => (RunState::Crashed, "panicked"),
            Self::PmSuspended => (RunState::Pmsuspended, "unknown"),
        }
    }

    /// Reads the words of the status file; a word that nobody knows is an unknown reason.
    pub fn from_words(state: RunState, reason: &str) -> Option<Self> {
        Some(match state {
            RunState::Running => Self::Running(RunningReason::from_word(reason)),
            RunState::Paused => Self::Paused(PausedReason::from_word(reason)),
            RunState::Shutdown => Self::ShuttingDown,
            RunState::Crashed => Self::Crashed,
            RunState::Pmsuspended => Self::PmSuspended,
            RunState::Nostate | RunState::Blocked | RunState::Shutoff => return None,
        })
    }
}

impl RunningReason {
    const ALL: [Self; 5] = [
        Self::Unknown,
        Self::Booted,
        Self::Unpaused,
        Self::Wakeup,
        Self::Crashed,
    ];

    /// `virDomainRunningReason`.
    fn number(self) -> i32 {
        match self {
            Self::Unknown => 0,
            Self::Booted => 1,
            Self::Unpaused => 5,
            Self::Wakeup => 8,
            Self::Crashed => 9,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Booted => "booted",
            Self::Unpaused => "unpaused",
            Self::Wakeup => "wakeup",
            Self::Crashed => "crashed",
        }
    }

    fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|reason| reason.word() == word)
            .unwrap_or(Self::Unknown)
    }
}

impl PausedReason {
    const ALL: [Self; 7] = [
        Self::Unknown,
        Self::User,
        Self::IoError,
        Self::Watchdog,
        Self::ShuttingDown,
        Self::StartingUp,
        Self::Crashed,
    ];

    /// `virDomainPausedReason`.
    fn number(self) -> i32 {
        match self {
            Self::Unknown => 0,
            Self::User => 1,
            Self::IoError => 5,
            Self::Watchdog => 6,
            Self::ShuttingDown => 8,
            Self::Crashed => 10,
            Self::StartingUp => 11,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::User => "user",
            Self::IoError => "ioerror",
            Self::Watchdog => "watchdog",
            Self::ShuttingDown => "shutting-down",
            Self::Crashed => "crashed",
            Self::StartingUp => "starting up",
        }
    }

    fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|reason| reason.word() == word)
            .unwrap_or(Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_status_file_read_back() {
        let activities = RunningReason::ALL
            .map(Activity::Running)
            .into_iter()
            .chain(PausedReason::ALL.map(Activity::Paused))
            .chain([
                Activity::ShuttingDown,
                Activity::Crashed,
                Activity::PmSuspended,
            ]);
        for activity in activities {
            let (state, reason) = activity.words();
            assert_eq!(Activity::from_words(state, reason), Some(activity));
        }
    }

    #[test]
    fn a_newer_word_for_a_reason_is_an_unknown_reason() {
        assert_eq!(
            Activity::from_words(RunState::Paused, "phase of the moon"),
            Some(Activity::Paused(PausedReason::Unknown))
        );
        assert_eq!(Activity::from_words(RunState::Shutoff, "unknown"), None);
    }

    #[test]
    fn numbers_are_those_of_the_public_api() {
        assert_eq!(State::Off(OffReason::Destroyed).numbers(), (5, 2));
        assert_eq!(State::Off(OffReason::Crashed).numbers(), (5, 3));
        assert_eq!(State::Starting(Starting { id: 1 }).numbers(), (3, 11));
        assert_eq!(Activity::Paused(PausedReason::User).numbers(), (3, 1));
        assert_eq!(Activity::Running(RunningReason::Booted).numbers(), (1, 1));
    }
}
