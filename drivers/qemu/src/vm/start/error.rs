//! Why a VM did not start.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use driver::store::{FileNameError, StoreError};
use driver::{ToError, Wording};
use protocol::error::Code;

use crate::api::errors::EmulatorError;
use crate::domain;
use crate::vm::control_group::GroupError;
use crate::vm::error::monitor_code;
use crate::vm::network::NetworkError;
use crate::vm::ownership::OwnershipError;
use crate::vm::perf::PerfError;
use crate::vm::resctrl::ResourceError;
use crate::vm::transient::OverlayError;

/// Why a VM did not start. Nothing is left of the attempt.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It was destroyed while it started.
    #[error("the start was broken off because the domain was destroyed")]
    Aborted,
    /// The stored definition cannot be read.
    #[error("the definition of domain '{name}' cannot be understood: define it anew")]
    Unreadable {
        /// The VM.
        name: Arc<str>,
        /// Where and why.
        source: documents::Errors,
    },
    /// The name cannot be a file's.
    #[error(transparent)]
    Name(#[from] FileNameError),
    /// The document does not make sense for this driver or this QEMU.
    #[error(transparent)]
    Document(#[from] domain::DomainError),
    /// The emulator cannot be asked what it can do.
    #[error(transparent)]
    Emulator(#[from] EmulatorError),
    /// A file or directory could not be made.
    #[error("cannot {what} '{}' for domain '{name}'", path.display())]
    Prepare {
        /// The VM.
        name: Arc<str>,
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// An image could not be given to QEMU's user.
    #[error(
        "cannot give the images of domain '{name}' to QEMU's user (dynamic_ownership in qemu.conf)"
    )]
    Ownership {
        /// The VM.
        name: Arc<str>,
        /// Which image, and why.
        source: OwnershipError,
    },
    /// Nobody knows where on the host it is to be.
    #[error("cannot find a place on the host for domain '{name}'")]
    Advice {
        /// The VM.
        name: Arc<str>,
        /// Why.
        source: super::AdviceError,
    },
    /// A disk whose changes are to be forgotten has no overlay.
    #[error("cannot start domain '{name}' with a transient disk")]
    Overlay {
        /// The VM.
        name: Arc<str>,
        /// Which, and why.
        source: OverlayError,
    },
    /// An interface could not be connected to its other end.
    #[error("cannot connect domain '{name}' to the network")]
    Network {
        /// The VM.
        name: Arc<str>,
        /// Which interface, and why.
        source: NetworkError,
    },
    /// The host's side of a device could not be made.
    #[error("cannot prepare the devices of domain '{name}'")]
    Helper {
        /// The VM.
        name: Arc<str>,
        /// Which, and why.
        source: super::HelperError,
    },
    /// The document's limits could not be set.
    #[error("cannot limit domain '{name}' as its document says")]
    Limit {
        /// The VM.
        name: Arc<str>,
        /// Which, and why.
        source: GroupError,
    },
    /// The document's shares of caches and memory bandwidth could not be had.
    #[error("cannot give domain '{name}' the shares that its document asks for")]
    Share {
        /// The VM.
        name: Arc<str>,
        /// Which, and why.
        source: ResourceError,
    },
    /// A thread could not be put where the document says.
    #[error("cannot place the threads of domain '{name}' as its document says")]
    Place {
        /// The VM.
        name: Arc<str>,
        /// Which, and why.
        source: super::PlaceError,
    },
    /// What the document wants counted cannot be counted.
    #[error("cannot count the events of domain '{name}'")]
    Count {
        /// The VM.
        name: Arc<str>,
        /// Which, and why.
        source: PerfError,
    },
    /// The status file could not be written.
    #[error("cannot save the status of domain '{name}'")]
    Status {
        /// The VM.
        name: Arc<str>,
        /// Why.
        source: StoreError,
    },
    /// The process could not be started.
    #[error("cannot start QEMU for domain '{name}'")]
    Spawn {
        /// The VM.
        name: Arc<str>,
        /// Why.
        source: process::SpawnError,
    },
    /// QEMU ended before it was ready; its own words say why.
    #[error("process exited while connecting to monitor: {words}")]
    Exited {
        /// What QEMU said.
        words: String,
    },
    /// QEMU runs but its monitor does not work.
    #[error("the monitor of domain '{name}' does not work")]
    Connect {
        /// The VM.
        name: Arc<str>,
        /// Why.
        source: Box<qmp::ConnectError>,
    },
    /// QEMU refused a command of the start.
    #[error("QEMU of domain '{name}' cannot be configured")]
    Configure {
        /// The VM.
        name: Arc<str>,
        /// What it said.
        source: qmp::Error,
    },
    /// The runtime is ending.
    #[error("the driver is shutting down")]
    ShuttingDown,
}

impl ToError for StartError {
    fn code(&self) -> Code {
        match self {
            Self::Aborted => Code::OperationAborted,
            Self::Unreadable { .. } | Self::Name(_) => Code::XmlError,
            Self::Document(error) => ToError::code(error),
            Self::Emulator(error) => error.code(),
            Self::Network {
                source: NetworkError::Document(error),
                ..
            } => error.code(),
            Self::Network { .. }
            | Self::Spawn { .. }
            | Self::Exited { .. }
            | Self::Connect { .. } => Code::InternalError,
            Self::Helper { source, .. } => helper_code(source),
            Self::Limit { source, .. } => source.code(),
            Self::Share { source, .. } => source.code(),
            Self::Count { source, .. } => source.code(),
            Self::Overlay { source, .. } => source.code(),
            Self::Advice {
                source: super::AdviceError::NotInstalled,
                ..
            } => Code::ConfigUnsupported,
            Self::Advice { .. } => Code::InternalError,
            Self::Place { source, .. } => source.code(),
            Self::Prepare { .. } | Self::Ownership { .. } | Self::Status { .. } => {
                Code::SystemError
            }
            Self::Configure { source, .. } => monitor_code(source),
            Self::ShuttingDown => Code::OperationInvalid,
        }
    }

    fn wording(&self) -> Wording {
        match self {
            Self::Document(error) => error.wording(),
            Self::Emulator(error) => error.wording(),
            Self::Prepare { .. } | Self::Ownership { .. } | Self::Status { .. } => {
                Wording::Verbatim
            }
            _ => Wording::Prefixed,
        }
    }

    fn errno(&self) -> Option<i32> {
        match self {
            Self::Prepare { source, .. } => source.raw_os_error(),
            Self::Ownership { source, .. } => source.source.raw_os_error(),
            _ => None,
        }
    }
}

fn helper_code(error: &super::HelperError) -> Code {
    use super::HelperError;
    use crate::vm::pci_binding::BindError;
    use crate::vm::swtpm::SwtpmError;
    match error {
        HelperError::Swtpm(SwtpmError::NoSecret(_)) => Code::NoSecret,
        HelperError::Swtpm(SwtpmError::State { .. })
        | HelperError::File { .. }
        | HelperError::Bind(BindError::Missing(_) | BindError::Write { .. }) => Code::SystemError,
        HelperError::Bind(BindError::Unmanaged(_) | BindError::Group { .. }) => {
            Code::OperationInvalid
        }
        HelperError::Bind(BindError::NoGroup(_)) => Code::ConfigUnsupported,
        _ => Code::InternalError,
    }
}
