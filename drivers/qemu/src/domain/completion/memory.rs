//! Memory, the balloon, and the number of virtual CPUs.

use std::collections::BTreeSet;

use documents::domain::{
    DefaultIoThread, DeviceInfo, Devices, Domain, HugePage, IoThread, MemBalloon, MemBalloonModel,
    Memory, NumaCell, Placement, Polling, Vcpu,
};

use crate::domain::cpu_list;
use crate::domain::error::{CpuError, DomainError, MachineError, MemoryError, VcpusError};
use crate::domain::machine::Family;

/// Fills in how much memory and how many CPUs there are.
pub(super) fn complete(domain: &mut Domain) -> Result<(), DomainError> {
    complete_backing(domain)?;
    complete_memory(domain)?;
    complete_vcpu(domain)?;
    complete_cell_cpus(domain);
    complete_threads(domain);
    Ok(())
}

/// Sizes of pages are written in KiB, and what limits nothing is not written.
fn complete_backing(domain: &mut Domain) -> Result<(), MemoryError> {
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = numa.map_or(0, |numa| numa.cells.len());
    if let Some(backing) = &mut domain.memory_backing {
        for page in backing.hugepages.iter_mut().flat_map(|it| &mut it.pages) {
            page.size = page_kib(page)?;
            page.unit = Some("KiB".to_owned());
            let nodes = page.nodeset.as_deref().and_then(cpu_list::parse);
            // Without cells, all memory is that of the first one.
            page.nodeset = nodes
                .filter(|nodes| cells > 0 || nodes.iter().any(|node| *node > 0))
                .map(|nodes| cpu_list::format(&nodes));
        }
        if let Some(allocation) = &mut backing.allocation {
            allocation.threads.take_if(|threads| *threads == 0);
        }
    }
    // A maximum of nothing is none.
    domain.max_memory.take_if(|maximum| maximum.kib == 0);
    if let Some(maximum) = &mut domain.max_memory {
        maximum.slots.take_if(|slots| *slots == 0);
    }
    if let Some(tune) = &mut domain.memtune {
        for limit in [
            &mut tune.hard_limit,
            &mut tune.soft_limit,
            &mut tune.swap_hard_limit,
        ] {
            limit.take_if(|limit| *limit >= UNLIMITED);
        }
    }
    Ok(())
}

/// From so many KiB on, a limit is none.
const UNLIMITED: u64 = 9_007_199_254_740_991;

/// The cells of a NUMA guest say how much memory there is; else `<memory>` does.
fn complete_memory(domain: &mut Domain) -> Result<(), MachineError> {
    add_only_cell(domain);
    complete_cells(domain);
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells: u64 = numa.map_or(0, |numa| numa.cells.iter().map(cell_kib).sum());
    let memory = domain.memory.get_or_insert(Memory::default());
    let plugged = plugged_kib(&domain.devices);
    if cells > 0 {
        memory.kib = cells.saturating_add(plugged);
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

/// How much of the guest's memory is in slots, in KiB.
pub(crate) fn plugged_kib(devices: &Devices) -> u64 {
    let memories = devices.memories.iter();
    memories.map(|memory| memory.target.size).sum()
}

/// Memory that is plugged in later needs a cell to go to: a guest that has none gets one with all that it has.
fn add_only_cell(domain: &mut Domain) {
    let pluggable = domain
        .max_memory
        .as_ref()
        .is_some_and(|maximum| maximum.kib > 0);
    let Some(memory) = domain.memory.filter(|_| pluggable) else {
        return;
    };
    let plugged = plugged_kib(&domain.devices);
    let numa = domain
        .cpu
        .get_or_insert_default()
        .numa
        .get_or_insert_default();
    if numa.cells.is_empty() {
        numa.cells.push(NumaCell {
            memory: memory.kib.saturating_sub(plugged),
            ..NumaCell::default()
        });
        for device in &mut domain.devices.memories {
            device.target.node.get_or_insert(0);
        }
    }
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
pub(crate) fn cell_kib(cell: &NumaCell) -> u64 {
    kib(cell.memory, cell.unit.as_deref()).unwrap_or(cell.memory)
}

/// An amount in KiB, rounded up; the unit is KiB when none is said. Nothing when nobody knows the unit.
fn kib(amount: u64, unit: Option<&str>) -> Option<u64> {
    let factor = match unit {
        Some(unit) => xml::unit_bytes(unit)?,
        None => 1 << 10,
    };
    Some(amount.saturating_mul(factor).div_ceil(1 << 10))
}

/// The size of huge pages in KiB.
///
/// # Errors
/// When nobody knows the unit.
pub(crate) fn page_kib(page: &HugePage) -> Result<u64, MemoryError> {
    kib(page.size, page.unit.as_deref()).ok_or_else(|| MemoryError::Unit {
        unit: page.unit.clone().unwrap_or_default(),
    })
}

fn complete_vcpu(domain: &mut Domain) -> Result<(), DomainError> {
    let vcpu = domain.vcpu.get_or_insert(Vcpu {
        max: 1,
        ..Vcpu::default()
    });
    if vcpu.max == 0 {
        return Err(CpuError::NoCpu.into());
    }
    vcpu.placement.get_or_insert(Placement::Static);
    vcpu.cpuset
        .take_if(|_| vcpu.placement == Some(Placement::Auto));
    if let Some(cpus) = vcpu.cpuset.as_deref().and_then(cpu_list::parse) {
        vcpu.cpuset = Some(cpu_list::format(&cpus));
    }
    if let Some(current) = vcpu.current.filter(|current| *current > vcpu.max) {
        return Err(CpuError::CurrentAboveMaximum {
            current,
            maximum: vcpu.max,
        }
        .into());
    }
    if vcpu.current == Some(0) {
        return Err(VcpusError::FirstOffline.into());
    }
    vcpu.current.take_if(|current| *current == vcpu.max);
    Ok(())
}

/// CPUs that no cell names belong to the first one.
fn complete_cell_cpus(domain: &mut Domain) {
    let count = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    let Some(numa) = domain.cpu.as_deref_mut().and_then(|cpu| cpu.numa.as_mut()) else {
        return;
    };
    let lists: Vec<_> = numa
        .cells
        .iter()
        .map(|cell| cell.cpus.as_deref().and_then(cpu_list::parse))
        .collect();
    let named: BTreeSet<u32> = lists.iter().flatten().flatten().copied().collect();
    for (index, (cell, list)) in numa.cells.iter_mut().zip(lists).enumerate() {
        let mut cpus = list.unwrap_or_default();
        if index == 0 {
            cpus.extend((0..count).filter(|cpu| !named.contains(cpu)));
        }
        cell.cpus = (!cpus.is_empty()).then(|| cpu_list::format(&cpus));
    }
}

/// Gives the threads that are only counted the lowest free numbers.
pub(crate) fn number_threads(domain: &mut Domain) {
    let count = domain.iothreads.unwrap_or(0).min(THREADS);
    let threads = &mut domain.iothreadids;
    let missing = usize::try_from(count)
        .unwrap_or(0)
        .saturating_sub(threads.len());
    let taken: Vec<u32> = threads.iter().map(|thread| thread.id).collect();
    let free = (1..=u32::MAX)
        .filter(|id| !taken.contains(id))
        .take(missing);
    threads.extend(free.map(|id| IoThread {
        id,
        ..IoThread::default()
    }));
}

/// The most I/O threads that are made of a mere count.
const THREADS: u32 = 1024;

/// The count follows the threads that are listed; those that are only counted get their numbers at start.
fn complete_threads(domain: &mut Domain) {
    for thread in &mut domain.iothreadids {
        let empty = |poll: &mut Polling| *poll == Polling::default();
        thread.poll.take_if(empty);
    }
    let none = |pool: &mut DefaultIoThread| *pool == DefaultIoThread::default();
    domain.defaultiothread.take_if(none);
    let listed = u32::try_from(domain.iothreadids.len()).unwrap_or(u32::MAX);
    let count = domain.iothreads.unwrap_or(0).max(listed);
    domain.iothreads = (count > 0).then_some(count);
    if listed > 0 {
        number_threads(domain);
    }
}

/// Most machines have a balloon unless the document says that they have none.
pub(super) fn complete_balloon(domain: &mut Domain) {
    if Family::of_domain(domain).has_balloon() {
        domain.devices.memballoon.get_or_insert_with(|| MemBalloon {
            model: MemBalloonModel::Virtio,
            ..MemBalloon::default()
        });
    }
    // What is not there is nowhere.
    if let Some(balloon) = &mut domain.devices.memballoon
        && balloon.model == MemBalloonModel::None
    {
        balloon.info = DeviceInfo::default();
    }
}
