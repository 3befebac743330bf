//! What can go wrong with a domain.

use documents::Uuid;
use driver::{ToError, Wording};
use protocol::error::{Code, Origin};

use super::saved::ImageError;

/// Why an operation on a domain failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DomainError {
    #[error("no domain with matching name '{0}'")]
    UnknownName(String),
    #[error("no domain with matching id {0}")]
    UnknownId(i32),
    #[error("no domain with matching uuid '{0}'")]
    UnknownUuid(Uuid),
    #[error("no domain with matching uuid '{uuid}' ({name})")]
    Gone { uuid: Uuid, name: String },
    #[error("domain '{name}' already exists with uuid {uuid}")]
    NameTaken { name: String, uuid: Uuid },
    #[error("domain '{name}' is already defined with uuid {uuid}")]
    UuidTaken { name: String, uuid: Uuid },
    #[error("domain '{0}' is already active")]
    AlreadyActive(String),
    #[error("domain is not running")]
    NotRunning,
    #[error("domain is already running")]
    AlreadyRunning,
    #[error("domain '{0}' not paused")]
    NotPaused(String),
    #[error("domain is paused already")]
    AlreadyPaused,
    #[error("cannot rename active domain: shut '{0}' down first")]
    RenameActive(String),
    #[error("cannot rename a transient domain")]
    RenameTransient,
    #[error("Can't rename domain to itself")]
    RenameToItself,
    #[error("a new name is needed")]
    NoNewName,
    #[error("cannot set autostart for transient domain")]
    AutostartTransient,
    #[error("cannot undefine transient domain")]
    UndefineTransient,
    #[error("cannot change persistent config of a transient domain")]
    NotPersistent,
    #[error("cannot set memory higher than max memory")]
    MemoryAboveMaximum,
    #[error("cannot resize the maximum memory on an active domain")]
    MaximumOfActive,
    #[error("the memory of a domain cannot be 0")]
    NoMemory,
    #[error("requested cpu amount exceeds maximum ({wanted} > {most})")]
    TooManyVcpus { wanted: u32, most: u32 },
    #[error("requested cpu amount exceeds maximum supported amount ({wanted} > {most})")]
    TooManyVcpusForDriver { wanted: u32, most: u32 },
    #[error("a domain needs at least one virtual CPU")]
    NoVcpus,
    #[error("cannot adjust maximum on running domain")]
    MaximumVcpusOfActive,
    #[error("the test driver has no guest agent to ask for virtual CPUs")]
    NoAgent,
    #[error("metadata title can't contain newlines")]
    TitleWithNewline,
    #[error("unknown metadata type {0}")]
    UnknownMetadataType(i32),
    #[error("metadata of an element needs its namespace: give a URI and a key")]
    NoMetadataNamespace,
    #[error("Requested metadata element is not present")]
    NoMetadata,
    #[error("an os <type> must be specified")]
    NoOsType,
    #[error("no random bytes for a UUID")]
    NoRandom,
    #[error("parameter '{0}' not supported: the scheduler has 'weight', an unsigned int")]
    NoSchedulerParameter(String),
    #[error("xml modification unsupported")]
    SavedDocument,
    #[error("cannot do managed save for transient domain")]
    ManagedSaveTransient,
    #[error("Refusing to undefine while domain managed save image exists")]
    ManagedSaveKept,
}

impl ToError for DomainError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownName(_)
            | Self::UnknownId(_)
            | Self::UnknownUuid(_)
            | Self::Gone { .. } => Code::NoDomain,
            Self::NameTaken { .. } | Self::UuidTaken { .. } => Code::OperationFailed,
            Self::AlreadyActive(_)
            | Self::NotRunning
            | Self::AlreadyRunning
            | Self::NotPaused(_)
            | Self::AlreadyPaused
            | Self::RenameActive(_)
            | Self::RenameTransient
            | Self::RenameToItself
            | Self::AutostartTransient
            | Self::UndefineTransient
            | Self::NotPersistent
            | Self::ManagedSaveTransient
            | Self::ManagedSaveKept
            | Self::MaximumOfActive => Code::OperationInvalid,
            Self::MemoryAboveMaximum
            | Self::NoMemory
            | Self::TooManyVcpus { .. }
            | Self::TooManyVcpusForDriver { .. }
            | Self::NoVcpus
            | Self::MaximumVcpusOfActive
            | Self::TitleWithNewline
            | Self::UnknownMetadataType(_)
            | Self::NoMetadataNamespace
            | Self::NoSchedulerParameter(_)
            | Self::NoNewName => Code::InvalidArg,
            Self::NoMetadata => Code::NoDomainMetadata,
            Self::NoOsType => Code::XmlError,
            Self::NoAgent | Self::SavedDocument => Code::ArgumentUnsupported,
            Self::NoRandom => Code::InternalError,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::NameTaken { .. }
            | Self::UuidTaken { .. }
            | Self::NotRunning
            | Self::TitleWithNewline
            | Self::NoMetadata
            | Self::NoOsType => Some(Origin::Domain),
            _ => None,
        }
    }

    fn wording(&self) -> Wording {
        match self {
            Self::TitleWithNewline => Wording::Verbatim,
            _ => Wording::Prefixed,
        }
    }
}

impl ToError for ImageError {
    fn code(&self) -> Code {
        match self {
            Self::Io { .. } => Code::SystemError,
            Self::Magic(_) | Self::Length(_) | Self::BrokenOff(_) => Code::InternalError,
        }
    }

    fn wording(&self) -> Wording {
        match self {
            Self::Io { .. } => Wording::Verbatim,
            Self::Magic(_) | Self::Length(_) | Self::BrokenOff(_) => Wording::Prefixed,
        }
    }
}
