//! Memory: what there is, what there can be, and what can be plugged.

use documents::domain::Domain;

use super::Facts;

pub(super) fn tell(facts: &mut Facts, domain: &Domain) {
    let size = |kib: u64| format!("{kib} KiB");
    facts.optional(
        "memory",
        domain.memory.as_ref().map(|memory| size(memory.kib)),
    );
    if let Some(most) = &domain.max_memory {
        facts.element("maxMemory", most, "maxMemory");
    }
    for (at, memory) in domain.devices.memories.iter().enumerate() {
        let what = format!("memory device {at}");
        facts.tell(
            format!("{what} model"),
            crate::domain::completion::os::word(memory.model),
        );
        facts.element(format!("{what} target"), &memory.target, "target");
    }
}
