//! The machine, its features and timers.

use documents::domain::Domain;

use super::Facts;

pub(super) fn tell(facts: &mut Facts, domain: &Domain) {
    if let Some(os) = &domain.os.kind {
        facts.optional("os arch", os.arch.as_ref());
        facts.optional("os machine", os.machine.as_ref());
    }
    if let Some(features) = domain.features.as_deref() {
        facts.element("features", features, "features");
    }
    for timer in domain.clock.iter().flat_map(|clock| &clock.timers) {
        let name = crate::domain::completion::os::word(timer.name);
        facts.element(format!("timer {name}"), timer, "timer");
    }
}
