//! What a disk's element leaves out.

use documents::domain::{Disk, DiskBus, DiskDevice, DiskFormat, DiskSnapshot, DiskSource};

use crate::domain::addresses::drive;
use crate::domain::disk_name;
use crate::domain::error::DiskError;

/// The only program that provides disks here.
const DRIVER: &str = "qemu";

/// Fills in all disks and gives those on IDE, SATA, SCSI and floppy controllers their addresses.
pub(super) fn complete(disks: &mut [Disk]) -> Result<(), DiskError> {
    for disk in disks.iter_mut() {
        complete_one(disk)?;
    }
    drive::assign(disks).map_err(|target| DiskError::UnknownName { target })
}

fn complete_one(disk: &mut Disk) -> Result<(), DiskError> {
    let device = *disk.device.get_or_insert(DiskDevice::Disk);
    let removable = matches!(device, DiskDevice::Cdrom | DiskDevice::Floppy);
    let Some(target) = disk.target.dev.clone() else {
        return Err(DiskError::NoTarget {
            source_name: source_path(&disk.source).map(str::to_owned),
        });
    };
    if !removable && is_empty(&disk.source) {
        return Err(DiskError::NoSource { target });
    }
    let bus = *disk.target.bus.get_or_insert(default_bus(device, &target));
    check_name(device, bus, &target)?;
    if device == DiskDevice::Cdrom {
        disk.readonly = true;
    }
    if disk.readonly && disk.snapshot == Some(DiskSnapshot::No) {
        // It is what a read-only disk has anyway.
        disk.snapshot = None;
    }
    let driver = disk.driver.get_or_insert_default();
    driver.name.get_or_insert_with(|| DRIVER.to_owned());
    if !matches!(disk.source, DiskSource::Volume(_)) {
        driver.format.get_or_insert(DiskFormat::Raw);
    }
    Ok(())
}

/// The bus that a target's name hints at.
fn default_bus(device: DiskDevice, target: &str) -> DiskBus {
    if device == DiskDevice::Floppy {
        return DiskBus::Fdc;
    }
    let by_prefix = [
        ("hd", DiskBus::Ide),
        ("sd", DiskBus::Scsi),
        ("vd", DiskBus::Virtio),
        ("xvd", DiskBus::Xen),
        ("ubd", DiskBus::Uml),
    ];
    by_prefix
        .iter()
        .find(|(prefix, _)| target.starts_with(prefix))
        .map_or(DiskBus::Ide, |(_, bus)| *bus)
}

fn check_name(device: DiskDevice, bus: DiskBus, target: &str) -> Result<(), DiskError> {
    let kind = match device {
        DiskDevice::Floppy if !target.starts_with("fd") => "floppy",
        DiskDevice::Cdrom if !disk_name::PREFIXES.iter().any(|p| target.starts_with(p)) => "CDROM",
        DiskDevice::Disk | DiskDevice::Lun
            if bus != DiskBus::Nvme
                && !disk_name::PREFIXES
                    .iter()
                    .any(|p| *p != "fd" && target.starts_with(p)) =>
        {
            "harddisk"
        }
        _ => return Ok(()),
    };
    Err(DiskError::InvalidName {
        kind,
        target: target.to_owned(),
    })
}

/// The path of a file or block device.
pub(crate) fn source_path(source: &DiskSource) -> Option<&str> {
    match source {
        DiskSource::File(file) => file.file.as_deref(),
        DiskSource::Block(block) => block.dev.as_deref(),
        DiskSource::Dir(dir) => dir.dir.as_deref(),
        _ => None,
    }
    .filter(|path| !path.is_empty())
}

/// Whether a disk has nothing in it.
pub(crate) fn is_empty(source: &DiskSource) -> bool {
    match source {
        DiskSource::File(_) | DiskSource::Block(_) | DiskSource::Dir(_) => {
            source_path(source).is_none()
        }
        DiskSource::Volume(volume) => volume.pool.is_none(),
        _ => false,
    }
}
