//! Folders of the host: what each way to serve them can do.

use documents::domain::{
    AccessMode, Domain, Filesystem, FilesystemDriverKind, FilesystemSource, MemoryAccess,
};

use crate::capabilities::Capabilities;
use crate::devices::filesystem::driver;
use crate::domain::error::FilesystemError;

/// The highest mode of a file.
const MODE: u32 = 0o777;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), FilesystemError> {
    for filesystem in &domain.devices.filesystems {
        check_parts(filesystem)?;
    }
    for filesystem in &domain.devices.filesystems {
        if !matches!(filesystem.source, FilesystemSource::Mount(_)) {
            return Err(FilesystemError::Kind);
        }
        if filesystem.space_hard_limit.is_some() || filesystem.space_soft_limit.is_some() {
            return Err(FilesystemError::Limits);
        }
        let mapped = filesystem.accessmode == Some(AccessMode::Mapped);
        if !mapped && (filesystem.fmode.is_some() || filesystem.dmode.is_some()) {
            return Err(FilesystemError::ModeAccess);
        }
        match driver(filesystem) {
            FilesystemDriverKind::Path | FilesystemDriverKind::Mtp => {}
            // QEMU itself says at start whether it still has it.
            FilesystemDriverKind::Handle => {
                let access = filesystem.accessmode.unwrap_or_default();
                if access != AccessMode::Passthrough {
                    return Err(FilesystemError::HandleAccess);
                }
            }
            FilesystemDriverKind::Virtiofs => {
                check_virtiofs(filesystem, domain, capabilities)?;
            }
            // No bus takes what no device stands for.
            _ if filesystem.info.address.is_none() => return Err(FilesystemError::Nowhere),
            _ => return Err(FilesystemError::Driver),
        }
    }
    Ok(())
}

fn check_parts(filesystem: &Filesystem) -> Result<(), FilesystemError> {
    let named = match &filesystem.source {
        FilesystemSource::Mount(source) | FilesystemSource::Bind(source) => {
            source.dir.as_deref().or(source.socket.as_deref())
        }
        FilesystemSource::Block(source) => source.dev.as_deref(),
        FilesystemSource::File(source) => source.file.as_deref(),
        FilesystemSource::Template(source) => source.name.as_deref(),
        FilesystemSource::Volume(source) => source.volume.as_deref(),
        FilesystemSource::Ram(_) => Some("ram"),
    };
    let target = filesystem.target.as_deref().filter(|dir| !dir.is_empty());
    let Some(source) = named else {
        return Err(FilesystemError::NoSource {
            target: target.unwrap_or_default().to_owned(),
        });
    };
    if target.is_none() {
        return Err(FilesystemError::NoTarget {
            source_name: source.to_owned(),
        });
    }
    if filesystem.info.boot.is_some() && driver(filesystem) != FilesystemDriverKind::Virtiofs {
        return Err(FilesystemError::Boot);
    }
    for (name, mode) in [("fmode", filesystem.fmode), ("dmode", filesystem.dmode)] {
        if let Some(mode) = mode.filter(|mode| *mode > MODE) {
            return Err(FilesystemError::Mode { name, mode });
        }
    }
    Ok(())
}

fn check_virtiofs(
    filesystem: &Filesystem,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), FilesystemError> {
    if !capabilities.has_device("vhost-user-fs-pci") {
        return Err(FilesystemError::NoVirtiofs);
    }
    let access = filesystem.accessmode.unwrap_or_default();
    if access != AccessMode::Passthrough {
        return Err(FilesystemError::VirtiofsAccess);
    }
    let policy = filesystem
        .driver
        .as_ref()
        .and_then(|driver| driver.wrpolicy);
    let refused = [
        ("wrpolicy", policy.is_some()),
        ("model", filesystem.model.is_some()),
        ("multidevs", filesystem.multidevs.is_some()),
    ];
    if let Some((what, _)) = refused.into_iter().find(|(_, present)| *present) {
        return Err(FilesystemError::Virtiofs { what });
    }
    if !has_shared_memory(domain) {
        return Err(FilesystemError::NotShared);
    }
    Ok(())
}

/// Whether another process can map all of the guest's memory.
pub(super) fn has_shared_memory(domain: &Domain) -> bool {
    let backing = domain
        .memory_backing
        .as_ref()
        .and_then(|backing| backing.access);
    let cells = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = cells.map(|numa| numa.cells.as_slice()).unwrap_or_default();
    let shared = |access: Option<MemoryAccess>| access == Some(MemoryAccess::Shared);
    if cells.is_empty() {
        return shared(backing);
    }
    cells.iter().all(|cell| shared(cell.mem_access.or(backing)))
}
