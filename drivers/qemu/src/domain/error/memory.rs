//! What can be wrong with the guest's memory.

use protocol::error::{Code, Origin};

use super::ListError;
use super::public::{ARGUMENT, DETAIL, NOT_HERE, Public, XML};

/// What is wrong with memory and where it comes from.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum MemoryError {
    #[error("maximum memory size must be specified when specifying number of memory slots")]
    SlotsWithoutMaximum,
    #[error("maximum memory size must be equal or greater than the actual memory size")]
    MaximumTooSmall,
    #[error("hugepage size can't be zero")]
    PageSizeZero,
    #[error("two master hugepages detected: {first} and {second}")]
    TwoMasterPages { first: u64, second: u64 },
    #[error("nodeset attribute of hugepages of sizes {first} and {second} intersect")]
    PagesIntersect { first: u64, second: u64 },
    #[error("hugepages: node {node} not found")]
    PagesNode { node: u32 },
    #[error("unknown suffix '{unit}'")]
    Unit { unit: String },
    #[error(transparent)]
    List(#[from] ListError),
    #[error("hugepages are not allowed with anonymous memory source")]
    PagesAnonymous,
    #[error("hugepages are not allowed with memory allocation ondemand")]
    PagesOnDemand,
    #[error("Parameter 'min_guarantee' not supported by QEMU.")]
    MinGuarantee,
    #[error("{what} overflowed after alignment: ask for less")]
    TooLarge { what: String },
    #[error("hugetlbfs filesystem is not mounted or disabled by administrator config")]
    NoHugePages,
    #[error("Unable to find any usable hugetlbfs mount for {kib} KiB")]
    NoPagesOfSize { kib: u64 },
}

impl MemoryError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::SlotsWithoutMaximum | Self::MaximumTooSmall => XML,
            Self::PageSizeZero
            | Self::TwoMasterPages { .. }
            | Self::PagesIntersect { .. }
            | Self::PagesNode { .. } => DETAIL,
            Self::List(error) => error.public(),
            Self::Unit { .. } => ARGUMENT,
            Self::NoHugePages | Self::NoPagesOfSize { .. } => (Code::InternalError, Origin::Qemu),
            _ => NOT_HERE,
        }
    }
}
