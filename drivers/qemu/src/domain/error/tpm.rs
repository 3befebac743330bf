//! What can be wrong with a TPM.

use std::io;
use std::path::PathBuf;

use protocol::error::{Code, Origin};

/// Why a guest cannot have a TPM.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum TpmError {
    #[error("only a single TPM non-proxy device is supported")]
    Second,
    #[error("TPM 1.2 is not supported for model '{model}'")]
    Version { model: &'static str },
    #[error("The QEMU executable {} does not support TPM model {model}", emulator.display())]
    Model {
        emulator: PathBuf,
        model: &'static str,
    },
    #[error("The QEMU executable {} does not support TPM backend type {backend}", emulator.display())]
    Backend {
        emulator: PathBuf,
        backend: &'static str,
    },
    #[error("<{element}/> requires TPM version '2.0'")]
    Version2 { element: &'static str },
    #[error("missing external TPM backend source type")]
    NoExternalSource,
    #[error("only 'connect' mode is supported for external TPM device")]
    ExternalMode,
    #[error("only source type 'unix' is supported for external TPM device")]
    ExternalType,
    #[error("unknown backend source type '{kind}' for external TPM: use unix")]
    UnknownExternalType { kind: String },
    #[error("TPM device path {path} is invalid: name a file of /dev")]
    DevicePath { path: String },
    #[error("missing socket path for external TPM device")]
    NoExternalPath,
    #[error("Could not open TPM device {}", path.display())]
    Open { path: PathBuf, source: io::Error },
    #[error("the TPM of the host has not been opened")]
    NotOpened,
}

impl TpmError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::Version2 { .. }
            | Self::NoExternalSource
            | Self::ExternalMode
            | Self::ExternalType
            | Self::NoExternalPath => (Code::XmlError, Origin::Domain),
            Self::UnknownExternalType { .. } => (Code::ConfigUnsupported, Origin::Domain),
            Self::DevicePath { .. } => (Code::InternalError, Origin::Tpm),
            Self::Open { .. } => (Code::SystemError, Origin::Qemu),
            Self::NotOpened => (Code::InternalError, Origin::Qemu),
            _ => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }

    /// What the kernel said, as a number.
    pub(super) fn errno(&self) -> Option<i32> {
        match self {
            Self::Open { source, .. } => source.raw_os_error(),
            _ => None,
        }
    }
}
