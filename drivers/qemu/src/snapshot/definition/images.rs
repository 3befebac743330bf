//! The images of a snapshot: what new ones are called, and whether old and new can have what is asked of them.

use std::fs;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use documents::domain::{Disk, DiskFormat, DiskSnapshot, DiskSource, Domain, FileSource};
use documents::snapshot::{Snapshot, SnapshotDisk, SnapshotDriver, SnapshotSource};
use protocol::flags::DomainSnapshotCreateFlags as Flags;

use super::disks::{image, path};
use crate::snapshot::error::{DiskError, SnapshotError, UnsupportedError};

/// Gives each new image that has no path one: beside the old image, with the snapshot's name for a suffix.
pub(super) fn name_images(snapshot: &mut Snapshot, domain: &Domain) -> Result<(), DiskError> {
    let name = snapshot.name.clone().unwrap_or_default();
    let mut taken: Vec<String> = Vec::new();
    for (disk, of) in snapshot.disks.iter_mut().zip(&domain.devices.disks) {
        if disk.snapshot != Some(DiskSnapshot::External) || path(disk).is_some() {
            continue;
        }
        let target = disk.name.clone().unwrap_or_default();
        if !matches!(
            disk.source,
            SnapshotSource::Unsaid(_) | SnapshotSource::File(_)
        ) {
            return Err(DiskError::NamelessDevice(target));
        }
        let Some(old) = image(of).filter(|path| !path.is_empty()) else {
            return Err(DiskError::NoOldImage(target));
        };
        if !fs::metadata(old).is_ok_and(|found| found.is_file()) {
            return Err(DiskError::OldIsNoFile(target));
        }
        let stem = match old.rsplit_once('.') {
            Some((stem, suffix)) if !suffix.contains('/') => stem,
            _ => old,
        };
        let new = format!("{stem}.{name}");
        if taken.contains(&new) {
            return Err(DiskError::SharedName(target));
        }
        taken.push(new.clone());
        disk.source = SnapshotSource::File(FileSource {
            file: Some(new),
            ..FileSource::default()
        });
    }
    Ok(())
}

/// Whether the images can have what is asked of them.
pub(super) fn check_images(
    snapshot: &mut Snapshot,
    domain: &Domain,
    flags: Flags,
) -> Result<(), SnapshotError> {
    let (mut inside, mut outside, mut left_out) = (false, false, false);
    for (disk, of) in snapshot.disks.iter_mut().zip(&domain.devices.disks) {
        let name = disk.name.clone().unwrap_or_default();
        match disk.snapshot {
            Some(DiskSnapshot::Internal) => {
                inside = true;
                if !matches!(of.source, DiskSource::File(_) | DiskSource::Block(_)) {
                    return Err(SnapshotError::NotOnThisHost(name));
                }
                let format = of.driver.as_ref().and_then(|driver| driver.format);
                if format != Some(DiskFormat::Qcow2) {
                    let format = format.map_or("raw", xml::enum_name);
                    return Err(UnsupportedError::InternalFormat { disk: name, format }.into());
                }
            }
            Some(DiskSnapshot::External) => {
                outside = true;
                let driver = disk.driver.get_or_insert_with(SnapshotDriver::default);
                let format = *driver.format.get_or_insert(DiskFormat::Qcow2);
                if !matches!(format, DiskFormat::Qcow2 | DiskFormat::Qed) {
                    let format = xml::enum_name(format);
                    return Err(UnsupportedError::ExternalFormat { disk: name, format }.into());
                }
                check_new_image(disk, of, flags.contains(Flags::REUSE_EXT))?;
            }
            _ => left_out |= image(of).is_some() && !of.readonly,
        }
    }
    match (inside, outside) {
        (true, true) => Err(UnsupportedError::Mixed.into()),
        (false, false) => Err(UnsupportedError::Nothing.into()),
        (true, false) if left_out => Err(UnsupportedError::LeftOut.into()),
        _ => Ok(()),
    }
}

fn check_new_image(disk: &SnapshotDisk, of: &Disk, reuse: bool) -> Result<(), SnapshotError> {
    let name = disk.name.clone().unwrap_or_default();
    let is_file =
        |source: &DiskSource| matches!(source, DiskSource::File(_) | DiskSource::Block(_));
    let Some(new) = path(disk).filter(|_| is_file(&of.source)) else {
        return Err(SnapshotError::NotOnThisHost(name));
    };
    let blocks = matches!(disk.source, SnapshotSource::Block(_));
    let path = new.to_owned();
    match fs::metadata(Path::new(new)) {
        Ok(found) if found.file_type().is_block_device() != blocks => {
            Err(UnsupportedError::OtherType { disk: name, path }.into())
        }
        Ok(found) if found.is_file() && found.len() > 0 && !reuse => {
            Err(UnsupportedError::ImageExists { disk: name, path }.into())
        }
        Err(_) if reuse => Err(SnapshotError::NoImage { disk: name, path }),
        _ => Ok(()),
    }
}
