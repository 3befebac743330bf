//! `<memory>` among the devices: memory in slots, memory that stays, memory that grows and shrinks.

use std::path::Path;

use documents::domain::{
    Address, AllocationMode, Domain, MemoryAccess, MemoryBacking, MemoryDevice, MemoryDeviceSource,
    MemoryModel, MemorySource,
};

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::domain::DomainError;
use crate::domain::cpu_list;

/// Everything that QEMU creates for a memory device. `directory` is where memory in files is made that names none.
pub(crate) fn parts(
    memory: &MemoryDevice,
    domain: &Domain,
    guest: &Guest<'_>,
    directory: Option<&Path>,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&memory.info);
    let object = backend(memory, domain, &id, directory)?;
    if memory.model == MemoryModel::SgxEpc {
        // The machine itself takes it (`sgx-epc` of `-machine`).
        return Ok(vec![object]);
    }
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
        .set("memdev", format!("mem{id}"))
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
    Ok(vec![object, device])
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

/// Where the bytes of a memory device are on the host.
enum Place<'a> {
    /// Enclave memory.
    Epc,
    /// A file that the document names.
    File(&'a str),
    /// A file that is made, because it is shared with another process.
    Made(String),
    /// Shared memory without a file.
    Memfd,
    /// Memory of the process.
    Ram,
}

/// Whether a file is made for a memory device, because it is shared with another process.
pub(crate) fn has_made_file(memory: &MemoryDevice, backing: &MemoryBacking) -> bool {
    let access = memory.access.or(backing.access);
    let place = place(memory, backing, access, "", Some(Path::new("/")));
    matches!(place, Place::Made(_))
}

fn place<'a>(
    memory: &'a MemoryDevice,
    backing: &MemoryBacking,
    access: Option<MemoryAccess>,
    id: &str,
    directory: Option<&Path>,
) -> Place<'a> {
    let path = memory.source.as_ref().and_then(|it| it.path.as_deref());
    if memory.model == MemoryModel::SgxEpc {
        return Place::Epc;
    }
    if let Some(path) = path {
        return Place::File(path);
    }
    if backing.source == Some(MemorySource::Memfd) {
        return Place::Memfd;
    }
    let shared = access.is_some() || backing.source == Some(MemorySource::File);
    match directory.filter(|_| shared) {
        Some(directory) => Place::Made(directory.join(id).to_string_lossy().into_owned()),
        None => Place::Ram,
    }
}

fn backend(
    memory: &MemoryDevice,
    domain: &Domain,
    id: &str,
    directory: Option<&Path>,
) -> Result<Part, serde_json::Error> {
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let source: MemoryDeviceSource = memory.source.clone().unwrap_or_default();
    let access = memory.access.or(backing.access);
    let discard = memory.discard.or(backing.discard.then_some(true));
    let place = place(memory, &backing, access, id, directory);
    let (qom_type, file) = match &place {
        Place::Epc => ("memory-backend-epc", None),
        Place::File(path) => ("memory-backend-file", Some((*path).to_owned())),
        Place::Made(path) => ("memory-backend-file", Some(path.clone())),
        Place::Memfd => ("memory-backend-memfd", None),
        Place::Ram => ("memory-backend-ram", None),
    };
    // What is filled before the guest runs: a module on purpose, a file because its file system may be full. Memory
    // that really stays wears off, virtio memory fills itself.
    let grows = memory.model == MemoryModel::VirtioMem;
    let stays = memory.model == MemoryModel::VirtioPmem || source.pmem;
    let immediate = is_immediate(domain) && !grows;
    let prealloc = match place {
        Place::Epc => true,
        Place::File(_) => immediate || !stays,
        _ => immediate,
    };
    let threads = backing.allocation.and_then(|allocation| allocation.threads);
    let share = match access {
        // Writes have to reach the file.
        None if memory.model == MemoryModel::VirtioPmem => Some(true),
        None => None,
        Some(access) => Some(access == MemoryAccess::Shared),
    };
    let share = share.filter(|_| memory.model != MemoryModel::SgxEpc);
    let nodes = source.nodemask.as_deref().and_then(cpu_list::parse);
    let nodes: Option<Vec<u32>> = nodes.map(|nodes| nodes.into_iter().collect());
    let policy = nodes.as_ref().map(|_| "bind");
    let is_file = file.is_some();
    Properties::default()
        .optional("mem-path", file)
        .optional("discard-data", discard.filter(|_| is_file))
        .optional("share", share)
        .flag("prealloc", prealloc)
        .optional("prealloc-threads", threads.filter(|_| immediate))
        .optional("reserve", grows.then_some(false))
        .set("size", memory.target.size.saturating_mul(1024))
        .optional(
            "align",
            source.alignsize.map(|kib| kib.saturating_mul(1024)),
        )
        .optional("host-nodes", nodes)
        .optional("policy", policy)
        .flag("pmem", source.pmem)
        .object(qom_type, &format!("mem{id}"))
}
