//! Why something about a snapshot was refused or failed.

mod disk;
mod document;
mod request;

pub(super) use disk::{DiskError, UnsupportedError};
pub(super) use document::{DocumentError, SchemaError};
pub(super) use request::{ChangeError, FlagError, ParentError};

use driver::ToError;
use driver::store::{FileNameError, StoreError};
use protocol::error::{Code, Origin};

use crate::image_file::ImageError;

/// What can go wrong with a snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// There is none of that name.
    #[error("no domain snapshot with matching name '{0}'")]
    Unknown(String),
    /// The domain has no current one.
    #[error("the domain does not have a current snapshot")]
    NoCurrent,
    /// It has no parent.
    #[error("snapshot '{0}' does not have a parent")]
    NoParent(String),
    /// The name is taken.
    #[error("snapshot '{0}' already exists: choose another name")]
    Exists(String),
    /// A file cannot have the name.
    #[error("a snapshot cannot be called '{name}'")]
    Name {
        /// The snapshot's name.
        name: String,
        /// Why not.
        source: FileNameError,
    },
    /// The name is one of a hidden file.
    #[error("invalid snapshot name '{0}': name can't start with '.'")]
    HiddenName(String),
    /// What a redefined snapshot must say is missing.
    #[error("a redefined snapshot must have a name")]
    NoName,
    /// What a redefined snapshot must say is missing.
    #[error("missing {0} from existing snapshot")]
    Missing(&'static str),
    /// What a redefined snapshot must say is missing.
    #[error("missing state from existing snapshot")]
    NoState,
    /// What a redefined snapshot must say is missing.
    #[error("missing domain in snapshot")]
    NoDomain,
    /// A disk is named by nothing.
    #[error("missing name from disk snapshot element")]
    NamelessDisk,
    /// A document that is to be checked against the schema does not fit it.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// A new image cannot be made for a disk.
    #[error(
        "a snapshot in a new image needs both images of disk '{0}' in files or block devices of this host"
    )]
    NotOnThisHost(String),
    /// The disks that are asked for do not fit those of the domain.
    #[error(transparent)]
    Disks(#[from] DiskError),
    /// An image that is to be used again is not there.
    #[error("missing existing file for disk {disk}: {path}")]
    NoImage {
        /// The disk's name in the guest: `vda`.
        disk: String,
        /// Where its image was to be.
        path: String,
    },
    /// Images would have to be merged.
    #[error(
        "deletion of external snapshot '{0}' is not supported while the domain is off: merge its images with \
         qemu-img, then forget it (--metadata)"
    )]
    ExternalDeletion(String),
    /// The parent that is named cannot be the parent.
    #[error(transparent)]
    Parent(#[from] ParentError),
    /// Live snapshots are of running domains with their memory.
    #[error("live snapshot creation is supported only during full system snapshots")]
    Live,
    /// Flags contradict each other, or one needs another.
    #[error(transparent)]
    Flags(#[from] FlagError),
    /// The document asks for what cannot be.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The document asks for what this driver or the domain's disks cannot do.
    #[error(transparent)]
    Unsupported(#[from] UnsupportedError),
    /// The document contradicts the snapshot that it redefines, or the domain.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The domain runs.
    #[error(
        "domain '{0}' is running: snapshots of running domains are not supported yet, shut it down first"
    )]
    Running(String),
    /// The domain has no definition.
    #[error("domain '{0}' is transient: only a defined domain can have snapshots while it is off")]
    Transient(String),
    /// Something else is done with the domain's snapshots.
    #[error("another snapshot of domain '{0}' is being made or deleted: try again when it is done")]
    Busy(String),
    /// The domain's definition cannot be read.
    #[error("the definition of domain '{0}' cannot be read")]
    Unreadable(String),
    /// An image could not be made or changed.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// The file of a snapshot could not be written or removed.
    #[error("cannot save the snapshots of domain '{domain}'")]
    Store {
        /// The domain's name.
        domain: String,
        /// What failed.
        source: StoreError,
    },
}

impl ToError for SnapshotError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown(_) | Self::NoCurrent | Self::NoParent(_) => Code::NoDomainSnapshot,
            Self::Name { .. } | Self::HiddenName(_) => Code::XmlDetail,
            Self::NoName | Self::NoState | Self::Document(_) => Code::XmlError,
            Self::Schema(_) => Code::XmlInvalidSchema,
            Self::Live | Self::ExternalDeletion(_) => Code::OperationUnsupported,
            Self::NoImage { .. } => Code::SystemError,
            Self::Missing(_)
            | Self::NamelessDisk
            | Self::NoDomain
            | Self::NotOnThisHost(_)
            | Self::Image(_)
            | Self::Unreadable(_) => Code::InternalError,
            Self::Running(_) | Self::Transient(_) | Self::Busy(_) => Code::OperationInvalid,
            Self::Flags(_) | Self::Change(_) | Self::Parent(_) => Code::InvalidArg,
            Self::Unsupported(_) | Self::Disks(_) => Code::ConfigUnsupported,
            Self::Exists(_) | Self::Store { .. } => Code::OperationFailed,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::NoName
            | Self::NoState
            | Self::NamelessDisk
            | Self::NoDomain
            | Self::Missing(_)
            | Self::Document(_)
            | Self::Disks(_)
            | Self::Change(_) => Some(Origin::DomainSnapshot),
            Self::Parent(_) | Self::Exists(_) => Some(Origin::Domain),
            Self::Schema(_) => Some(Origin::Xml),
            _ => None,
        }
    }
}
