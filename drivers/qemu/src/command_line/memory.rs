//! `-m`, the back-end of the guest's memory, `-smp` and `-numa`.

use documents::domain::{AllocationMode, Domain, MemoryAccess, MemorySource};
use serde::Serialize;

use super::arguments::Arguments;
use crate::capabilities::Capabilities;
use crate::devices::KeyVal;
use crate::domain::DomainError;
use crate::domain::completion::memory::cell_kib;

/// Memory of the guest.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Backend {
    qom_type: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prealloc: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prealloc_threads: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x_use_canonical_path_for_ramblock_id: Option<bool>,
    size: u64,
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

/// Adds memory and processors.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
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
        args.object(&backend(domain, id, kib, None, true))?;
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
    add_cells(args, domain)
}

fn backend(
    domain: &Domain,
    id: String,
    kib: u64,
    access: Option<MemoryAccess>,
    main: bool,
) -> Backend {
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let memfd = backing.source == Some(MemorySource::Memfd);
    let access = access.or(backing.access);
    let immediate = backing.allocation.and_then(|a| a.mode) == Some(AllocationMode::Immediate);
    Backend {
        qom_type: if memfd {
            "memory-backend-memfd"
        } else {
            "memory-backend-ram"
        },
        id,
        share: match access {
            Some(MemoryAccess::Shared) => Some(true),
            Some(MemoryAccess::Private) => Some(false),
            None => None,
        },
        prealloc: immediate.then_some(true),
        prealloc_threads: backing
            .allocation
            .filter(|_| immediate)
            .and_then(|a| a.threads),
        // The name by which memory is found after migration stays the one of guests without a back-end.
        x_use_canonical_path_for_ramblock_id: (memfd && main).then_some(false),
        size: kib.saturating_mul(1024),
    }
}

fn processors(domain: &Domain) -> String {
    let maximum = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    let current = domain
        .vcpu
        .as_ref()
        .and_then(|vcpu| vcpu.current)
        .unwrap_or(maximum);
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

/// The cells of a NUMA guest: each with its memory and its processors.
fn add_cells(args: &mut Arguments, domain: &Domain) -> Result<(), DomainError> {
    let Some(numa) = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref()) else {
        return Ok(());
    };
    for (index, cell) in (0..).zip(&numa.cells) {
        let id = cell.id.unwrap_or(index);
        let memory = format!("ram-node{id}");
        args.object(&backend(
            domain,
            memory.clone(),
            cell_kib(cell),
            cell.mem_access,
            false,
        ))?;
        let mut node = KeyVal::new("node");
        node.pair("nodeid", &id.to_string());
        for range in cell
            .cpus
            .iter()
            .flat_map(|cpus| cpus.split(','))
            .filter(|range| !range.is_empty())
        {
            node.pair("cpus", range);
        }
        node.pair("memdev", &memory);
        args.option("numa", node.finish());
    }
    for (index, cell) in (0..).zip(&numa.cells) {
        for sibling in &cell.distances {
            let mut dist = KeyVal::new("dist");
            dist.pair("src", &cell.id.unwrap_or(index).to_string());
            dist.pair("dst", &sibling.id.to_string());
            dist.pair("val", &sibling.value.to_string());
            args.option("numa", dist.finish());
        }
    }
    Ok(())
}
