//! What a document may say about the whole guest and this driver cannot do yet: refused, never dropped.

use documents::domain::Domain;

use crate::domain::{DomainError, MachineError};

/// Refuses what a guest cannot start with, though its command line can be shown: limits on the process, which nothing
/// sets yet, disks whose changes are to be forgotten, which nothing keeps from the image yet, and processors that are
/// plugged in after the others.
pub(super) fn refuse_tuning(domain: &Domain) -> Result<(), DomainError> {
    let pinned = domain
        .vcpu
        .as_ref()
        .is_some_and(|vcpu| vcpu.cpuset.is_some());
    let transient = domain
        .devices
        .disks
        .iter()
        .any(|disk| disk.transient.is_some());
    let plugged = domain
        .vcpus
        .iter()
        .any(|vcpu| vcpu.enabled && vcpu.hotpluggable == Some(true));
    let elements = [
        ("vcpu cpuset", pinned),
        ("vcpus hotpluggable='yes'", plugged),
        ("disk transient", transient),
        ("blkiotune", domain.blkiotune.is_some()),
        ("memtune", domain.memtune.is_some()),
        ("cputune", domain.cputune.is_some()),
        ("numatune", domain.numatune.is_some()),
        ("resource", domain.resource.is_some()),
        ("perf", domain.perf.is_some()),
        ("keywrap", domain.keywrap.is_some()),
    ];
    match elements.into_iter().find(|(_, present)| *present) {
        Some((element, _)) => Err(MachineError::Unsupported { element }.into()),
        None => Ok(()),
    }
}
