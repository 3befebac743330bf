//! Disks that another process or device serves out of the guest's memory.

use documents::domain::{Disk, DiskBus, DiskSource, Domain, VhostUserSource};

use super::first;
use crate::capabilities::{Capabilities, Feature};
use crate::domain::checks::filesystems::has_shared_memory;
use crate::domain::error::{DiskError, DiskRule};

/// Nearly all that a disk may say is the business of the process at the other end.
pub(super) fn check_vhost_user(disk: &Disk, process: &VhostUserSource) -> Result<(), DiskError> {
    let driver = disk.driver.as_deref();
    let options = driver.is_some_and(|driver| {
        driver.cache.is_some()
            || driver.error_policy.is_some()
            || driver.rerror_policy.is_some()
            || driver.io.is_some()
            || driver.ioeventfd.is_some()
            || driver.copy_on_read.is_some()
            || driver.discard.is_some()
            || driver.iothread.is_some()
            || driver.detect_zeroes.is_some()
            || driver.metadata_cache.is_some()
    });
    let rest = disk.transient.is_some()
        || disk.iotune.is_some()
        || disk.geometry.is_some()
        || disk.blockio.is_some()
        || disk.serial.is_some()
        || disk.wwn.is_some()
        || disk.vendor.is_some()
        || disk.product.is_some()
        || disk.encryption.is_some()
        || disk.readonly
        || disk.shareable
        || disk.backing_store.is_some()
        || disk.rawio.is_some()
        || disk.sgio.is_some()
        || disk.snapshot != Some(documents::domain::DiskSnapshot::No);
    first(
        disk,
        [
            (
                process.kind.as_deref() != Some("unix"),
                DiskRule::VhostUserType,
            ),
            (process.path.is_none(), DiskRule::VhostUserPath),
            (
                disk.target.bus != Some(DiskBus::Virtio),
                DiskRule::VhostUserBus,
            ),
            (!disk.throttlefilters.is_empty(), DiskRule::ThrottleBus),
            (options || rest, DiskRule::VhostUserOption),
        ],
    )
}

/// Disks that another process or device serves out of the guest's memory.
pub(super) fn check_outside(
    disk: &Disk,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DiskError> {
    let vdpa = matches!(disk.source, DiskSource::VhostVdpa(_));
    let nameless = matches!(&disk.source, DiskSource::VhostVdpa(source) if source.dev.is_none());
    if !vdpa && !matches!(disk.source, DiskSource::VhostUser(_)) {
        return Ok(());
    }
    first(
        disk,
        [
            (nameless, DiskRule::VdpaDevice),
            (
                vdpa && !capabilities.has(Feature::BlockdevVhostVdpa),
                DiskRule::VhostVdpa,
            ),
            (
                vdpa && disk.target.bus != Some(DiskBus::Virtio),
                DiskRule::VhostVdpaBus,
            ),
            (!has_shared_memory(domain), DiskRule::SharedMemory),
        ],
    )
}
