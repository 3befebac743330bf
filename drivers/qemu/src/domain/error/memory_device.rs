//! What can be wrong with a memory device.

use protocol::error::{Code, Origin};

use crate::domain::error::ListError;

/// Why a guest cannot have a memory device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum MemoryDeviceError {
    #[error("cannot use/hotplug a memory device when domain 'maxMemory' is not defined")]
    NoMaxMemory,
    #[error("target NUMA node needs to be specified for memory device")]
    NoTargetNode,
    #[error(
        "can't add memory backend for guest node '{node}' as the guest has only '{cells}' NUMA nodes configured"
    )]
    NoSuchNode { node: u32, cells: usize },
    #[error("memory device slot '{slot}' exceeds slots count '{slots}'")]
    SlotRange { slot: u32, slots: u32 },
    #[error("memory device slot '{slot}' is already being used by another memory device")]
    SlotTaken { slot: u32 },
    #[error(
        "memory device address [{first:#x}:{end:#x}] overlaps with other memory device ({other:#x})"
    )]
    Overlap { first: u64, end: u64, other: u64 },
    #[error("failed to find an empty memory slot: raise the slots of <maxMemory>")]
    NoSlot,
    #[error("Total size of memory devices exceeds the total memory size")]
    AboveTotal,
    #[error("Total size of memory devices exceeds the size of <memory>")]
    AboveMemory,
    #[error("the memory devices leave nothing of <memory> to start with: raise it")]
    NothingElse,
    #[error(transparent)]
    List(#[from] ListError),
    #[error("unknown suffix '{unit}'")]
    Unit { unit: String },
    #[error("path is required for model '{model}'")]
    NoPath { model: &'static str },
    #[error("label size must be smaller than NVDIMM size")]
    LabelTooLarge,
    #[error("nvdimm label must be at least 128KiB")]
    LabelTooSmall,
    #[error("UUID is not supported for NVDIMM device")]
    Uuid,
    #[error("discard is not supported for model '{model}'")]
    Discard { model: &'static str },
    #[error("virtio-pmem does not support NUMA nodes")]
    PmemNode,
    #[error("shared access mode required for virtio-pmem device")]
    PmemAccess,
    #[error("block size must be a power of two")]
    Block,
    #[error("block size too small, must be at least {least}KiB")]
    BlockTooSmall { least: u64 },
    #[error("requested size must be an integer multiple of block size")]
    RequestedPart,
    #[error("requested size must be smaller than or equal to @size ({size}KiB)")]
    RequestedTooLarge { size: u64 },
    #[error("memory device model '{model}' is not supported by this QEMU binary")]
    Model { model: &'static str },
    #[error("only 'dimm' addresses are supported for the {model} device")]
    Address { model: &'static str },
}

impl MemoryDeviceError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::NoSuchNode { .. }
            | Self::NoPath { .. }
            | Self::Block
            | Self::BlockTooSmall { .. }
            | Self::RequestedPart
            | Self::RequestedTooLarge { .. } => (Code::XmlDetail, Origin::Domain),
            Self::SlotTaken { .. }
            | Self::Overlap { .. }
            | Self::Uuid
            | Self::Discard { .. }
            | Self::PmemNode
            | Self::PmemAccess => (Code::ConfigUnsupported, Origin::Domain),
            Self::LabelTooLarge | Self::LabelTooSmall | Self::AboveMemory | Self::NothingElse => {
                (Code::XmlError, Origin::Domain)
            }
            Self::List(error) => error.public(),
            Self::Unit { .. } => (Code::InvalidArg, Origin::None),
            Self::AboveTotal => (Code::XmlError, Origin::Qemu),
            Self::NoSlot => (Code::InternalError, Origin::Qemu),
            _ => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }
}
