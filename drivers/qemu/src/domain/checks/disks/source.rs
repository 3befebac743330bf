//! Disks: which format and source go together, when the image may be missing, and what is behind it.

use documents::domain::{
    BackingSource, Disk, DiskBus, DiskDevice, DiskFormat, DiskSource, Domain, StartupPolicy,
};

use super::encryption::check_encryption;
use super::first;
use super::image::{check_image, check_source_format};
use super::network::check_auth;
use super::outside::{check_outside, check_vhost_user};
use crate::capabilities::Capabilities;
use crate::domain::completion::source_is_empty;
use crate::domain::error::{DiskError, DiskRule};

pub(super) fn check(
    disk: &Disk,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DiskError> {
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    check_format(disk, format)?;
    check_auth(disk)?;
    if let DiskSource::VhostUser(process) = &disk.source {
        check_vhost_user(disk, process)?;
    }
    check_image(disk, &disk.source, format)?;
    check_encryption(disk, &disk.source, disk.image_encryption(), format)?;
    let policy = disk
        .source
        .common()
        .and_then(|common| common.startup_policy);
    let removable = matches!(disk.device, Some(DiskDevice::Cdrom | DiskDevice::Floppy));
    first(
        disk,
        [
            (
                policy.is_some() && matches!(disk.source, DiskSource::Network(_)),
                DiskRule::NetworkStartupPolicy,
            ),
            (
                policy == Some(StartupPolicy::Requisite) && !removable,
                DiskRule::RequisiteDisk,
            ),
        ],
    )?;
    check_outside(disk, domain, capabilities)?;
    check_transient(disk)?;
    check_backing(disk)
}

/// Formats that no disk can have, or that QEMU does not read.
fn check_format(disk: &Disk, format: Option<DiskFormat>) -> Result<(), DiskError> {
    let Some(format) = format else { return Ok(()) };
    first(
        disk,
        [(
            matches!(
                format,
                DiskFormat::Auto | DiskFormat::Luks | DiskFormat::Vhdx | DiskFormat::Vmdk4
            ),
            DiskRule::UnknownFormat,
        )],
    )?;
    check_source_format(disk, &disk.source, format)?;
    let directory = matches!(disk.source, DiskSource::Dir(_));
    first(disk, [(directory && !disk.readonly, DiskRule::FatReadonly)])
}

fn check_transient(disk: &Disk) -> Result<(), DiskError> {
    let Some(transient) = &disk.transient else {
        return Ok(());
    };
    let bus = disk.target.bus.unwrap_or_default();
    first(
        disk,
        [
            (source_is_empty(&disk.source), DiskRule::TransientEmpty),
            (disk.readonly, DiskRule::TransientReadonly),
            (
                !matches!(disk.source, DiskSource::File(_)),
                DiskRule::TransientFile,
            ),
            (
                disk.device != Some(DiskDevice::Disk),
                DiskRule::TransientLun,
            ),
        ],
    )?;
    if transient.share_backing == Some(true)
        && !matches!(bus, DiskBus::Virtio | DiskBus::Usb | DiskBus::Scsi)
    {
        return Err(DiskError::ShareBacking {
            bus: crate::domain::completion::os::word(bus),
        });
    }
    Ok(())
}

/// The chain that the document spells out.
fn check_backing(disk: &Disk) -> Result<(), DiskError> {
    let mut below = disk.backing_store.as_deref();
    while let Some(store) = below {
        if store.source == BackingSource::End {
            return Ok(());
        }
        let Some(format) = &store.format else {
            return Err(DiskError::of(DiskRule::BackingFormat, disk));
        };
        if let Some(source) = store.source.to_source() {
            check_source_format(disk, &source, format.format)?;
            check_image(disk, &source, Some(format.format))?;
            let cache = format.metadata_cache.as_ref();
            let cached = cache
                .and_then(|cache| cache.max_size)
                .is_some_and(|size| size.bytes > 0);
            if cached && format.format != DiskFormat::Qcow2 {
                return Err(DiskError::of(DiskRule::MetadataCache, disk));
            }
            let encryption = source.common().and_then(|it| it.encryption.as_ref());
            check_encryption(disk, &source, encryption, Some(format.format))?;
        }
        below = store.backing_store.as_deref();
    }
    Ok(())
}
