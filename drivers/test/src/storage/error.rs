//! What can go wrong with a storage pool or a volume.

use documents::Uuid;
use driver::ToError;
use protocol::error::{Code, Origin};

/// Why an operation on a storage pool or a volume failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StorageError {
    #[error("no storage pool with matching name '{0}'")]
    UnknownName(String),
    #[error("no storage pool with matching uuid '{0}'")]
    UnknownUuid(Uuid),
    #[error("no storage pool with matching uuid '{uuid}' ({name})")]
    Gone { uuid: Uuid, name: String },
    #[error("pool '{name}' already exists with uuid {uuid}")]
    NameTaken { name: String, uuid: Uuid },
    #[error("pool '{name}' is already defined with uuid {uuid}")]
    UuidTaken { name: String, uuid: Uuid },
    #[error("the pool's storage is that of pool '{0}' already")]
    SameStorage(String),
    #[error("pool is already active as '{0}'")]
    AlreadyActive(String),
    #[error("storage pool '{0}' is active")]
    Active(String),
    #[error("storage pool '{0}' is not active")]
    NotActive(String),
    #[error("a transient pool cannot be started with the host: define it")]
    AutostartTransient,
    #[error("unknown storage pool type {0}")]
    UnsearchableKind(String),
    #[error("pool type '{0}' does not support source discovery")]
    NoDiscovery(String),
    #[error("hostname must be specified for netfs sources")]
    NoHost,
    #[error("no storage vol with matching name '{0}'")]
    UnknownVolume(String),
    #[error("no storage vol with matching key '{0}'")]
    UnknownKey(String),
    #[error("no storage vol with matching path '{0}'")]
    UnknownPath(String),
    #[error("storage vol '{0}' already exists")]
    VolumeExists(String),
    #[error("Not enough free space in pool for volume '{0}'")]
    NoSpace(String),
    #[error("no random bytes for a UUID")]
    NoRandom,
}

impl ToError for StorageError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownName(_) | Self::UnknownUuid(_) | Self::Gone { .. } => Code::NoStoragePool,
            Self::NameTaken { .. }
            | Self::UuidTaken { .. }
            | Self::SameStorage(_)
            | Self::VolumeExists(_) => Code::OperationFailed,
            Self::AlreadyActive(_) | Self::Active(_) | Self::NotActive(_) => Code::OperationInvalid,
            Self::AutostartTransient | Self::NoHost => Code::InvalidArg,
            Self::NoDiscovery(_) => Code::NoSupport,
            Self::UnknownVolume(_) | Self::UnknownKey(_) | Self::UnknownPath(_) => {
                Code::NoStorageVol
            }
            Self::UnsearchableKind(_) | Self::NoSpace(_) | Self::NoRandom => Code::InternalError,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::NameTaken { .. }
            | Self::UuidTaken { .. }
            | Self::SameStorage(_)
            | Self::AlreadyActive(_) => Some(Origin::Storage),
            _ => None,
        }
    }
}
