//! `-m`, the back-end of all memory, and `-smp`.

use documents::domain::Domain;

use super::Surroundings;
use super::arguments::Arguments;
use super::memory_backend::{self, Wanted};
use crate::capabilities::Capabilities;
use crate::devices::KeyVal;
use crate::domain::completion::memory::plugged_kib;
use crate::domain::error::DomainError;
use crate::domain::machine::machine_name;

/// The name of the one back-end of all memory; a NUMA guest has one for each cell instead.
pub(super) fn main_backend(domain: &Domain, capabilities: &Capabilities) -> Option<String> {
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    if numa.is_some_and(|numa| !numa.cells.is_empty()) {
        return None;
    }
    let machine = capabilities.machine(machine_name(domain))?;
    machine.default_ram_id.clone()
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

/// Adds memory and processors.
pub(super) fn add(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    host: &Surroundings,
) -> Result<(), DomainError> {
    let kib = domain.memory.map_or(0, |memory| memory.kib);
    // What is in slots is created as devices.
    let kib = kib.saturating_sub(plugged_kib(&domain.devices));
    let mut size = KeyVal::default();
    size.pair("size", &format!("{kib}k"));
    if let Some(maximum) = &domain.max_memory {
        size.optional("slots", maximum.slots.filter(|slots| *slots > 0));
        size.pair("maxmem", &format!("{}k", maximum.kib));
    }
    args.option("m", size.finish());
    if let Some(id) = main_backend(domain, capabilities) {
        let wanted = Wanted::whole(id, kib);
        args.object(&memory_backend::backend(domain, wanted, host)?)?;
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
