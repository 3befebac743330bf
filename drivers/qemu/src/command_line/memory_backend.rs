//! The back-ends of the guest's memory: all of it, a cell's, or a device's.

use std::collections::BTreeSet;
use std::path::PathBuf;

use documents::domain::{
    AllocationMode, Domain, HugePage, HugePages, MemoryAccess, MemoryBacking, MemoryDevice,
    MemoryDeviceSource, MemoryModel, MemorySource, NumaCell, NumaMode, NumaTune, Placement,
};
use serde::Serialize;

use super::Surroundings;
use super::memory::main_backend;
use crate::capabilities::Capabilities;
use crate::devices::memory_device::backend_name;
use crate::domain::completion::memory::cell_kib;
use crate::domain::completion::tuning::numbers;
use crate::domain::error::DomainError;
use crate::domain::{MemoryError, NumaError};

/// The type of a back-end that is memory of the process.
const RAM: &str = "memory-backend-ram";

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
    #[serde(skip_serializing_if = "Option::is_none")]
    reserve: Option<bool>,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    align: Option<u64>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    host_nodes: BTreeSet<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pmem: Option<bool>,
    /// The directory in which its file is made.
    #[serde(skip)]
    made_in: Option<PathBuf>,
}

/// What one back-end is for.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    /// Its name.
    pub(super) id: String,
    /// How much it holds.
    kib: u64,
    /// The guest's cell, where there is one.
    cell: Option<u32>,
    /// Whether others may map it, where that is said of it alone.
    access: Option<MemoryAccess>,
    /// Whether its contents are given up, where that is said of it alone.
    discard: Option<bool>,
    /// The device, where it is one's.
    device: Option<&'a MemoryDevice>,
    /// Whether QEMU fills all memory anyway.
    filled: bool,
}

/// Where the bytes are on the host.
enum Place {
    /// Enclave memory.
    Epc,
    /// A file that the document names.
    Named(String),
    /// A file, or a directory of huge pages, that is made in a directory.
    Made { path: PathBuf, directory: PathBuf },
    /// Shared memory without a file.
    Memfd,
    /// Memory of the process.
    Ram,
}

impl Place {
    fn qom_type(&self) -> &'static str {
        match self {
            Self::Epc => "memory-backend-epc",
            Self::Named(_) | Self::Made { .. } => "memory-backend-file",
            Self::Memfd => "memory-backend-memfd",
            Self::Ram => RAM,
        }
    }

    fn is_file(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Made { .. })
    }

    fn is_memfd(&self) -> bool {
        matches!(self, Self::Memfd)
    }

    /// The path of its file, and the directory in which that is made.
    fn into_paths(self) -> (Option<String>, Option<PathBuf>) {
        match self {
            Self::Named(path) => (Some(path), None),
            Self::Made { path, directory } => {
                (Some(path.to_string_lossy().into_owned()), Some(directory))
            }
            _ => (None, None),
        }
    }
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
    let slots = domain.devices.memories.iter().map(Wanted::of_device);
    for wanted in main.into_iter().chain(cells).chain(slots) {
        directories.extend(backend(domain, wanted, host)?.made_in);
    }
    Ok(directories)
}

impl<'a> Wanted<'a> {
    /// The back-end of all memory.
    pub(super) fn whole(id: String, kib: u64) -> Self {
        Self {
            id,
            kib,
            cell: None,
            access: None,
            discard: None,
            device: None,
            filled: false,
        }
    }

    /// What the cell at this place of the list needs.
    pub(super) fn of_cell(cell: &NumaCell, index: u32) -> Self {
        let id = cell.id.unwrap_or(index);
        Self {
            cell: Some(id),
            access: cell.mem_access,
            discard: cell.discard,
            ..Self::whole(format!("ram-node{id}"), cell_kib(cell))
        }
    }

    /// What a memory device needs.
    pub(super) fn of_device(memory: &'a MemoryDevice) -> Self {
        Self {
            cell: memory.target.node,
            access: memory.access,
            discard: memory.discard,
            device: Some(memory),
            ..Self::whole(backend_name(memory), memory.target.size)
        }
    }

    /// The same where QEMU fills all memory anyway.
    #[must_use]
    pub(super) fn filled(self, filled: bool) -> Self {
        Self { filled, ..self }
    }

    fn is(&self, model: MemoryModel) -> bool {
        self.device.is_some_and(|memory| memory.model == model)
    }

    /// What the document says of the device's own back-end.
    fn source(&self) -> MemoryDeviceSource {
        let own = self.device.and_then(|memory| memory.source.clone());
        own.unwrap_or_default()
    }

    /// The size of its huge pages in KiB; nothing for ordinary pages.
    fn huge_pages(
        &self,
        backing: &MemoryBacking,
        host: &Surroundings,
    ) -> Result<Option<u64>, MemoryError> {
        match (self.source().pagesize, &backing.hugepages) {
            (Some(kib), _) => Ok((kib != host.page_kib).then_some(kib)),
            (None, Some(pages)) => page_size(pages, self.cell, host),
            (None, None) => Ok(None),
        }
    }

    /// Where its bytes are, of huge pages of that size in KiB.
    fn place(
        &self,
        backing: &MemoryBacking,
        pages: Option<u64>,
        host: &Surroundings,
    ) -> Result<Place, MemoryError> {
        if self.is(MemoryModel::SgxEpc) {
            return Ok(Place::Epc);
        }
        if let Some(path) = self.source().path {
            return Ok(Place::Named(path));
        }
        if backing.source == Some(MemorySource::Memfd) {
            return Ok(Place::Memfd);
        }
        let shown = self.access.or(backing.access).is_some();
        Ok(match pages {
            Some(kib) => {
                let path = host.huge_page_path(kib)?;
                let directory = path.clone();
                Place::Made { path, directory }
            }
            None if shown || backing.source == Some(MemorySource::File) => Place::Made {
                path: host.memory_dir.join(self.file_name()),
                directory: host.memory_dir.clone(),
            },
            None => Place::Ram,
        })
    }

    /// Memory that grows fills itself.
    fn grows(&self) -> bool {
        self.is(MemoryModel::VirtioMem)
    }

    /// Whether the document wants it filled before the guest starts.
    fn immediate(&self, backing: &MemoryBacking) -> bool {
        let mode = backing.allocation.as_ref().and_then(|it| it.mode);
        mode == Some(AllocationMode::Immediate) && !self.grows()
    }

    /// Whether it has to be filled before the guest starts.
    fn prealloc(&self, backing: &MemoryBacking, pages: Option<u64>, place: &Place) -> bool {
        // A file may lie on a file system that is full; memory that really stays wears off.
        let stays = self.is(MemoryModel::VirtioPmem) || self.source().pmem;
        match place {
            Place::Epc => true,
            Place::Named(_) => self.immediate(backing) || !stays,
            _ => self.immediate(backing) || (pages.is_some() && !self.grows()),
        }
    }

    /// Whether others may map it, if that is said.
    fn share(&self, backing: &MemoryBacking) -> Option<bool> {
        match self.access.or(backing.access) {
            _ if self.is(MemoryModel::SgxEpc) => None,
            // Writes have to reach the file.
            None if self.is(MemoryModel::VirtioPmem) => Some(true),
            None => None,
            Some(access) => Some(access == MemoryAccess::Shared),
        }
    }

    /// The name of its file.
    fn file_name(&self) -> &str {
        match self.device {
            Some(_) => self.id.strip_prefix("mem").unwrap_or(&self.id),
            None => &self.id,
        }
    }
}

/// Makes a back-end.
///
/// # Errors
/// When the host has no such pages or nodes.
pub(super) fn backend(
    domain: &Domain,
    wanted: Wanted<'_>,
    host: &Surroundings,
) -> Result<Backend, DomainError> {
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let source = wanted.source();
    let pages = wanted.huge_pages(&backing, host)?;
    let place = wanted.place(&backing, pages, host)?;
    let (is_file, is_memfd) = (place.is_file(), place.is_memfd());
    let whole = wanted.cell.is_none() && wanted.device.is_none();
    let prealloc = wanted.prealloc(&backing, pages, &place) && !wanted.filled;
    let threads = backing.allocation.as_ref().and_then(|it| it.threads);
    let threaded = (wanted.device.is_none() || wanted.immediate(&backing)) && !wanted.filled;
    let discard = wanted.discard.or(backing.discard.then_some(true));
    let own_nodes = source.nodemask.as_deref();
    let (host_nodes, policy) = placement(domain.numatune.as_ref(), wanted.cell, own_nodes, host)?;
    let qom_type = place.qom_type();
    let (mem_path, made_in) = place.into_paths();
    Ok(Backend {
        qom_type,
        hugetlb: (is_memfd && pages.is_some()).then_some(true),
        hugetlbsize: pages.filter(|_| is_memfd).map(|kib| kib << 10),
        mem_path,
        discard_data: discard.filter(|_| is_file),
        share: wanted.share(&backing),
        // The name by which memory is found after migration stays the one of guests without a back-end.
        x_use_canonical_path_for_ramblock_id: ((is_memfd || is_file) && whole).then_some(false),
        prealloc: prealloc.then_some(true),
        prealloc_threads: threads.filter(|_| threaded),
        reserve: wanted.grows().then_some(false),
        size: wanted.kib.saturating_mul(1024),
        align: source.alignsize.map(|kib| kib.saturating_mul(1024)),
        host_nodes,
        policy,
        pmem: source.pmem.then_some(true),
        id: wanted.id,
        made_in,
    })
}

/// The size of huge pages in KiB that a cell's memory is made of; nothing for ordinary pages.
fn page_size(
    pages: &HugePages,
    cell: Option<u32>,
    host: &Surroundings,
) -> Result<Option<u64>, MemoryError> {
    let own = own_page(pages, cell.unwrap_or(0));
    let master = || pages.pages.iter().find(|page| page.nodeset.is_none());
    let size = match own.or_else(master) {
        Some(page) => page.size,
        // Only other cells have huge pages.
        None if !pages.pages.is_empty() => return Ok(None),
        None => host.default_huge_page()?,
    };
    Ok((size != host.page_kib).then_some(size))
}

/// The pages that are for this cell alone.
pub(super) fn own_page(pages: &HugePages, cell: u32) -> Option<&HugePage> {
    pages.pages.iter().find(|page| {
        let nodes = page.nodeset.as_deref().map(numbers);
        nodes.is_some_and(|nodes| nodes.contains(&cell))
    })
}

/// Whether the host has all nodes on which the memory of cells is to lie.
///
/// # Errors
/// When it lacks one, or nobody has advised on them.
pub(super) fn check_nodes(tune: Option<&NumaTune>, host: &Surroundings) -> Result<(), NumaError> {
    let cells = tune.into_iter().flat_map(|tune| &tune.memnodes);
    for cell in std::iter::once(None).chain(cells.map(|node| Some(node.cellid))) {
        placement(tune, cell, None, host)?;
    }
    Ok(())
}

/// On which of the host's nodes memory lies, and how strictly.
fn placement(
    tune: Option<&NumaTune>,
    cell: Option<u32>,
    own_nodes: Option<&str>,
    host: &Surroundings,
) -> Result<(BTreeSet<u32>, Option<&'static str>), NumaError> {
    let memory = tune.and_then(|tune| tune.memory.as_ref());
    let mut nodes_of_cells = tune.into_iter().flat_map(|tune| &tune.memnodes);
    let node = nodes_of_cells.find(|node| Some(node.cellid) == cell);
    let nodes = match (own_nodes, node, memory) {
        (Some(nodes), _, _) => numbers(nodes),
        (None, Some(node), _) => numbers(&node.nodeset),
        (None, None, Some(memory)) if memory.placement == Some(Placement::Auto) => {
            host.advised_nodes.clone().ok_or(NumaError::NoAdvice)?
        }
        (None, None, memory) => memory
            .and_then(|memory| memory.nodeset.as_deref())
            .map(numbers)
            .unwrap_or_default(),
    };
    if let Some(node) = nodes.iter().find(|node| !host.nodes.contains(node)) {
        return Err(NumaError::HostNode { node: *node });
    }
    let mode = node.map(|node| node.mode);
    let mode = mode.or_else(|| memory.and_then(|memory| memory.mode));
    let policy = match mode.unwrap_or_default() {
        _ if nodes.is_empty() => return Ok((nodes, None)),
        NumaMode::Strict => "bind",
        NumaMode::Preferred => "preferred",
        NumaMode::Interleave => "interleave",
        // Control groups alone see to it, so that it can be changed while the guest runs.
        NumaMode::Restrictive => return Ok((BTreeSet::new(), None)),
    };
    Ok((nodes, Some(policy)))
}
