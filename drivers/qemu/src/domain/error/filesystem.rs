//! What can be wrong with a folder of the host.

use protocol::error::{Code, Origin};

/// Why a guest cannot have a folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum FilesystemError {
    #[error("only supports mount filesystem type")]
    Kind,
    #[error("Filesystem driver type not supported")]
    Driver,
    #[error("no bus of this machine takes a filesystem with this driver")]
    Nowhere,
    #[error("missing source information for device {target}")]
    NoSource { target: String },
    #[error("missing target information for device {source_name}")]
    NoTarget { source_name: String },
    #[error("filesystem usage limits are not supported with QEMU")]
    Limits,
    #[error("invalid {name}: '{mode:05o}'")]
    Mode { name: &'static str, mode: u32 },
    #[error("fmode and dmode must be used with accessmode=mapped")]
    ModeAccess,
    #[error("the driver 'handle' only supports passthrough accessmode")]
    HandleAccess,
    #[error("only a folder of virtiofs can be booted from: leave <boot> out")]
    Boot,
    #[error("virtiofs only supports passthrough accessmode")]
    VirtiofsAccess,
    #[error("virtiofs does not support {what}")]
    Virtiofs { what: &'static str },
    #[error("'virtiofs' requires shared memory")]
    NotShared,
    #[error("virtiofs is not supported with this QEMU binary")]
    NoVirtiofs,
    #[error(
        "Unable to find a satisfying virtiofsd: install virtiofsd, or name it with <binary path=…/>"
    )]
    NoServer,
    #[error(
        "virtiofsd '{path}' cannot be used: install it, or name another one with <binary path=…/>"
    )]
    Server { path: String },
}

impl FilesystemError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::NoSource { .. } => (Code::NoSource, Origin::Domain),
            Self::NoTarget { .. } => (Code::NoTarget, Origin::Domain),
            Self::Boot => (Code::ConfigUnsupported, Origin::Domain),
            Self::Mode { .. } => (Code::XmlError, Origin::Domain),
            Self::Nowhere => (Code::InternalError, Origin::Domain),
            Self::NoServer => (Code::OperationFailed, Origin::Qemu),
            Self::Server { .. } => (Code::InternalError, Origin::None),
            _ => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }
}
