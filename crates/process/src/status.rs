//! How a process ended.

use std::fmt;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// It ended itself with this code (0 to 255).
    Exited(i32),
    /// A signal ended it.
    Signaled {
        /// The signal's number.
        signal: i32,
        /// Whether the kernel wrote a core dump.
        core_dumped: bool,
    },
    /// It is gone, but how is not ours to know: it was adopted, or somebody else reaped it.
    Unknown,
}

impl ExitStatus {
    /// Whether the program ended itself and reported success.
    #[must_use]
    pub const fn success(self) -> bool {
        matches!(self, ExitStatus::Exited(0))
    }
}

impl fmt::Display for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExitStatus::Exited(code) => write!(f, "exit status {code}"),
            ExitStatus::Signaled {
                signal,
                core_dumped: false,
            } => {
                write!(f, "killed by signal {signal}")
            }
            ExitStatus::Signaled {
                signal,
                core_dumped: true,
            } => {
                write!(f, "killed by signal {signal} (core dumped)")
            }
            ExitStatus::Unknown => f.write_str("unknown exit status"),
        }
    }
}
