//! Memory, the balloon, and the number of virtual CPUs.

use documents::domain::{Domain, IoThread, MemBalloon, MemBalloonModel, Memory, Placement, Vcpu};

use crate::domain::error::{CpuError, DomainError, MachineError};
use crate::domain::machine::Family;

/// Fills in how much memory and how many CPUs there are.
pub(super) fn complete(domain: &mut Domain) -> Result<(), DomainError> {
    complete_memory(domain)?;
    complete_vcpu(domain)?;
    complete_threads(domain);
    Ok(())
}

/// The cells of a NUMA guest say how much memory there is; else `<memory>` does.
fn complete_memory(domain: &mut Domain) -> Result<(), MachineError> {
    complete_cells(domain);
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells: u64 = numa.map_or(0, |numa| numa.cells.iter().map(cell_kib).sum());
    let memory = domain.memory.get_or_insert(Memory::default());
    if cells > 0 {
        memory.kib = cells;
    }
    if memory.kib == 0 {
        return Err(MachineError::NoMemory {
            name: domain.name.clone(),
        });
    }
    let total = memory.kib;
    let current = domain
        .current_memory
        .filter(|current| (1..=total).contains(current));
    domain.current_memory = Some(current.unwrap_or(total));
    Ok(())
}

/// Cells are numbered, and their memory is counted in KiB.
fn complete_cells(domain: &mut Domain) {
    let cells = domain
        .cpu
        .as_deref_mut()
        .and_then(|cpu| cpu.numa.as_mut())
        .map(|numa| &mut numa.cells);
    for (index, cell) in (0..).zip(cells.into_iter().flatten()) {
        cell.id.get_or_insert(index);
        cell.memory = cell_kib(cell);
        cell.unit = Some("KiB".to_owned());
    }
}

/// A cell's memory in KiB; the unit is KiB when none is said.
pub(crate) fn cell_kib(cell: &documents::domain::NumaCell) -> u64 {
    let scale: u64 = match cell.unit.as_deref() {
        Some("b" | "bytes" | "B") => return cell.memory / 1024,
        Some("MiB" | "M" | "m") => 1 << 10,
        Some("GiB" | "G" | "g") => 1 << 20,
        Some("TiB" | "T" | "t") => 1 << 30,
        _ => 1,
    };
    cell.memory.saturating_mul(scale)
}

fn complete_vcpu(domain: &mut Domain) -> Result<(), CpuError> {
    let vcpu = domain.vcpu.get_or_insert(Vcpu {
        max: 1,
        ..Vcpu::default()
    });
    if vcpu.max == 0 {
        return Err(CpuError::NoCpu);
    }
    vcpu.placement.get_or_insert(Placement::Static);
    if let Some(current) = vcpu.current.filter(|current| *current > vcpu.max) {
        return Err(CpuError::CurrentAboveMaximum {
            current,
            maximum: vcpu.max,
        });
    }
    vcpu.current
        .take_if(|current| *current == vcpu.max || *current == 0);
    Ok(())
}

/// Threads that are only counted are numbered, the lowest free numbers first; the count follows the numbers.
fn complete_threads(domain: &mut Domain) {
    let count = usize::try_from(domain.iothreads.unwrap_or(0))
        .unwrap_or(usize::MAX)
        .min(THREADS);
    let threads = &mut domain.iothreadids;
    let mut next = 1;
    while threads.len() < count {
        if !threads.iter().any(|thread| thread.id == next) {
            threads.push(IoThread {
                id: next,
                ..IoThread::default()
            });
        }
        next += 1;
    }
    domain.iothreads = u32::try_from(threads.len()).ok().filter(|count| *count > 0);
}

/// The most I/O threads that are made of a mere count.
const THREADS: usize = 1024;

/// A PC has a balloon unless the document says that it has none.
pub(super) fn complete_balloon(domain: &mut Domain) {
    if matches!(Family::of_domain(domain), Family::I440fx | Family::Q35) {
        domain.devices.memballoon.get_or_insert_with(|| MemBalloon {
            model: MemBalloonModel::Virtio,
            ..MemBalloon::default()
        });
    }
}
