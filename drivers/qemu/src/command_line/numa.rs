//! `-numa`: the guest's cells, how far they are from one another, and how fast their memory is.

use documents::domain::{
    CacheAssociativity, CachePolicy, CpuNuma, Domain, Interconnect, InterconnectKind, NumaCell,
};

use super::Surroundings;
use super::arguments::Arguments;
use super::memory::has_hmat;
use super::memory_backend::{Wanted, backend, check_nodes};
use super::plain_memory as plain;
use crate::capabilities::Capabilities;
use crate::devices::KeyVal;
use crate::domain::completion::memory::cell_kib;
use crate::domain::error::DomainError;

/// The distance of a cell's own memory, as the ACPI specification counts (SLIT).
const HERE: u32 = 10;
/// That of another cell's, when nobody says how far it is.
const AWAY: u32 = 20;

/// Adds the cells of a NUMA guest: each with its memory and its processors.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    host: &Surroundings,
) -> Result<(), DomainError> {
    let Some(numa) = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref()) else {
        return Ok(());
    };
    check_nodes(domain.numatune.as_ref(), host)?;
    let hmat = has_hmat(domain);
    let plain = plain::of(domain, capabilities, host)?;
    if let Some(plain) = &plain {
        plain.add(args);
    }
    for (index, cell) in (0..).zip(&numa.cells) {
        let id = cell.id.unwrap_or(index);
        let wanted = Wanted::of_cell(cell, index);
        let memory = wanted.id.clone();
        if plain.is_none() {
            args.object(&backend(domain, wanted, host)?)?;
        }
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
        node.optional("initiator", initiator(numa, cell, id).filter(|_| hmat));
        match plain {
            Some(_) => node.pair("mem", &(cell_kib(cell) >> 10).to_string()),
            None => node.pair("memdev", &memory),
        }
        args.option("numa", node.finish());
    }
    add_distances(args, numa);
    if hmat {
        add_interconnects(args, numa);
        add_caches(args, numa);
    }
    Ok(())
}

/// The cell whose processors are nearest: the cell itself, or whatever has processors and the fastest way to it.
fn initiator(numa: &CpuNuma, cell: &NumaCell, id: u32) -> Option<u32> {
    if cell.cpus.is_some() {
        return Some(id);
    }
    let links = numa.interconnects.as_ref();
    let bandwidth = links.and_then(|links| {
        let here = links.bandwidths.iter().filter(|it| it.target == id);
        here.max_by_key(|it| it.value)
    });
    let latency = links.and_then(|links| {
        let here = links.latencies.iter().filter(|it| it.target == id);
        here.min_by_key(|it| it.value)
    });
    if let Some(link) = bandwidth.or(latency) {
        return Some(link.initiator);
    }
    let with_cpus = (0..).zip(&numa.cells).find(|(_, cell)| cell.cpus.is_some());
    with_cpus.map(|(index, cell)| cell.id.unwrap_or(index))
}

/// Where one distance is said, QEMU is told all of them.
fn add_distances(args: &mut Arguments, numa: &CpuNuma) {
    if numa.cells.iter().all(|cell| cell.distances.is_empty()) {
        return;
    }
    let id = |(index, cell): (u32, &NumaCell)| cell.id.unwrap_or(index);
    let ids: Vec<u32> = (0..).zip(&numa.cells).map(id).collect();
    for (from, cell) in ids.iter().zip(&numa.cells) {
        for to in &ids {
            let named = cell.distances.iter().find(|sibling| sibling.id == *to);
            let usual = if from == to { HERE } else { AWAY };
            let mut dist = KeyVal::new("dist");
            dist.pair("src", &from.to_string());
            dist.pair("dst", &to.to_string());
            dist.pair("val", &named.map_or(usual, |it| it.value).to_string());
            args.option("numa", dist.finish());
        }
    }
}

fn add_interconnects(args: &mut Arguments, numa: &CpuNuma) {
    let Some(links) = &numa.interconnects else {
        return;
    };
    for link in &links.latencies {
        add_link(args, link, "latency", "latency", &link.value.to_string());
    }
    for link in &links.bandwidths {
        let value = format!("{}K", link.value);
        add_link(args, link, "bandwidth", "bandwidth", &value);
    }
}

fn add_link(args: &mut Arguments, link: &Interconnect, what: &str, key: &str, value: &str) {
    let mut out = KeyVal::new("hmat-lb");
    out.pair("initiator", &link.initiator.to_string());
    out.pair("target", &link.target.to_string());
    let hierarchy = match link.cache {
        Some(1) => "first-level",
        Some(2) => "second-level",
        Some(3) => "third-level",
        _ => "memory",
    };
    out.pair("hierarchy", hierarchy);
    let kind = match link.kind {
        InterconnectKind::Access => "access",
        InterconnectKind::Read => "read",
        InterconnectKind::Write => "write",
    };
    out.pair("data-type", &format!("{kind}-{what}"));
    out.pair(key, value);
    args.option("numa", out.finish());
}

fn add_caches(args: &mut Arguments, numa: &CpuNuma) {
    for (index, cell) in (0..).zip(&numa.cells) {
        for cache in &cell.caches {
            let mut out = KeyVal::new("hmat-cache");
            out.pair("node-id", &cell.id.unwrap_or(index).to_string());
            let size = cache.size.as_ref().map_or(0, |size| size.value);
            out.pair("size", &format!("{size}K"));
            out.pair("level", &cache.level.to_string());
            let associativity = match cache.associativity {
                CacheAssociativity::None => "none",
                CacheAssociativity::Direct => "direct",
                CacheAssociativity::Full => "complex",
            };
            out.pair("associativity", associativity);
            let policy = match cache.policy {
                CachePolicy::None => "none",
                CachePolicy::Writeback => "write-back",
                CachePolicy::Writethrough => "write-through",
            };
            out.pair("policy", policy);
            out.optional("line", cache.line.as_ref().map(|line| line.value));
            args.option("numa", out.finish());
        }
    }
}
