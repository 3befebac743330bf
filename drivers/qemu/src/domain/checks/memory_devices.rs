//! Memory devices against the guest's memory, its slots and its nodes.

use documents::domain::{Address, DimmAddress, Domain, MemoryAccess, MemoryDevice, MemoryModel};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::error::MemoryDeviceError;

/// The smallest label of an NVDIMM, in KiB.
const LABEL: u64 = 128;

/// The smallest block of virtio memory on a PC, in KiB: a transparent huge page.
const BLOCK: u64 = 2048;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), MemoryDeviceError> {
    let memories = &domain.devices.memories;
    let total = domain.memory.map_or(0, |memory| memory.kib);
    let maximum = domain.max_memory.as_ref();
    if maximum.is_some_and(|maximum| maximum.kib < total) {
        return Err(MemoryDeviceError::AboveMaximum);
    }
    if memories.is_empty() {
        return Ok(());
    }
    let plugged: u64 = memories.iter().map(|memory| memory.target.size).sum();
    if plugged > total {
        return Err(MemoryDeviceError::AboveTotal);
    }
    for memory in memories {
        check_one(memory)?;
        check_model(memory, capabilities)?;
    }
    check_places(memories)?;
    let slots = maximum
        .ok_or(MemoryDeviceError::NoMaxMemory)?
        .slots
        .unwrap_or(0);
    let cells = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = cells.map_or(0, |numa| numa.cells.len());
    for memory in memories {
        check_node(memory, cells)?;
        if let Some(slot) = slot(memory).filter(|slot| *slot >= slots) {
            return Err(MemoryDeviceError::SlotRange { slot, slots });
        }
    }
    Ok(())
}

fn slot(memory: &MemoryDevice) -> Option<u32> {
    match memory.info.address {
        Some(Address::Dimm(DimmAddress { slot, .. })) => slot,
        _ => None,
    }
}

fn check_one(memory: &MemoryDevice) -> Result<(), MemoryDeviceError> {
    let target = &memory.target;
    let source = memory.source.clone().unwrap_or_default();
    let needs_path = || match &source.path {
        Some(_) => Ok(()),
        None => Err(MemoryDeviceError::NoPath {
            model: word(memory.model),
        }),
    };
    match memory.model {
        MemoryModel::Dimm | MemoryModel::SgxEpc => Ok(()),
        MemoryModel::Nvdimm => {
            needs_path()?;
            let label = target.label_size.unwrap_or(0);
            if label > 0 && label < LABEL {
                return Err(MemoryDeviceError::LabelTooSmall);
            }
            if label >= target.size {
                return Err(MemoryDeviceError::LabelTooLarge);
            }
            match memory.uuid {
                // Only the firmware of pSeries asks for it.
                Some(_) => Err(MemoryDeviceError::Uuid),
                None => Ok(()),
            }
        }
        MemoryModel::VirtioPmem => {
            needs_path()?;
            if memory.access == Some(MemoryAccess::Private) {
                return Err(MemoryDeviceError::PmemAccess);
            }
            match target.node {
                Some(_) => Err(MemoryDeviceError::PmemNode),
                None => Ok(()),
            }
        }
        MemoryModel::VirtioMem => {
            let block = target.block.unwrap_or(0);
            let requested = target.requested.unwrap_or(0);
            if requested > target.size {
                return Err(MemoryDeviceError::RequestedTooLarge { size: target.size });
            }
            if !block.is_power_of_two() {
                return Err(MemoryDeviceError::Block);
            }
            if block < BLOCK {
                return Err(MemoryDeviceError::BlockTooSmall { least: BLOCK });
            }
            match requested % block {
                0 => Ok(()),
                _ => Err(MemoryDeviceError::RequestedPart),
            }
        }
    }
}

fn check_model(
    memory: &MemoryDevice,
    capabilities: &Capabilities,
) -> Result<(), MemoryDeviceError> {
    let there = match memory.model {
        MemoryModel::Dimm => capabilities.has_device("pc-dimm"),
        MemoryModel::Nvdimm => capabilities.has_device("nvdimm"),
        MemoryModel::VirtioPmem => capabilities.has_device("virtio-pmem-pci"),
        MemoryModel::VirtioMem => capabilities.has_device("virtio-mem-pci"),
        MemoryModel::SgxEpc => capabilities.has_object("memory-backend-epc"),
    };
    let model = word(memory.model);
    if !there {
        return Err(MemoryDeviceError::Model { model });
    }
    let fits = match (memory.model, &memory.info.address) {
        (MemoryModel::Dimm | MemoryModel::Nvdimm, Some(address)) => {
            matches!(address, Address::Dimm(_))
        }
        _ => true,
    };
    if fits {
        Ok(())
    } else {
        Err(MemoryDeviceError::Address { model })
    }
}

/// Two devices can have neither one slot nor one address.
fn check_places(memories: &[MemoryDevice]) -> Result<(), MemoryDeviceError> {
    let base = |memory: &MemoryDevice| match memory.info.address {
        Some(Address::Dimm(DimmAddress { base, .. })) => base,
        _ => None,
    };
    for (at, memory) in memories.iter().enumerate() {
        let before = || memories.iter().take(at);
        if let Some(taken) = slot(memory)
            && before().any(|other| slot(other) == Some(taken))
        {
            return Err(MemoryDeviceError::SlotTaken { slot: taken });
        }
        if let Some(taken) = base(memory).filter(|base| *base > 0)
            && before().any(|other| base(other) == Some(taken))
        {
            return Err(MemoryDeviceError::BaseTaken { base: taken });
        }
    }
    Ok(())
}

fn check_node(memory: &MemoryDevice, cells: usize) -> Result<(), MemoryDeviceError> {
    let plugged = matches!(
        memory.model,
        MemoryModel::Dimm | MemoryModel::Nvdimm | MemoryModel::VirtioMem
    );
    match memory.target.node {
        None if plugged => Err(MemoryDeviceError::NoTargetNode),
        Some(node) if usize::try_from(node).is_ok_and(|node| node >= cells) => {
            Err(MemoryDeviceError::NoSuchNode { node, cells })
        }
        _ => Ok(()),
    }
}
