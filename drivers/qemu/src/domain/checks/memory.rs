//! Memory as a whole: its maximum, what backs it, and where it lies.

use documents::domain::{AllocationMode, Domain, MemorySource};

use crate::domain::completion::tuning::numbers;
use crate::domain::faults::MemoryError;

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
    for page in &pages.pages {
        let nodes = page.nodeset.as_deref().map(numbers).unwrap_or_default();
        let missing = |node: &u32| usize::try_from(*node).unwrap_or(usize::MAX) >= cells;
        if let Some(node) = nodes.into_iter().find(missing) {
            return Err(MemoryError::PagesNode { node });
        }
    }
    if backing.source == Some(MemorySource::Anonymous) {
        return Err(MemoryError::PagesAnonymous);
    }
    let mode = backing.allocation.and_then(|allocation| allocation.mode);
    if mode == Some(AllocationMode::Ondemand) {
        return Err(MemoryError::PagesOnDemand);
    }
    Ok(())
}
