//! CPUs: how many, which model, how they are arranged.

use documents::domain::Domain;

use super::Facts;
use crate::domain::completion::os::word;

pub(super) fn tell(facts: &mut Facts, domain: &Domain) {
    facts.optional("vcpu", domain.vcpu.as_ref().map(|vcpu| vcpu.max));
    let Some(cpu) = domain.cpu.as_deref() else {
        return;
    };
    facts.optional("cpu mode", cpu.mode.map(word));
    if let Some(model) = &cpu.model {
        facts.optional("cpu model", model.name.as_ref());
        facts.optional("cpu vendor_id", model.vendor_id.as_ref());
    }
    facts.optional("cpu vendor", cpu.vendor.as_ref());
    facts.optional("cpu migratable", cpu.migratable);
    for feature in &cpu.features {
        let policy = feature.policy.unwrap_or_default();
        facts.tell(format!("cpu feature {}", feature.name), word(policy));
    }
    if let Some(topology) = &cpu.topology {
        facts.element("cpu topology", topology, "topology");
    }
    if let Some(cache) = &cpu.cache {
        facts.element("cpu cache", cache, "cache");
    }
    if let Some(address) = &cpu.maxphysaddr {
        facts.element("cpu maxphysaddr", address, "maxphysaddr");
    }
    for (at, cell) in cpu.numa.iter().flat_map(|numa| &numa.cells).enumerate() {
        facts.optional(format!("numa cell {at} cpus"), cell.cpus.as_ref());
        facts.tell(
            format!("numa cell {at} memory"),
            format!("{} KiB", cell.memory),
        );
    }
}
