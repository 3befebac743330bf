//! Disks: where they are and who they say they are.

use documents::domain::Disk;

use super::Facts;
use crate::domain::completion::os::word;

pub(super) fn tell(facts: &mut Facts, disks: &[Disk]) {
    for (at, disk) in disks.iter().enumerate() {
        let what = |part: &str| format!("disk {at} {part}");
        facts.optional(what("device"), disk.device.map(word));
        facts.optional(what("model"), disk.model.map(word));
        facts.optional(what("target"), disk.target.dev.as_ref());
        facts.optional(what("bus"), disk.target.bus.map(word));
        facts.optional(what("removable"), disk.target.removable);
        facts.optional(what("serial"), disk.serial.as_ref());
        facts.optional(what("wwn"), disk.wwn.as_ref());
        facts.optional(what("vendor"), disk.vendor.as_ref());
        facts.optional(what("product"), disk.product.as_ref());
        facts.tell(what("readonly"), disk.readonly);
    }
}
