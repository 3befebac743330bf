//! What can be wrong with the number of CPUs and I/O threads.

use protocol::error::{Code, Origin};

/// What is wrong with the CPUs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum CpuError {
    #[error("Maximum CPUs greater than specified machine type limit {limit}")]
    TooMany { limit: u32 },
    #[error("maxvcpus must not be less than current vcpus ({maximum} < {current})")]
    CurrentAboveMaximum { current: u32, maximum: u32 },
    #[error("domain has no virtual CPU: give <vcpu> a number above zero")]
    NoCpu,
    #[error("CPU topology doesn't match maximum vcpu count")]
    Topology,
    #[error("Number of CPUs in <numa> exceeds the <vcpu> count")]
    NumaCpus,
    #[error(
        "The number of virtual CPU address bits cannot exceed the number supported by the host CPU, {limit}"
    )]
    AddressBits { limit: u32 },
    #[error("duplicate iothread id '{id}' found")]
    DuplicateIoThread { id: u32 },
}

impl CpuError {
    /// The public error number.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::NumaCpus | Self::NoCpu => Code::InternalError,
            Self::DuplicateIoThread { .. } => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }

    /// The public part of the system that the error comes from.
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::NumaCpus
            | Self::DuplicateIoThread { .. }
            | Self::NoCpu
            | Self::CurrentAboveMaximum { .. } => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}
