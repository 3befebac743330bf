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
    #[error("CPU cache mode 'emulate' can only be used with level='3'")]
    CacheEmulation,
    #[error(
        "CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs"
    )]
    CachePassthrough,
    #[error("unsupported CPU cache level for mode '{mode}': leave it out")]
    CacheLevel { mode: &'static str },
    #[error(
        "CPU maximum physical address bits number specification cannot be used with mode='passthrough'"
    )]
    AddressBits,
    #[error("toggling deprecated features for CPU model is unsupported")]
    DeprecatedFeatures,
    #[error(transparent)]
    Model(#[from] CpuError),
}

impl GuestCpuError {
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Model(error) => error.code(),
            _ => Code::ConfigUnsupported,
        }
    }

    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::Model(error) => error.origin(),
            _ => Origin::Qemu,
        }
    }
}
