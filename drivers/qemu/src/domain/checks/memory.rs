//! Memory as a whole: its maximum, what backs it, and where it lies.

use std::collections::BTreeSet;

use documents::domain::{AllocationMode, Domain, HugePage, MemorySource};

use crate::domain::completion::tuning::numbers;
use crate::domain::error::MemoryError;

pub(super) fn check(domain: &Domain) -> Result<(), MemoryError> {
    let total = domain.memory.map_or(0, |memory| memory.kib);
    if let Some(maximum) = &domain.max_memory
        && (1..total).contains(&maximum.kib)
    {
        return Err(MemoryError::MaximumTooSmall);
    }
    let tune = domain.memtune.as_ref();
    if tune.is_some_and(|tune| tune.min_guarantee.is_some()) {
        return Err(MemoryError::MinGuarantee);
    }
    check_pages(domain)
}

fn check_pages(domain: &Domain) -> Result<(), MemoryError> {
    let Some(backing) = &domain.memory_backing else {
        return Ok(());
    };
    let Some(pages) = &backing.hugepages else {
        return Ok(());
    };
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = numa.map_or(1, |numa| numa.cells.len().max(1));
    check_sizes(&pages.pages, cells)?;
    if backing.source == Some(MemorySource::Anonymous) {
        return Err(MemoryError::PagesAnonymous);
    }
    let mode = backing.allocation.and_then(|allocation| allocation.mode);
    if mode == Some(AllocationMode::Ondemand) {
        return Err(MemoryError::PagesOnDemand);
    }
    Ok(())
}

/// Each cell has one size of pages: its own, or that which all others have.
fn check_sizes(pages: &[HugePage], cells: usize) -> Result<(), MemoryError> {
    let mut seen: Vec<(u64, Option<BTreeSet<u32>>)> = Vec::new();
    for page in pages {
        let nodes = page.nodeset.as_deref().map(numbers);
        for (second, others) in &seen {
            let (first, second) = (page.size, *second);
            match (&nodes, others) {
                (None, None) => return Err(MemoryError::TwoMasterPages { first, second }),
                (Some(nodes), Some(others)) if !nodes.is_disjoint(others) => {
                    return Err(MemoryError::PagesIntersect { first, second });
                }
                _ => {}
            }
        }
        let missing = |node: &&u32| usize::try_from(**node).unwrap_or(usize::MAX) >= cells;
        if let Some(node) = nodes.iter().flatten().find(missing) {
            return Err(MemoryError::PagesNode { node: *node });
        }
        seen.push((page.size, nodes));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pages_of(pages: &str, cells: usize) -> Result<(), MemoryError> {
        let cells = "<cell memory='1'/>".repeat(cells);
        let text = format!(
            "<domain type='qemu'><name>a</name><memoryBacking><hugepages>{pages}</hugepages></memoryBacking>\
             <os/><cpu><numa>{cells}</numa></cpu></domain>"
        );
        check_pages(&xml::parse(&text, &xml::Options::lenient()).unwrap())
    }

    #[test]
    fn each_cell_has_one_size_of_pages() {
        let check = |pages: &str| check_pages_of(pages, 3).is_ok();
        assert!(check(
            "<page size='2048'/><page size='1048576' nodeset='1'/>"
        ));
        assert!(!check("<page size='2048'/><page size='1048576'/>"));
        assert!(!check(
            "<page size='2048' nodeset='0-2'/><page size='1048576' nodeset='2'/>"
        ));
        assert!(!check("<page size='2048' nodeset='3'/>"));
    }
}
