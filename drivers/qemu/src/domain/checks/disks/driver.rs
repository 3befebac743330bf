//! Disks: how QEMU runs them.

use documents::domain::{
    CacheMode, Disk, DiskBus, DiskDevice, DiskDriver, DiskFormat, DiskSource, Domain, ErrorPolicy,
    IoMode,
};

use super::first;
use crate::domain::checks::queue_map::{self, QueueMapFault};
use crate::domain::completion::os::word;
use crate::domain::error::{DiskError, DiskRule};

pub(super) fn check(disk: &Disk, domain: &Domain) -> Result<(), DiskError> {
    let Some(driver) = disk.driver.as_deref() else {
        return Ok(());
    };
    let virtio = disk.target.bus == Some(DiskBus::Virtio);
    let qcow2 = driver.format == Some(DiskFormat::Qcow2);
    let options = &driver.virtio;
    let virtio_option = options.iommu.is_some()
        || options.ats.is_some()
        || options.packed.is_some()
        || options.page_per_vq.is_some();
    let shared = disk.shareable && disk.device != Some(DiskDevice::Cdrom);
    first(
        disk,
        [
            (
                driver.name.as_deref().is_some_and(|name| name != "qemu"),
                DiskRule::DriverName,
            ),
            (!virtio && virtio_option, DiskRule::VirtioOption),
            (!virtio && driver.ioeventfd.is_some(), DiskRule::IoEventFd),
            (!virtio && driver.event_idx.is_some(), DiskRule::EventIdx),
            (!virtio && driver.queues.is_some(), DiskRule::Queues),
            (!virtio && driver.queue_size.is_some(), DiskRule::QueueSize),
            (
                driver.rerror_policy == Some(ErrorPolicy::Enospace),
                DiskRule::ReadErrorPolicy,
            ),
            (
                driver.discard_no_unref.is_some() && !qcow2,
                DiskRule::DiscardNoUnrefFormat,
            ),
            (
                driver.discard_no_unref.is_some() && disk.readonly,
                DiskRule::DiscardNoUnrefReadonly,
            ),
            (
                driver.copy_on_read == Some(true) && disk.readonly,
                DiskRule::CopyOnRead,
            ),
            (
                driver.copy_on_read == Some(true)
                    && matches!(disk.device, Some(DiskDevice::Cdrom | DiskDevice::Floppy)),
                DiskRule::CopyOnReadMedia,
            ),
            (
                driver.metadata_cache.is_some() && !qcow2,
                DiskRule::MetadataCache,
            ),
            (
                shared && driver.format != Some(DiskFormat::Raw) && driver.format.is_some(),
                DiskRule::SharedFormat,
            ),
        ],
    )?;
    check_native(disk, driver)?;
    check_threads(disk, driver, domain)
}

/// The kernel's AIO waits unless the host's cache is bypassed.
fn check_native(disk: &Disk, driver: &DiskDriver) -> Result<(), DiskError> {
    let direct = matches!(driver.cache, Some(CacheMode::None | CacheMode::Directsync));
    let local = matches!(
        disk.source,
        DiskSource::File(_) | DiskSource::Block(_) | DiskSource::Network(_)
    );
    if driver.io == Some(IoMode::Native) && local && !direct {
        return Err(DiskError::NativeCache {
            target: disk.target.dev.clone().unwrap_or_default(),
        });
    }
    Ok(())
}

fn check_threads(disk: &Disk, driver: &DiskDriver, domain: &Domain) -> Result<(), DiskError> {
    if driver.iothread == Some(0) {
        return Err(DiskError::of(DiskRule::IoThreadZero, disk));
    }
    if driver.iothread.is_some() && !driver.iothreads.is_empty() {
        return Err(DiskError::of(DiskRule::IoThreads, disk));
    }
    let ids = driver
        .iothread
        .into_iter()
        .chain(driver.iothreads.iter().map(|thread| thread.id));
    for id in ids {
        let bus = disk.target.bus.unwrap_or_default();
        if bus != DiskBus::Virtio {
            return Err(DiskError::IoThreadBus {
                bus: word(bus),
                target: disk.target.dev.clone().unwrap_or_default(),
            });
        }
        let counted = domain
            .iothreads
            .is_some_and(|count| (1..=count).contains(&id));
        if !counted && !domain.iothreadids.iter().any(|thread| thread.id == id) {
            return Err(DiskError::NoIoThread { id });
        }
    }
    check_queues(disk, driver)
}

fn check_queues(disk: &Disk, driver: &DiskDriver) -> Result<(), DiskError> {
    let fault = |fault| match fault {
        QueueMapFault::Uncounted => DiskRule::QueueMap,
        QueueMapFault::Twice => DiskRule::QueueMapTwice,
        QueueMapFault::Partial => DiskRule::QueueMapPartial,
        QueueMapFault::Range => DiskRule::QueueMapRange,
        QueueMapFault::Missing => DiskRule::QueueMapMissing,
    };
    let map = queue_map::check(&driver.iothreads, driver.queues);
    map.map_err(|found| DiskError::of(fault(found), disk))
}
