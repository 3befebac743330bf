//! Interfaces: which card with which address.

use documents::domain::Interface;

use super::Facts;

pub(super) fn tell(facts: &mut Facts, interfaces: &[Interface]) {
    for (at, interface) in interfaces.iter().enumerate() {
        let what = |part: &str| format!("interface {at} {part}");
        facts.optional(what("mac"), interface.mac.as_ref().map(|mac| mac.address));
        facts.optional(what("model"), interface.model.as_ref());
    }
}
