//! Whether another process can see the guest's memory.

use documents::domain::{Domain, MemoryAccess};

/// Whether all of the guest's memory is shared: every NUMA cell says so itself, or the backing says it for all.
pub(crate) fn is_shared(domain: &Domain) -> bool {
    let shared = Some(MemoryAccess::Shared);
    let backing = domain
        .memory_backing
        .as_ref()
        .is_some_and(|backing| backing.access == shared);
    let cells = domain
        .cpu
        .as_deref()
        .and_then(|cpu| cpu.numa.as_ref())
        .map_or(&[][..], |numa| &numa.cells);
    match cells {
        [] => backing,
        cells => cells.iter().all(|cell| {
            cell.mem_access
                .map_or(backing, |access| Some(access) == shared)
        }),
    }
}
