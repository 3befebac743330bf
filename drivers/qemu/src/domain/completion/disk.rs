//! What a disk's element leaves out.

use documents::domain::{
    CacheMode, Devices, Disk, DiskBus, DiskDevice, DiskFormat, DiskSnapshot, DiskSource,
    FileSource, NetworkSource, NvmeSource, SourceCommon, Tray, VhostUserSource, VolumeSource,
};

use super::{disk_source, hostdev};
use crate::domain::addresses::drive;
use crate::domain::disk_limits::for_each_limit;
use crate::domain::disk_name;
use crate::domain::error::DiskError;

/// The only program that provides disks here.
const DRIVER: &str = "qemu";

/// Fills in all disks and gives those on IDE, SATA, SCSI and floppy controllers their addresses.
pub(super) fn complete(devices: &mut Devices) -> Result<(), DiskError> {
    let units = hostdev::scsi_places(&devices.hostdevs);
    let disks = &mut devices.disks;
    for disk in disks.iter_mut() {
        complete_one(disk)?;
    }
    sort(disks);
    drive::assign(disks, &units)?;
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
    disk.target.bus.get_or_insert(default_bus(device, &target));
    if removable && is_empty(&disk.source) {
        // What happens when there is nothing stays said.
        let startup_policy = disk
            .source
            .common()
            .and_then(|common| common.startup_policy);
        disk.source = DiskSource::File(FileSource {
            common: SourceCommon {
                startup_policy,
                ..SourceCommon::default()
            },
            ..FileSource::default()
        });
    }
    disk_source::complete(disk);
    forget_nothings(disk);
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
    if driver.format == Some(DiskFormat::Aio) {
        // Xen's word for it.
        driver.format = Some(DiskFormat::Raw);
    }
    if matches!(
        disk.source,
        DiskSource::VhostUser(_) | DiskSource::VhostVdpa(_)
    ) {
        // There is no image here of which one could be made.
        disk.snapshot.get_or_insert(DiskSnapshot::No);
    }
    Ok(())
}

/// Takes out what says nothing: limits and sizes of zero, and options that the device cannot have.
fn forget_nothings(disk: &mut Disk) {
    // The copy that a block job makes belongs to a running guest.
    disk.mirror = None;
    // Only network cards and passed-through devices have a ROM.
    disk.info.rom = None;
    if let Some(transient) = &mut disk.transient {
        transient.share_backing.take_if(|shares| !*shares);
    }
    disk.target.rotation_rate.take_if(|rate| *rate == 0);
    if let Some(sizes) = &mut disk.blockio {
        for size in [
            &mut sizes.logical_block_size,
            &mut sizes.physical_block_size,
            &mut sizes.discard_granularity,
        ] {
            size.take_if(|size| *size == 0);
        }
    }
    disk.target.tray.take_if(|tray| *tray == Tray::Closed);
    disk.geometry
        .take_if(|geometry| geometry.cyls == 0 || geometry.heads == 0 || geometry.secs == 0);
    if let Some(tune) = &mut disk.iotune {
        for_each_limit(&mut tune.limits, &mut tune.lengths, |_, limit| {
            *limit = limit.filter(|limit| *limit > 0);
        });
    }
    if let Some(driver) = &mut disk.driver {
        driver.cache.take_if(|cache| *cache == CacheMode::Default);
        driver
            .metadata_cache
            .take_if(|cache| cache.max_size.is_none_or(|size| size.bytes == 0));
    }
}

/// Disks of one bus come in the order of their names, from where the first of them is.
fn sort(disks: &mut Vec<Disk>) {
    // Where each of them belongs, beside them: a name is read once.
    let mut places: Vec<(Option<DiskBus>, Option<u32>)> = Vec::with_capacity(disks.len());
    for disk in std::mem::replace(disks, Vec::with_capacity(disks.len())) {
        let place = disk.target.dev.as_deref().and_then(disk_name::index);
        let bus = disk.target.bus;
        let later = places
            .iter()
            .position(|other| other.0 == bus && other.1 > place);
        let last = || places.iter().rposition(|other| other.0 == bus);
        let at = later.or_else(|| last().map(|last| last + 1));
        let at = at.unwrap_or(disks.len());
        disks.insert(at, disk);
        places.insert(at, (bus, place));
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
        DiskSource::Network(network) => **network == NetworkSource::default(),
        DiskSource::Volume(volume) => *volume == VolumeSource::default(),
        DiskSource::Nvme(nvme) => *nvme == NvmeSource::default(),
        DiskSource::VhostUser(process) => *process == VhostUserSource::default(),
        DiskSource::VhostVdpa(_) => false,
    }
}
