//! The images of a snapshot: what new ones are called, and whether old and new can have what is asked of them.

use std::fs;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use documents::domain::{Disk, DiskFormat, DiskSnapshot, DiskSource, Domain, FileSource};
use documents::snapshot::{Snapshot, SnapshotDisk, SnapshotDriver, SnapshotSource};
use protocol::flags::DomainSnapshotCreateFlags as Flags;

use super::disks::{image, path};
use crate::snapshot::error::SnapshotError;

/// Gives each new image that has no path one: beside the old image, with the snapshot's name for a suffix.
pub(super) fn name_images(snapshot: &mut Snapshot, domain: &Domain) -> Result<(), SnapshotError> {
    let unsupported = |text: String| Err(SnapshotError::Disks(text));
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
            return unsupported(format!(
                "cannot make up the name of a new image for disk '{target}' on such a device: give its <source>"
            ));
        }
        let Some(old) = image(of).filter(|path| !path.is_empty()) else {
            return unsupported(format!(
                "cannot make up the name of a new image for disk '{target}', which has no image file"
            ));
        };
        if !fs::metadata(old).is_ok_and(|found| found.is_file()) {
            return unsupported(format!(
                "source for disk '{target}' is not a regular file: give the <source> of the new image"
            ));
        }
        let stem = match old.rsplit_once('.') {
            Some((stem, suffix)) if !suffix.contains('/') => stem,
            _ => old,
        };
        let new = format!("{stem}.{name}");
        if taken.contains(&new) {
            return unsupported(format!(
                "the new image of disk '{target}' would be that of another disk: give its <source>"
            ));
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
    let unsupported = |text: String| Err(SnapshotError::Unsupported(text));
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
                    return unsupported(format!(
                        "internal snapshot for disk {name} unsupported for storage type {}",
                        format.map_or("raw", xml::enum_name)
                    ));
                }
            }
            Some(DiskSnapshot::External) => {
                outside = true;
                let driver = disk.driver.get_or_insert_with(SnapshotDriver::default);
                let format = *driver.format.get_or_insert(DiskFormat::Qcow2);
                if !matches!(format, DiskFormat::Qcow2 | DiskFormat::Qed) {
                    return unsupported(format!(
                        "external snapshot format for disk {name} is unsupported: {}",
                        xml::enum_name(format)
                    ));
                }
                check_new_image(disk, of, flags.contains(Flags::REUSE_EXT))?;
            }
            _ => left_out |= image(of).is_some() && !of.readonly,
        }
    }
    match (inside, outside) {
        (true, true) => unsupported(
            "mixing internal and external targets for a snapshot is not yet supported".to_owned(),
        ),
        (false, false) => unsupported("nothing selected for snapshot".to_owned()),
        (true, false) if left_out => unsupported(
            "internal and full system snapshots require all disks to be selected for snapshot"
                .to_owned(),
        ),
        _ => Ok(()),
    }
}

fn check_new_image(disk: &SnapshotDisk, of: &Disk, reuse: bool) -> Result<(), SnapshotError> {
    let unsupported = |text: String| Err(SnapshotError::Unsupported(text));
    let name = disk.name.clone().unwrap_or_default();
    let is_file =
        |source: &DiskSource| matches!(source, DiskSource::File(_) | DiskSource::Block(_));
    let Some(new) = path(disk).filter(|_| is_file(&of.source)) else {
        return Err(SnapshotError::NotOnThisHost(name));
    };
    let blocks = matches!(disk.source, SnapshotSource::Block(_));
    match fs::metadata(Path::new(new)) {
        Ok(found) if found.file_type().is_block_device() != blocks => unsupported(format!(
            "disk '{name}' is to have its new image at '{new}', which is of another type than the document says"
        )),
        Ok(found) if found.is_file() && found.len() > 0 && !reuse => unsupported(format!(
            "external snapshot file for disk {name} already exists and is not a block device: {new}"
        )),
        Err(_) if reuse => Err(SnapshotError::NoImage {
            disk: name,
            path: new.to_owned(),
        }),
        _ => Ok(()),
    }
}
