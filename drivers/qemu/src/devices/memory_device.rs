//! `<memory>` among the devices: memory in slots, memory that stays, memory that grows and shrinks.

use documents::domain::{Address, AllocationMode, Domain, MemoryDevice, MemoryModel};

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::domain::DomainError;

/// Everything that QEMU creates for a memory device beside its back-end.
pub(crate) fn parts(
    memory: &MemoryDevice,
    domain: &Domain,
    guest: &Guest<'_>,
) -> Result<Vec<Part>, DomainError> {
    if memory.model == MemoryModel::SgxEpc {
        // The machine itself takes it (`sgx-epc` of `-machine`).
        return Ok(Vec::new());
    }
    let id = alias(&memory.info);
    let target = &memory.target;
    let bytes = |kib: u64| kib.saturating_mul(1024);
    let properties = Properties::default()
        .optional("node", target.node)
        .optional("label-size", target.label_size.map(bytes))
        .optional("block-size", target.block.map(bytes))
        .optional(
            "requested-size",
            target.requested.map(bytes).filter(|bytes| *bytes > 0),
        )
        .optional("uuid", memory.uuid.map(|uuid| uuid.to_string()))
        .flag("unarmed", target.readonly)
        .set("memdev", backend_name(memory))
        .optional("memaddr", target.base)
        .flag("dynamic-memslots", target.dynamic_memslots == Some(true))
        .flag(
            "prealloc",
            memory.model == MemoryModel::VirtioMem && is_immediate(domain),
        )
        .set("id", id);
    let properties = match &memory.info.address {
        Some(Address::Dimm(place)) => properties
            .optional("slot", place.slot)
            .optional("addr", place.base.filter(|base| *base > 0)),
        _ => properties,
    };
    let driver = match memory.model {
        MemoryModel::Dimm => "pc-dimm",
        MemoryModel::Nvdimm => "nvdimm",
        MemoryModel::VirtioPmem => "virtio-pmem-pci",
        MemoryModel::VirtioMem => "virtio-mem-pci",
        MemoryModel::SgxEpc => "sgx-epc",
    };
    let device = properties.device(driver, Virtio::default(), guest.seat(&memory.info))?;
    Ok(vec![device])
}

/// The back-end's name, for the machine.
pub(crate) fn backend_name(memory: &MemoryDevice) -> String {
    format!("mem{}", alias(&memory.info))
}

fn is_immediate(domain: &Domain) -> bool {
    let allocation = domain
        .memory_backing
        .as_ref()
        .and_then(|backing| backing.allocation);
    allocation.and_then(|allocation| allocation.mode) == Some(AllocationMode::Immediate)
}
