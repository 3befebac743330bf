//! What can go wrong with a virtual network.

use documents::Uuid;
use driver::ToError;
use protocol::error::{Code, Origin};

/// Why an operation on a virtual network failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NetworkError {
    #[error("no network with matching name '{0}'")]
    UnknownName(String),
    #[error("no network with matching uuid '{0}'")]
    UnknownUuid(Uuid),
    #[error("no network with matching uuid '{uuid}' ({name})")]
    Gone { uuid: Uuid, name: String },
    #[error("network '{name}' already exists with uuid {uuid}")]
    NameTaken { name: String, uuid: Uuid },
    #[error("network '{name}' is already defined with uuid {uuid}")]
    UuidTaken { name: String, uuid: Uuid },
    #[error("network is already active as '{0}'")]
    AlreadyActive(String),
    #[error("network '{0}' is not active")]
    NotActive(String),
    #[error("cannot set autostart for transient network")]
    AutostartTransient,
    #[error("cannot undefine transient network")]
    UndefineTransient,
    #[error("network '{0}' does not have a bridge name")]
    NoBridge(String),
    #[error("network '{0}' hands out no IPv4 addresses")]
    NoAddress(String),
    #[error("no random bytes for a UUID")]
    NoRandom,
}

impl ToError for NetworkError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownName(_) | Self::UnknownUuid(_) | Self::Gone { .. } => Code::NoNetwork,
            Self::NameTaken { .. } | Self::UuidTaken { .. } => Code::OperationFailed,
            Self::AlreadyActive(_)
            | Self::NotActive(_)
            | Self::AutostartTransient
            | Self::UndefineTransient => Code::OperationInvalid,
            Self::NoBridge(_) | Self::NoAddress(_) | Self::NoRandom => Code::InternalError,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::NameTaken { .. } | Self::UuidTaken { .. } => Some(Origin::Network),
            _ => None,
        }
    }
}
