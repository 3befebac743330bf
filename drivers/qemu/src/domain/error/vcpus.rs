//! What can be wrong with single virtual CPUs.

use super::public::{NOT_HERE, NOWHERE, Public, XML};

/// What is wrong with the virtual CPUs, one by one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum VcpusError {
    #[error("vcpu id '{id}' is out of range of maximum vcpu count")]
    OutOfRange { id: u32 },
    #[error("vcpu 0 can't be offline")]
    FirstOffline,
    #[error("vcpu0 can't be hotpluggable")]
    FirstPluggable,
    #[error("vcpu0 must be enabled first")]
    FirstNotFirst,
    #[error("vcpu '{id}' is both offline and not hotpluggable")]
    OfflineForGood { id: u32 },
    #[error("all vcpus must have either set or unset order")]
    SomeOrdered,
    #[error("online non-hotpluggable vcpu '{id}' needs to be ordered prior to hotpluggable vcpus")]
    PluggedBefore { id: u32 },
    #[error("online non-hotpluggable vcpu '{id}' must be ordered in ascending order")]
    Descending { id: u32 },
}

impl VcpusError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::OutOfRange { .. } => XML,
            Self::OfflineForGood { .. } => NOWHERE,
            _ => NOT_HERE,
        }
    }
}
