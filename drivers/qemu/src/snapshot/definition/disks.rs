//! The disks of a snapshot: each of the domain's, with its place.

use std::collections::BTreeMap;

use documents::domain::{Disk, DiskFormat, DiskSnapshot, DiskSource, Domain};
use documents::snapshot::{Snapshot, SnapshotDisk, SnapshotSource};

use crate::snapshot::error::DiskError;

/// Gives each disk of the domain its place in the snapshot, in the domain's order. Where the usual place is inside
/// the images, no disk can be elsewhere.
pub(super) fn align(
    snapshot: &mut Snapshot,
    domain: &Domain,
    usual: DiskSnapshot,
) -> Result<(), DiskError> {
    let uniform = usual == DiskSnapshot::Internal;
    let mut asked: BTreeMap<usize, SnapshotDisk> = BTreeMap::new();
    for mut disk in std::mem::take(&mut snapshot.disks) {
        let name = disk.name.clone().unwrap_or_default();
        let mut disks = domain.devices.disks.iter().enumerate();
        let Some((index, of)) = disks.find(|(_, it)| is_called(it, &name)) else {
            return Err(DiskError::Unknown(name));
        };
        if asked.contains_key(&index) {
            return Err(DiskError::Twice(name));
        }
        if uniform && disk.snapshot.is_some_and(|place| place != usual) {
            return Err(DiskError::NotInternal(name));
        }
        let own = || own(of).unwrap_or(usual);
        let place = *disk.snapshot.get_or_insert_with(own);
        if let Some(path) = path(&disk)
            && place != DiskSnapshot::External
        {
            let path = path.to_owned();
            return Err(DiskError::NotExternal { disk: name, path });
        }
        disk.name.clone_from(&of.target.dev);
        asked.insert(index, disk);
    }
    for (index, of) in domain.devices.disks.iter().enumerate() {
        let disk = asked.remove(&index).unwrap_or_else(|| SnapshotDisk {
            name: of.target.dev.clone(),
            snapshot: Some(match image(of) {
                None => DiskSnapshot::No,
                Some(_) => own(of).unwrap_or(usual),
            }),
            ..SnapshotDisk::default()
        });
        snapshot.disks.push(disk);
    }
    Ok(())
}

/// What the domain's document says that snapshots do with a disk; nothing is done with one that is only read.
fn own(disk: &Disk) -> Option<DiskSnapshot> {
    let read_only = disk.readonly.then_some(DiskSnapshot::No);
    disk.snapshot.or(read_only)
}

/// Whether a disk is meant: by its target, or by its image.
fn is_called(disk: &Disk, name: &str) -> bool {
    disk.target.dev.as_deref() == Some(name) || (name.starts_with('/') && image(disk) == Some(name))
}

/// The path of a disk's image on the host; a source elsewhere counts as one without a path.
pub(in crate::snapshot) fn image(disk: &Disk) -> Option<&str> {
    match &disk.source {
        DiskSource::File(file) => file.file.as_deref(),
        DiskSource::Block(block) => block.dev.as_deref(),
        DiskSource::Dir(dir) => dir.dir.as_deref(),
        // Where they are is not a path; they are not empty all the same.
        _ => Some(""),
    }
}

/// The path of a new image.
pub(in crate::snapshot) fn path(disk: &SnapshotDisk) -> Option<&str> {
    match &disk.source {
        SnapshotSource::Unsaid(file) | SnapshotSource::File(file) => file.file.as_deref(),
        SnapshotSource::Block(block) => block.dev.as_deref(),
        SnapshotSource::Network(_) | SnapshotSource::Volume(_) => None,
    }
}

pub(super) fn format(disk: &SnapshotDisk) -> Option<DiskFormat> {
    disk.driver.as_ref().and_then(|driver| driver.format)
}
