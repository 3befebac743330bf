//! Which guest it is.

use documents::domain::Domain;

use super::Facts;
use crate::domain::kind_name;

pub(super) fn tell(facts: &mut Facts, domain: &Domain) {
    facts.tell("type", kind_name(domain.kind));
    facts.tell("name", &domain.name);
    facts.optional("uuid", domain.uuid);
    if let Some(genid) = &domain.genid {
        facts.element("genid", genid, "genid");
    }
    for (at, sysinfo) in domain.sysinfo.iter().enumerate() {
        facts.element(format!("sysinfo {at}"), sysinfo, "sysinfo");
    }
}
