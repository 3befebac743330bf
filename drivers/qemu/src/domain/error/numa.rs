//! What can be wrong with the guest's cells and with the host's nodes that they are put on.

use protocol::error::{Code, Origin};

use super::ListError;
use super::public::{ARGUMENT, NOWHERE, Public, VALUE, XML};

/// What is wrong with NUMA.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum NumaError {
    #[error("NUMA topology defined without NUMA cells")]
    NoCells,
    #[error("Duplicate NUMA cell info for cell id '{id}'")]
    DuplicateCell { id: u32 },
    #[error(
        "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not starting from 0 are not allowed"
    )]
    CellGap,
    #[error(transparent)]
    List(#[from] ListError),
    #[error("unknown suffix '{unit}'")]
    Unit { unit: String },
    #[error("NUMA cells {second} and {first} have overlapping vCPU ids")]
    Overlap { first: u32, second: u32 },
    #[error("'value {value}' is invalid for 'sibling id {sibling}' under NUMA 'cell id {cell}'")]
    Distance { cell: u32, sibling: u32, value: u32 },
    #[error("'sibling_id {sibling}' does not refer to a valid cell within NUMA 'cell id {cell}'")]
    Sibling { cell: u32, sibling: u32 },
    #[error("Cache level '{level}' already defined")]
    DuplicateCache { level: u32 },
    #[error("cache level '{level}' is above the third")]
    CacheLevel { level: u32 },
    #[error("a cache's level counts from 1: Zero is not permitted")]
    CacheLevelZero,
    #[error("a cache needs <{element}> with a value")]
    CacheElement { element: &'static str },
    #[error("'{what}' refers to a non-existent NUMA node")]
    NoSuchCell { what: &'static str },
    #[error("'cache' refers to a non-existent NUMA node cache")]
    NoSuchCache,
    #[error("NUMA nodes without CPUs can't be initiator")]
    Initiator,
    #[error("Duplicate info for NUMA latencies")]
    DuplicateInterconnect,
    #[error("nodeset for NUMA memory tuning must be set if 'placement' is 'static'")]
    NoNodeset,
    #[error("Element 'memnode' is invalid without any guest NUMA cells")]
    MemnodeWithoutCells,
    #[error("Argument 'cellid' in memnode element must correspond to existing guest's NUMA cell")]
    MemnodeCell,
    #[error("Multiple memnode elements with cellid {id}")]
    DuplicateMemnode { id: u32 },
    #[error("Per-node binding is not compatible with automatic NUMA placement.")]
    AutomaticMemnode,
    #[error(
        "'restrictive' mode is required in {here} element when mode is 'restrictive' in {there} element"
    )]
    Restrictive {
        here: &'static str,
        there: &'static str,
    },
    #[error(
        "Advice from numad is needed in case of automatic numa placement: name the host's nodes and CPUs instead"
    )]
    NoAdvice,
    #[error("NUMA node {node} is unavailable")]
    HostNode { node: u32 },
}

impl NumaError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::List(error) => error.public(),
            Self::Unit { .. } => ARGUMENT,
            Self::CacheLevelZero | Self::CacheElement { .. } => VALUE,
            Self::Overlap { .. } | Self::NoNodeset | Self::AutomaticMemnode => NOWHERE,
            Self::NoAdvice => (Code::InternalError, Origin::Domain),
            Self::HostNode { .. } => (Code::ConfigUnsupported, Origin::None),
            _ => XML,
        }
    }
}
