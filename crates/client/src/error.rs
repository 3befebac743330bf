//! What can go wrong with a connection and its calls.

use std::io;
use std::path::PathBuf;

use protocol::error::{Code, ErrorBody, Origin};
use rpc::client::CallError;

use crate::uri::UriError;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something could not be done.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The driver refused or failed; these are its words.
    #[error("{0}")]
    Driver(Box<ErrorBody>),
    /// The connection did not carry the call, or not its answer.
    #[error(transparent)]
    Call(CallError),
    /// The URI cannot be read.
    #[error(transparent)]
    Uri(#[from] UriError),
    /// No daemon listens where one should.
    #[error("Failed to connect socket to '{}': {}", socket.display(), kernel_words(cause))]
    NoDaemon {
        /// The socket that was tried last.
        socket: PathBuf,
        /// What the kernel says; the message has it, as the C library's has.
        cause: SharedIo,
    },
    /// The daemon's host cannot be reached.
    #[error("cannot connect to {host}:{port}: {}", kernel_words(cause))]
    Unreachable {
        /// The host's name or address.
        host: String,
        /// The port.
        port: u16,
        /// What the kernel says; the message has it, as the C library's has.
        cause: SharedIo,
    },
    /// A session's daemon had to be started and could not be.
    #[error("cannot start the session's daemon {program}: {reason}")]
    Autostart {
        /// The program.
        program: String,
        /// What went wrong.
        reason: String,
    },
    /// The URI names a way that this build does not go.
    #[error(
        "'{uri}' needs {what}, which is not supported; use a unix socket (qemu:///system) or qemu+tcp://"
    )]
    Unsupported {
        /// The URI.
        uri: String,
        /// The transport or driver.
        what: &'static str,
    },
    /// No URI was given and no driver was found on this host.
    #[error(
        "no connection URI was given and no daemon is found: give one, or set LIBVIRT_DEFAULT_URI"
    )]
    NoUri,
    /// The daemon asks for an authentication that this client does not offer.
    #[error(
        "the daemon asks for authentication by {methods}, which is not supported; connect as root, or set auth_unix_rw = \"none\" in its configuration"
    )]
    Authentication {
        /// The daemon's methods.
        methods: String,
    },
    /// A word is not the UUID that it should be.
    #[error("'{word}' is no UUID, which is 32 hexadecimal digits")]
    NoUuid {
        /// The word.
        word: String,
    },
    /// A configuration file is wrong.
    #[error("{}: {reason}", path.display())]
    Configuration {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        reason: String,
    },
    /// An embedded driver could not be opened.
    #[error("{0}")]
    Embedded(String),
    /// The threads of the blocking API cannot be started.
    #[error("cannot start the thread that the blocking API needs")]
    Runtime {
        /// What the kernel says.
        source: SharedIo,
    },
    /// The word can name no domain in the ways that were allowed.
    #[error("no domain with matching '{word}'")]
    NoSuchDomain {
        /// The word.
        word: String,
    },
    /// What was asked for has a character that cannot be sent.
    #[error("{what} holds a NUL character, which no name or text can have")]
    Nul {
        /// The argument.
        what: &'static str,
    },
}

/// An input/output error that can be shared.
pub type SharedIo = std::sync::Arc<io::Error>;

impl Error {
    /// The public error number, where the failure has one.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Driver(body) => body.code,
            Self::Call(_) => Code::Rpc,
            Self::Uri(_) | Self::Nul { .. } => Code::InvalidArg,
            Self::NoDaemon { .. } | Self::Unreachable { .. } | Self::Runtime { .. } => {
                Code::SystemError
            }
            Self::Autostart { .. } | Self::Embedded(_) => Code::InternalError,
            Self::Unsupported { .. } | Self::NoUri => Code::NoConnect,
            Self::Authentication { .. } => Code::AuthUnavailable,
            Self::Configuration { .. } => Code::ConfSyntax,
            Self::NoSuchDomain { .. } => Code::NoDomain,
            Self::NoUuid { .. } => Code::InvalidArg,
        }
    }

    /// The part of the system that reports it.
    #[must_use]
    pub fn origin(&self) -> Origin {
        match self {
            Self::Driver(body) => body.origin,
            _ => Origin::Rpc,
        }
    }

    /// Whether nobody listens where the daemon should.
    #[must_use]
    pub fn is_no_daemon(&self) -> bool {
        matches!(self, Self::NoDaemon { .. })
    }

    /// Whether the driver says that the object is not there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(
            self.code(),
            Code::NoDomain
                | Code::NoNetwork
                | Code::NoStoragePool
                | Code::NoStorageVol
                | Code::NoInterface
                | Code::NoNodeDevice
                | Code::NoNwfilter
                | Code::NoSecret
                | Code::NoDomainMetadata
        )
    }

    /// Whether the connection is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Call(CallError::Closed(_)))
    }
}

/// What the kernel says, without its number, as the C library prints it.
#[must_use]
pub fn kernel_words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next();
    words.unwrap_or_default().to_owned()
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Remote(body) => Self::Driver(body),
            other => Self::Call(other),
        }
    }
}
