//! Why a wish was not fulfilled.

use std::sync::Arc;
use std::time::Duration;

use driver::store::{FileNameError, StoreError};
use driver::{ToError, Wording};
use protocol::error::Code;

use super::admission::Reason;
use super::start::StartError;

/// Why an action on a VM failed.
#[derive(Debug, thiserror::Error)]
pub enum VmError {
    /// The VM's state does not allow it.
    #[error(transparent)]
    Denied(#[from] Reason),
    /// The VM is transient and has stopped, or it was undefined meanwhile.
    #[error("no domain with matching name '{0}'")]
    Gone(Arc<str>),
    /// It broke off because the VM was destroyed.
    #[error("domain '{0}' was destroyed meanwhile")]
    Destroyed(Arc<str>),
    /// QEMU ended while it was at it.
    #[error("domain '{0}' stopped meanwhile")]
    Stopped(Arc<str>),
    /// The start failed.
    #[error(transparent)]
    Start(#[from] StartError),
    /// QEMU refused a command or did not answer.
    #[error("cannot {what} domain '{name}'")]
    Monitor {
        /// What was tried.
        what: &'static str,
        /// On which VM.
        name: Arc<str>,
        /// What QEMU said.
        source: qmp::Error,
    },
    /// The process did not go when it was asked to.
    #[error("domain '{name}' did not end within {} s after SIGTERM: destroy it without --graceful", waited.as_secs())]
    Lingers {
        /// The VM.
        name: Arc<str>,
        /// How long it had.
        waited: Duration,
    },
    /// The process could not be ended.
    #[error("cannot end the process of domain '{name}'")]
    Kill {
        /// The VM.
        name: Arc<str>,
        /// What the kernel said.
        source: process::KillError,
    },
    /// Its file could not be written or removed.
    #[error("cannot save domain '{name}'")]
    Store {
        /// The VM.
        name: Arc<str>,
        /// Why.
        source: StoreError,
    },
    /// The name cannot be a file's.
    #[error(transparent)]
    Name(#[from] FileNameError),
    /// There is no definition to do it to.
    #[error("cannot {what} a transient domain")]
    Transient {
        /// What was tried.
        what: &'static str,
    },
    /// The definition has firmware variables and nobody said what to do with them.
    #[error("cannot undefine domain with nvram")]
    HasNvram,
    /// The firmware variables could not be removed.
    #[error("cannot remove '{}'", path.display())]
    RemoveNvram {
        /// The file.
        path: std::path::PathBuf,
        /// What the kernel said.
        source: std::io::Error,
    },
    /// Another VM has the name.
    #[error("domain with name '{0}' already exists")]
    NameTaken(Arc<str>),
    /// A stored document cannot be read any more.
    #[error("the definition of domain '{name}' cannot be understood: define it anew")]
    Unreadable {
        /// The VM.
        name: Arc<str>,
        /// Where and why.
        source: documents::Errors,
    },
    /// Too many wishes wait for this VM.
    #[error("{0} calls wait for domain '{1}' already (max_queued in qemu.conf)")]
    TooMany(usize, Arc<str>),
    /// The driver is shutting down.
    #[error("the driver is shutting down")]
    ShuttingDown,
}

impl ToError for VmError {
    fn code(&self) -> Code {
        match self {
            Self::Denied(_) | Self::Transient { .. } | Self::HasNvram | Self::ShuttingDown => {
                Code::OperationInvalid
            }
            Self::Gone(_) => Code::NoDomain,
            Self::Destroyed(_) => Code::OperationAborted,
            Self::Start(error) => error.code(),
            Self::Monitor { source, .. } => monitor_code(source),
            Self::Stopped(_) | Self::NameTaken(_) | Self::TooMany(..) => Code::OperationFailed,
            Self::Lingers { .. } | Self::Kill { .. } | Self::RemoveNvram { .. } => {
                Code::SystemError
            }
            Self::Store { .. } => Code::SystemError,
            Self::Name(_) | Self::Unreadable { .. } => Code::XmlError,
        }
    }

    fn wording(&self) -> Wording {
        match self {
            Self::Start(error) => error.wording(),
            Self::Lingers { .. }
            | Self::Kill { .. }
            | Self::Store { .. }
            | Self::RemoveNvram { .. } => Wording::Verbatim,
            _ => Wording::Prefixed,
        }
    }
}

/// The code of what the monitor answered, or did not.
pub fn monitor_code(error: &qmp::Error) -> Code {
    match error {
        qmp::Error::Deadline { .. } | qmp::Error::Silent { .. } => Code::OperationTimeout,
        qmp::Error::NotACommand { .. } => Code::InvalidArg,
        qmp::Error::Disconnected { .. } => Code::OperationFailed,
        qmp::Error::Refused { .. } | qmp::Error::Unexpected { .. } | qmp::Error::Encode(_) => {
            Code::InternalError
        }
    }
}
