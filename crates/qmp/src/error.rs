//! What can go wrong between us and QEMU.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::wire::{CommandError, EncodeError, LineTooLong};

/// Why a command has no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// QEMU refused it; the message is QEMU's own.
    #[error("QEMU of '{vm}' refused '{command}': {error}")]
    Refused {
        /// The VM.
        vm: Arc<str>,
        /// The command.
        command: String,
        /// QEMU's words.
        error: CommandError,
    },
    /// QEMU did not answer in time.
    #[error(
        "QEMU of '{vm}' did not answer '{command}' within {deadline:?}{}",
        if *sent { "; it may still carry it out" } else { "; it was not sent" }
    )]
    Deadline {
        /// The VM.
        vm: Arc<str>,
        /// The command.
        command: String,
        /// The time that QEMU had.
        deadline: Duration,
        /// Whether QEMU may still carry the command out. When not, it never will.
        sent: bool,
    },
    /// QEMU has not answered earlier commands for so long that it was not asked.
    #[error(
        "QEMU of '{vm}' was not asked for '{command}': it has answered nothing for {silence:.1?}"
    )]
    Silent {
        /// The VM.
        vm: Arc<str>,
        /// The command.
        command: String,
        /// How long QEMU has owed an answer.
        silence: Duration,
    },
    /// The connection ended before the answer.
    #[error("the monitor of '{vm}' is gone, '{command}' was not answered: {reason}")]
    Disconnected {
        /// The VM.
        vm: Arc<str>,
        /// The command.
        command: String,
        /// Why the connection ended.
        reason: Disconnect,
    },
    /// The answer is not what QEMU's documentation says.
    #[error("QEMU of '{vm}' answered '{command}' with something unexpected: {answer}")]
    Unexpected {
        /// The VM.
        vm: Arc<str>,
        /// The command.
        command: String,
        /// The beginning of the answer.
        answer: String,
        /// What the JSON parser said.
        source: serde_json::Error,
    },
    /// The command cannot be written.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A command given as text is not a JSON object.
    #[error("not a QMP command, which is a JSON object with the member \"execute\": {text}")]
    NotACommand {
        /// The beginning of the text.
        text: String,
        /// What the JSON parser said, if it is not even JSON.
        source: Option<serde_json::Error>,
    },
}

impl Error {
    /// Whether QEMU may answer still, or again: it is not gone and has refused nothing.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self, Error::Deadline { .. } | Error::Silent { .. })
    }

    /// QEMU's words, if it was QEMU that refused.
    #[must_use]
    pub fn refused(&self) -> Option<&CommandError> {
        match self {
            Error::Refused { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Why a connection ended.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Disconnect {
    /// QEMU closed it, as it does when it exits.
    #[error("QEMU closed the connection")]
    Closed,
    /// We closed it.
    #[error("the connection was given up here")]
    GivenUp,
    /// The socket failed.
    #[error("{0}")]
    Io(Arc<io::Error>),
    /// What came makes no sense.
    #[error("{0}")]
    LineTooLong(#[from] LineTooLong),
}

/// Why a monitor could not be connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The connection ended before the greeting was complete.
    #[error("the monitor of '{vm}' went away before it greeted: {reason}")]
    Disconnected {
        /// The VM.
        vm: Arc<str>,
        /// Why the connection ended.
        reason: Disconnect,
    },
    /// QEMU did not greet in time.
    #[error("the monitor of '{vm}' did not greet within {deadline:?}")]
    Deadline {
        /// The VM.
        vm: Arc<str>,
        /// The time that it had.
        deadline: Duration,
    },
    /// What came first was not a greeting: this is not a QEMU monitor.
    #[error("what '{vm}' sent first is not a QEMU monitor's greeting: {found}")]
    NotAMonitor {
        /// The VM.
        vm: Arc<str>,
        /// What it was.
        found: String,
    },
    /// The negotiation failed.
    #[error("the monitor of '{vm}' refused to negotiate")]
    Negotiation {
        /// The VM.
        vm: Arc<str>,
        /// Why.
        source: Box<Error>,
    },
    /// The socket cannot be used.
    #[error("the monitor socket of '{vm}' cannot be used")]
    Socket {
        /// The VM.
        vm: Arc<str>,
        /// What the kernel said.
        source: io::Error,
    },
}
