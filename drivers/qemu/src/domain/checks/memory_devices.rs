//! Memory devices against the guest's memory, its slots and its nodes.

use documents::domain::{Address, DimmAddress, Domain, MemoryAccess, MemoryDevice, MemoryModel};

use crate::capabilities::Capabilities;
use crate::domain::completion::memory::plugged_kib;
use crate::domain::completion::os::word;
use crate::domain::error::MemoryDeviceError;

/// The smallest label of an NVDIMM, in KiB.
const LABEL: u64 = 128;

/// The smallest block of virtio memory on a PC, in KiB: a transparent huge page.
const BLOCK: u64 = 2048;

/// A page of a PC, in KiB.
const PAGE: u64 = 4;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), MemoryDeviceError> {
    let memories = &domain.devices.memories;
    let total = domain.memory.map_or(0, |memory| memory.kib);
    let maximum = domain.max_memory.as_ref();
    if memories.is_empty() {
        return Ok(());
    }
    let plugged = plugged_kib(&domain.devices);
    // With slots to plug it into, QEMU's node takes the rest.
    if plugged > total {
        return Err(match maximum {
            Some(_) => MemoryDeviceError::AboveTotal,
            None => MemoryDeviceError::AboveMemory,
        });
    }
    if plugged == total {
        return Err(MemoryDeviceError::NothingElse);
    }
    let slots = maximum
        .ok_or(MemoryDeviceError::NoMaxMemory)?
        .slots
        .unwrap_or(0);
    let cells = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = cells.map_or(0, |numa| numa.cells.len());
    for memory in memories {
        check_address(memory)?;
        if let Some(slot) = slot(memory).filter(|slot| *slot >= slots) {
            return Err(MemoryDeviceError::SlotRange { slot, slots });
        }
        check_has_node(memory)?;
    }
    for memory in memories {
        check_one(memory)?;
        check_node(memory, cells)?;
        check_model(memory, capabilities)?;
    }
    check_places(memories)
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
            check_discard(memory)?;
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
            check_discard(memory)?;
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

/// What is in a file stays there.
fn check_discard(memory: &MemoryDevice) -> Result<(), MemoryDeviceError> {
    match memory.discard {
        Some(true) => Err(MemoryDeviceError::Discard {
            model: word(memory.model),
        }),
        _ => Ok(()),
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
    match there {
        true => Ok(()),
        false => Err(MemoryDeviceError::Model { model }),
    }
}

/// A module sits in a slot.
fn check_address(memory: &MemoryDevice) -> Result<(), MemoryDeviceError> {
    let module = matches!(memory.model, MemoryModel::Dimm | MemoryModel::Nvdimm);
    match memory.info.address {
        None | Some(Address::Dimm(_)) => Ok(()),
        Some(_) if !module => Ok(()),
        Some(_) => Err(MemoryDeviceError::Address {
            model: word(memory.model),
        }),
    }
}

/// Two devices can have neither one slot nor one address.
fn check_places(memories: &[MemoryDevice]) -> Result<(), MemoryDeviceError> {
    for (at, memory) in memories.iter().enumerate() {
        let others = || {
            let others = memories.iter().enumerate();
            others.filter(move |(other, _)| *other != at)
        };
        if let Some(taken) = slot(memory)
            && others().any(|(_, other)| slot(other) == Some(taken))
        {
            return Err(MemoryDeviceError::SlotTaken { slot: taken });
        }
        let Some(first) = base(memory) else { continue };
        let end = first.saturating_add(mapped_bytes(memory));
        for (_, other) in others() {
            let Some(start) = base(other) else { continue };
            if first < start.saturating_add(mapped_bytes(other)) && start < end {
                return Err(MemoryDeviceError::Overlap {
                    first,
                    end,
                    other: start,
                });
            }
        }
    }
    Ok(())
}

/// Where the guest finds it, if the document says.
fn base(memory: &MemoryDevice) -> Option<u64> {
    let base = match (memory.model, &memory.info.address) {
        (MemoryModel::VirtioPmem | MemoryModel::VirtioMem, _) => memory.target.base,
        (MemoryModel::Dimm | MemoryModel::Nvdimm, Some(Address::Dimm(place))) => place.base,
        _ => None,
    };
    base.filter(|base| *base > 0)
}

/// What the guest sees of it: the label of an NVDIMM lies outside, rounded up to the alignment.
fn mapped_bytes(memory: &MemoryDevice) -> u64 {
    let mut kib = memory.target.size;
    if memory.model == MemoryModel::Nvdimm {
        let align = memory.source.as_ref().and_then(|source| source.alignsize);
        let align = align.filter(|align| *align > 0).unwrap_or(PAGE);
        let label = memory.target.label_size.unwrap_or(0);
        kib = kib.saturating_sub(label.div_ceil(align).saturating_mul(align));
    }
    kib.saturating_mul(1024)
}

fn check_has_node(memory: &MemoryDevice) -> Result<(), MemoryDeviceError> {
    let plugged = matches!(
        memory.model,
        MemoryModel::Dimm | MemoryModel::Nvdimm | MemoryModel::VirtioMem
    );
    match memory.target.node {
        None if plugged => Err(MemoryDeviceError::NoTargetNode),
        _ => Ok(()),
    }
}

fn check_node(memory: &MemoryDevice, cells: usize) -> Result<(), MemoryDeviceError> {
    match memory.target.node {
        Some(node) if usize::try_from(node).is_ok_and(|node| node >= cells) => {
            Err(MemoryDeviceError::NoSuchNode { node, cells })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pair(first: &str, second: &str) -> Result<(), MemoryDeviceError> {
        let text = format!(
            "<domain type='qemu'><name>a</name><os/><devices>{first}{second}</devices></domain>"
        );
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        check_places(&domain.devices.memories)
    }

    fn virtio(mib: u32, base: u64) -> String {
        format!(
            "<memory model='virtio-mem'><target><size unit='MiB'>{mib}</size><node>0</node>\
             <address base='{base:#x}'/></target></memory>"
        )
    }

    fn nvdimm(mib: u32, label: u32, slot: u32, base: u64) -> String {
        format!(
            "<memory model='nvdimm'><target><size unit='MiB'>{mib}</size><node>0</node>\
             <label><size unit='KiB'>{label}</size></label></target>\
             <address type='dimm' slot='{slot}' base='{base:#x}'/></memory>"
        )
    }

    #[test]
    fn memory_lies_side_by_side() {
        let first = virtio(1024, 0x1_4000_0000);
        assert!(check_pair(&first, &virtio(64, 0x1_8000_0000)).is_ok());
        assert!(check_pair(&first, &virtio(64, 0)).is_ok());
        let error = check_pair(&first, &virtio(2048, 0x1_7000_0000)).unwrap_err();
        assert!(
            error.to_string().contains("[0x140000000:0x180000000]"),
            "{error}"
        );
    }

    #[test]
    fn a_label_is_not_seen_by_the_guest() {
        let behind = virtio(64, 0x1_0ffe_0000);
        assert!(check_pair(&nvdimm(256, 128, 0, 0x1_0000_0000), &behind).is_ok());
        assert!(check_pair(&nvdimm(256, 0, 0, 0x1_0000_0000), &behind).is_err());
    }

    #[test]
    fn a_slot_holds_one_module() {
        let first = nvdimm(256, 0, 3, 0x1_0000_0000);
        assert!(check_pair(&first, &nvdimm(256, 0, 4, 0x2_0000_0000)).is_ok());
        assert!(check_pair(&first, &nvdimm(256, 0, 3, 0x2_0000_0000)).is_err());
    }
}
