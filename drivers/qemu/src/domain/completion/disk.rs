//! What a disk's element leaves out.

use documents::domain::{
    Disk, DiskBus, DiskDevice, DiskFormat, DiskSnapshot, DiskSource, FileSource, NetworkProtocol,
    SourceTransport,
};

use crate::domain::addresses::drive;
use crate::domain::disk_name;
use crate::domain::error::DiskError;

/// The only program that provides disks here.
const DRIVER: &str = "qemu";

/// Fills in all disks and gives those on IDE, SATA, SCSI and floppy controllers their addresses.
pub(super) fn complete(disks: &mut Vec<Disk>) -> Result<(), DiskError> {
    for disk in disks.iter_mut() {
        complete_one(disk)?;
    }
    sort(disks);
    drive::assign(disks).map_err(|target| DiskError::UnknownName { target })?;
    disks.iter().try_for_each(check_name)
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
    disk.target.bus.get_or_insert(default_bus(device, &target));
    if is_empty(&disk.source) {
        disk.source = DiskSource::File(FileSource::default());
    }
    forget_indexes(&mut disk.source);
    complete_hosts(&mut disk.source);
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

/// The port that a protocol is known by.
fn complete_hosts(source: &mut DiskSource) {
    let DiskSource::Network(network) = source else {
        return;
    };
    let port = match network.protocol {
        NetworkProtocol::Nbd => 10809,
        NetworkProtocol::Http => 80,
        NetworkProtocol::Https => 443,
        NetworkProtocol::Ftp => 21,
        NetworkProtocol::Ftps => 990,
        NetworkProtocol::Tftp => 69,
        NetworkProtocol::Iscsi => 3260,
        NetworkProtocol::Gluster => 24007,
        NetworkProtocol::Ssh => 22,
        NetworkProtocol::Nfs => 2049,
        NetworkProtocol::Sheepdog => 7000,
        NetworkProtocol::Vxhs => 9999,
        // Its own configuration says it.
        NetworkProtocol::Rbd => return,
    };
    for host in network
        .hosts
        .iter_mut()
        .filter(|host| host.transport != Some(SourceTransport::Unix))
    {
        host.port.get_or_insert(port);
    }
}

/// The numbers of images belong to a running guest.
fn forget_indexes(source: &mut DiskSource) {
    let common = match source {
        DiskSource::File(file) => &mut file.common,
        DiskSource::Block(block) => &mut block.common,
        DiskSource::Dir(dir) => &mut dir.common,
        DiskSource::Network(network) => &mut network.common,
        DiskSource::Volume(volume) => &mut volume.common,
        DiskSource::Nvme(nvme) => &mut nvme.common,
        DiskSource::VhostVdpa(vdpa) => &mut vdpa.common,
        DiskSource::VhostUser(_) => return,
    };
    common.index = None;
}

/// Disks of one bus come in the order of their names, from where the first of them is.
fn sort(disks: &mut Vec<Disk>) {
    let place = |disk: &Disk| disk.target.dev.as_deref().and_then(disk_name::index);
    for disk in std::mem::take(disks) {
        let same = |other: &Disk| other.target.bus == disk.target.bus;
        let later = disks
            .iter()
            .position(|other| same(other) && place(other) > place(&disk));
        let at = later.or_else(|| disks.iter().rposition(same).map(|last| last + 1));
        disks.insert(at.unwrap_or(disks.len()), disk);
    }
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

fn check_name(disk: &Disk) -> Result<(), DiskError> {
    let target = disk.target.dev.as_deref().unwrap_or_default();
    let known = |prefixes: &[&str]| prefixes.iter().any(|prefix| target.starts_with(prefix));
    let kind = match disk.device.unwrap_or_default() {
        DiskDevice::Floppy if !known(&["fd"]) => "floppy",
        DiskDevice::Cdrom if !known(disk_name::PREFIXES) => "CDROM",
        DiskDevice::Disk | DiskDevice::Lun
            if disk.target.bus != Some(DiskBus::Nvme)
                && (!known(disk_name::PREFIXES) || known(&["fd"])) =>
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
