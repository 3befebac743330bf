//! Why a guest cannot have its CPU.

use cpu::CpuError;
use protocol::error::{Code, Origin};

/// Why a guest cannot have its CPU.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum GuestCpuError {
    #[error(
        "CPU mode '{mode}' for {arch} {kind} domain on {host} host is not supported by hypervisor"
    )]
    Mode {
        mode: &'static str,
        arch: &'static str,
        kind: &'static str,
        host: &'static str,
    },
    #[error("toggling deprecated features for CPU model is unsupported")]
    DeprecatedFeatures,
    #[error(transparent)]
    Model(#[from] CpuError),
}

impl GuestCpuError {
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Mode { .. } | Self::DeprecatedFeatures => Code::ConfigUnsupported,
            Self::Model(error) => error.code(),
        }
    }

    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::Mode { .. } | Self::DeprecatedFeatures => Origin::Qemu,
            Self::Model(error) => error.origin(),
        }
    }
}
