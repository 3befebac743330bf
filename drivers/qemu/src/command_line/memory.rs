//! `-m`, the back-ends of the guest's memory, and `-smp`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use documents::domain::{
    AllocationMode, Domain, HugePages, MemoryAccess, MemorySource, NumaCell, NumaMode, NumaTune,
    Placement,
};
use serde::Serialize;

use super::Surroundings;
use super::arguments::Arguments;
use crate::capabilities::Capabilities;
use crate::devices::KeyVal;
use crate::devices::memory_device::has_made_file;
use crate::domain::completion::memory::cell_kib;
use crate::domain::completion::tuning::numbers;
use crate::domain::error::DomainError;
use crate::domain::{MemoryError, NumaError};

/// Memory of the guest.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Backend {
    qom_type: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hugetlb: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hugetlbsize: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mem_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard_data: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x_use_canonical_path_for_ramblock_id: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prealloc: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prealloc_threads: Option<u32>,
    size: u64,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    host_nodes: BTreeSet<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'static str>,
}

/// What one back-end is for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Its name.
    pub(super) id: String,
    /// How much it holds.
    pub(super) kib: u64,
    /// The guest's cell, where there is one.
    pub(super) cell: Option<u32>,
    /// Whether others may map it, where the cell says so itself.
    pub(super) access: Option<MemoryAccess>,
    /// Whether its contents are given up, where the cell says so itself.
    pub(super) discard: Option<bool>,
}

/// The name of the one back-end of all memory; a NUMA guest has one for each cell instead.
pub(super) fn main_backend(domain: &Domain, capabilities: &Capabilities) -> Option<String> {
    let machine = domain.os.kind.as_ref()?.machine.as_deref()?;
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    if numa.is_some_and(|numa| !numa.cells.is_empty()) {
        return None;
    }
    capabilities.machine(machine)?.default_ram_id.clone()
}

/// Whether the guest is told how fast each cell's memory is.
pub(super) fn has_hmat(domain: &Domain) -> bool {
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    numa.is_some_and(|numa| {
        let linked = numa
            .interconnects
            .as_ref()
            .is_some_and(|it| !it.latencies.is_empty() || !it.bandwidths.is_empty());
        linked || numa.cells.iter().any(|cell| !cell.caches.is_empty())
    })
}

/// The directories in which files are made for the guest's memory.
///
/// # Errors
/// When the host has no such pages or nodes.
pub(crate) fn directories(
    domain: &Domain,
    capabilities: &Capabilities,
    host: &Surroundings,
) -> Result<BTreeSet<PathBuf>, DomainError> {
    let mut directories = BTreeSet::new();
    let cells = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = cells.into_iter().flat_map(|numa| (0..).zip(&numa.cells));
    let cells = cells.map(|(index, cell)| Wanted::of_cell(cell, index));
    let main = main_backend(domain, capabilities).map(|id| Wanted::whole(id, 0));
    for wanted in main.into_iter().chain(cells) {
        directories.extend(backend(domain, wanted, host)?.directory());
    }
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let mut slots = domain.devices.memories.iter();
    if slots.any(|memory| has_made_file(memory, &backing)) {
        directories.insert(host.memory_dir.clone());
    }
    Ok(directories)
}

impl Wanted {
    fn whole(id: String, kib: u64) -> Self {
        Self {
            id,
            kib,
            cell: None,
            access: None,
            discard: None,
        }
    }

    /// What the cell at this place of the list needs.
    pub(super) fn of_cell(cell: &NumaCell, index: u32) -> Self {
        let id = cell.id.unwrap_or(index);
        Self {
            id: format!("ram-node{id}"),
            kib: cell_kib(cell),
            cell: Some(id),
            access: cell.mem_access,
            discard: cell.discard,
        }
    }
}

impl Backend {
    /// Where its file is made: huge pages are named by their directory, everything else by a file.
    fn directory(&self) -> Option<PathBuf> {
        let path = Path::new(self.mem_path.as_ref()?);
        match path.file_name() == Some(OsStr::new(&self.id)) {
            true => path.parent().map(Path::to_owned),
            false => Some(path.to_owned()),
        }
    }
}

/// Adds memory and processors.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    host: &Surroundings,
) -> Result<(), DomainError> {
    let plugged: u64 = domain
        .devices
        .memories
        .iter()
        .map(|memory| memory.target.size)
        .sum();
    let kib = domain.memory.map_or(0, |memory| memory.kib);
    // What is in slots is created as devices.
    let kib = kib.saturating_sub(plugged);
    let mut size = KeyVal::default();
    size.pair("size", &format!("{kib}k"));
    if let Some(maximum) = &domain.max_memory {
        size.optional("slots", maximum.slots.filter(|slots| *slots > 0));
        size.pair("maxmem", &format!("{}k", maximum.kib));
    }
    args.option("m", size.finish());
    if let Some(id) = main_backend(domain, capabilities) {
        args.object(&backend(domain, Wanted::whole(id, kib), host)?)?;
    }
    let locked = domain
        .memory_backing
        .as_ref()
        .is_some_and(|backing| backing.locked);
    args.option(
        "overcommit",
        if locked {
            "mem-lock=on"
        } else {
            "mem-lock=off"
        },
    );
    args.option("smp", processors(domain));
    Ok(())
}

/// Makes the back-end of all memory, or of a cell's.
///
/// # Errors
/// When the host has no such pages or nodes.
pub(super) fn backend(
    domain: &Domain,
    wanted: Wanted,
    host: &Surroundings,
) -> Result<Backend, DomainError> {
    let main = wanted.cell.is_none();
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let pages = match &backing.hugepages {
        Some(pages) => page_size(pages, wanted.cell, host)?,
        None => None,
    };
    let memfd = backing.source == Some(MemorySource::Memfd);
    let access = wanted.access.or(backing.access);
    let file = pages.is_some() || access.is_some() || backing.source == Some(MemorySource::File);
    let mem_path = match pages {
        _ if memfd => None,
        Some(kib) => Some(host.huge_page_path(kib)?),
        None => file.then(|| host.memory_dir.join(&wanted.id)),
    };
    let discard = wanted.discard.or(backing.discard.then_some(true));
    let allocation = backing.allocation.unwrap_or_default();
    let immediate = allocation.mode == Some(AllocationMode::Immediate) || pages.is_some();
    let (host_nodes, policy) = placement(domain.numatune.as_ref(), wanted.cell, host)?;
    Ok(Backend {
        qom_type: match (memfd, file) {
            (true, _) => "memory-backend-memfd",
            (false, true) => "memory-backend-file",
            (false, false) => "memory-backend-ram",
        },
        id: wanted.id,
        hugetlb: (memfd && pages.is_some()).then_some(true),
        hugetlbsize: pages.filter(|_| memfd).map(|kib| kib << 10),
        discard_data: discard.filter(|_| mem_path.is_some()),
        mem_path: mem_path.map(|path| path.to_string_lossy().into_owned()),
        share: match access {
            Some(MemoryAccess::Shared) => Some(true),
            Some(MemoryAccess::Private) => Some(false),
            None => None,
        },
        // The name by which memory is found after migration stays the one of guests without a back-end.
        x_use_canonical_path_for_ramblock_id: ((memfd || file) && main).then_some(false),
        prealloc: immediate.then_some(true),
        prealloc_threads: allocation.threads,
        size: wanted.kib.saturating_mul(1024),
        host_nodes,
        policy,
    })
}

/// The size of huge pages in KiB that a cell's memory is made of; nothing for ordinary pages.
fn page_size(
    pages: &HugePages,
    cell: Option<u32>,
    host: &Surroundings,
) -> Result<Option<u64>, MemoryError> {
    let cell = cell.unwrap_or(0);
    let own = pages.pages.iter().find(|page| {
        let nodes = page.nodeset.as_deref().map(numbers);
        nodes.is_some_and(|nodes| nodes.contains(&cell))
    });
    let master = || pages.pages.iter().find(|page| page.nodeset.is_none());
    let size = match own.or_else(master) {
        Some(page) => page.size,
        // Only other cells have huge pages.
        None if !pages.pages.is_empty() => return Ok(None),
        None => host.default_huge_page()?,
    };
    Ok((size != host.page_kib).then_some(size))
}

/// On which of the host's nodes memory lies, and how strictly.
fn placement(
    tune: Option<&NumaTune>,
    cell: Option<u32>,
    host: &Surroundings,
) -> Result<(BTreeSet<u32>, Option<&'static str>), NumaError> {
    let Some(tune) = tune else {
        return Ok((BTreeSet::new(), None));
    };
    let own = tune
        .memnodes
        .iter()
        .find(|node| Some(node.cellid) == cell)
        .map(|node| (node.mode, Some(node.nodeset.as_str())));
    let whole = tune
        .memory
        .as_ref()
        .map(|memory| (memory.mode.unwrap_or_default(), memory.nodeset.as_deref()));
    let automatic = tune.memory.as_ref().and_then(|memory| memory.placement);
    let advice = match (automatic, own) {
        (Some(Placement::Auto), None) => {
            Some(host.advised_nodes.as_ref().ok_or(NumaError::NoAdvice)?)
        }
        _ => None,
    };
    let Some((mode, nodes)) = own.or(whole) else {
        return Ok((BTreeSet::new(), None));
    };
    let Some(nodes) = advice.cloned().or_else(|| nodes.map(numbers)) else {
        return Ok((BTreeSet::new(), None));
    };
    if let Some(node) = nodes.iter().find(|node| !host.nodes.contains(node)) {
        return Err(NumaError::HostNode { node: *node });
    }
    let policy = match mode {
        NumaMode::Strict => "bind",
        NumaMode::Preferred => "preferred",
        NumaMode::Interleave => "interleave",
        // Control groups alone see to it, so that it can be changed while the guest runs.
        NumaMode::Restrictive => return Ok((BTreeSet::new(), None)),
    };
    Ok((nodes, Some(policy)))
}

fn processors(domain: &Domain) -> String {
    let maximum = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    let current = domain
        .vcpu
        .as_ref()
        .and_then(|vcpu| vcpu.current)
        .unwrap_or(maximum);
    // Those that can be taken out again are plugged in before the guest runs.
    let pluggable = domain
        .vcpus
        .iter()
        .filter(|vcpu| vcpu.enabled && vcpu.hotpluggable == Some(true))
        .count();
    let pluggable = u32::try_from(pluggable).unwrap_or(0);
    let current = current.saturating_sub(pluggable);
    let mut out = KeyVal::new(&current.to_string());
    out.optional("maxcpus", (current != maximum).then_some(maximum));
    match domain.cpu.as_ref().and_then(|cpu| cpu.topology.as_ref()) {
        Some(topology) => {
            out.pair("sockets", &topology.sockets.to_string());
            out.optional("dies", topology.dies);
            out.optional("clusters", topology.clusters);
            out.pair("cores", &topology.cores.to_string());
            out.pair("threads", &topology.threads.to_string());
        }
        None => {
            out.pair("sockets", &maximum.to_string());
            out.pair("cores", "1");
            out.pair("threads", "1");
        }
    }
    out.finish()
}
