//! What a document may say about the whole guest and this driver cannot do yet: refused, never dropped.

use documents::domain::{Domain, MemorySource};

use crate::domain::{DomainError, MachineError};

/// Refuses what a guest cannot start with, though its command line can be shown: limits on the process, which nothing
/// sets yet.
pub(super) fn refuse_tuning(domain: &Domain) -> Result<(), DomainError> {
    let pinned = domain
        .vcpu
        .as_ref()
        .is_some_and(|vcpu| vcpu.cpuset.is_some());
    let elements = [
        ("vcpu cpuset", pinned),
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

/// Refuses elements that would change the guest and that nothing here carries out.
pub(super) fn refuse(domain: &Domain) -> Result<(), DomainError> {
    let os = &domain.os;
    let backing = domain.memory_backing.clone().unwrap_or_default();
    let features = domain.features.clone().unwrap_or_default();
    let elements = [
        ("os firmware", os.firmware.is_some()),
        ("nvram", os.nvram.is_some()),
        ("shim", os.shim.is_some()),
        ("acpi table", !os.acpi.is_empty()),
        (
            "bios useserial",
            os.bios.and_then(|bios| bios.useserial) == Some(true),
        ),
        ("smbios", os.smbios.is_some()),
        ("genid", domain.genid.is_some()),
        ("hugepages", backing.hugepages.is_some()),
        (
            "memoryBacking source type='file'",
            backing.source == Some(MemorySource::File),
        ),
        ("vcpus", !domain.vcpus.is_empty()),
        (
            "features async-teardown",
            features.async_teardown == Some(true),
        ),
        (
            "features vmcoreinfo",
            features
                .vmcoreinfo
                .is_some_and(documents::domain::Switch::is_on),
        ),
        (
            "features smm tseg",
            features.smm.as_ref().is_some_and(|smm| smm.tseg.is_some()),
        ),
        ("features xen", features.xen.is_some()),
    ];
    let families = [
        ("bootloader", domain.bootloader.is_some()),
        ("sysinfo", !domain.sysinfo.is_empty()),
        ("launchSecurity", domain.launch_security.is_some()),
        ("qemu:override", domain.qemu_override.is_some()),
    ];
    match elements
        .into_iter()
        .chain(families)
        .find(|(_, present)| *present)
    {
        Some((element, _)) => Err(MachineError::Unsupported { element }.into()),
        None => Ok(()),
    }
}
