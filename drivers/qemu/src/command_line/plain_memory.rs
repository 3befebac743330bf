//! Memory of cells on machines that still take it by its size alone: `-numa node,mem=`.
//!
//! Newer machines know memory by back-ends only. A guest of an older one keeps what it had where nothing but sizes is
//! said, because a back-end has a name that a migration's other end would look for.

use std::path::PathBuf;

use documents::domain::{AllocationMode, Domain, MemorySource, NumaCell};

use super::Surroundings;
use super::arguments::Arguments;
use super::memory::has_hmat;
use super::memory_backend::own_page;
use crate::capabilities::Capabilities;
use crate::domain::MemoryError;
use crate::domain::machine::machine_name;

/// What is said of all memory at once.
#[derive(Debug)]
pub(super) struct PlainMemory {
    /// Whether memory is filled before the guest runs, that of devices too.
    pub(super) filled: bool,
    /// The directory of the huge pages that it is made of.
    path: Option<PathBuf>,
}

/// The plain memory of a guest; nothing for one whose memory needs back-ends.
///
/// # Errors
/// When the host has no such pages.
pub(super) fn of(
    domain: &Domain,
    capabilities: &Capabilities,
    host: &Surroundings,
) -> Result<Option<PlainMemory>, MemoryError> {
    let machine = capabilities.machine(machine_name(domain));
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = numa.map_or(&[][..], |numa| &numa.cells);
    let plain = machine.is_some_and(|machine| machine.numa_memory)
        && !cells.is_empty()
        && !has_hmat(domain)
        && (0..)
            .zip(cells)
            .all(|(index, cell)| is_plain(domain, cell, index, host));
    match plain {
        true => whole(domain, host).map(Some),
        false => Ok(None),
    }
}

/// Whether a cell asks for nothing that only a back-end has.
fn is_plain(domain: &Domain, cell: &NumaCell, index: u32, host: &Surroundings) -> bool {
    let id = cell.id.unwrap_or(index);
    let backing = domain.memory_backing.as_ref();
    let pages = backing.and_then(|backing| backing.hugepages.as_ref());
    let own = pages.and_then(|pages| own_page(pages, id));
    let placed = domain
        .numatune
        .iter()
        .flat_map(|tune| &tune.memnodes)
        .any(|node| node.cellid == id);
    let access = cell
        .mem_access
        .or(backing.and_then(|backing| backing.access));
    let source = backing.and_then(|backing| backing.source);
    own.is_none_or(|page| page.size == host.page_kib)
        && !placed
        && access.is_none()
        && !matches!(source, Some(MemorySource::File | MemorySource::Memfd))
}

fn whole(domain: &Domain, host: &Surroundings) -> Result<PlainMemory, MemoryError> {
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let kib = match &backing.hugepages {
        None => None,
        Some(pages) => match pages.pages.first() {
            Some(page) => Some(page.size),
            None => Some(host.default_huge_page()?),
        },
    };
    let path = match kib.filter(|kib| *kib != host.page_kib) {
        Some(kib) => Some(host.huge_page_path(kib)?),
        None => None,
    };
    let mode = backing.allocation.and_then(|allocation| allocation.mode);
    Ok(PlainMemory {
        filled: path.is_some() || mode == Some(AllocationMode::Immediate),
        path,
    })
}

impl PlainMemory {
    /// Adds what holds for the memory of all cells.
    pub(super) fn add(&self, args: &mut Arguments) {
        if self.filled {
            args.flag("mem-prealloc");
        }
        if let Some(path) = &self.path {
            args.option("mem-path", path.to_string_lossy());
        }
    }
}
