//! Disks: what the guest sees of them.

use documents::domain::{
    Disk, DiskBus, DiskDevice, DiskFormat, DiskModel, DiskSource, NetworkProtocol, Sgio,
};

use super::first;
use crate::domain::error::{DiskError, DiskRule};

/// The characters of a serial number that every QEMU takes.
fn is_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_ .+".contains(c)
}

pub(super) fn check(disk: &Disk) -> Result<(), DiskError> {
    let bus = disk.target.bus.unwrap_or_default();
    let device = disk.device.unwrap_or_default();
    let target = &disk.target;
    let printable = |text: &Option<String>, most: usize| {
        text.as_deref().is_none_or(|text| {
            text.chars().count() <= most && text.chars().all(|c| !c.is_control())
        })
    };
    let wwn = |wwn: &str| wwn.len() == 16 && wwn.chars().all(|c| c.is_ascii_hexdigit());
    let named = disk.vendor.is_some() || disk.product.is_some();
    first(
        disk,
        [
            (
                disk.model.is_some_and(|model| model != DiskModel::Virtio)
                    && !matches!(bus, DiskBus::Virtio | DiskBus::Usb),
                DiskRule::Model,
            ),
            (
                disk.wwn.as_deref().is_some_and(|text| !wwn(text)),
                DiskRule::Wwn,
            ),
            (!printable(&disk.vendor, 8), DiskRule::Vendor),
            (!printable(&disk.product, 16), DiskRule::Product),
            (
                target.removable.is_some() && !matches!(bus, DiskBus::Usb | DiskBus::Scsi),
                DiskRule::Removable,
            ),
            (
                target.tray.is_some() && !matches!(device, DiskDevice::Cdrom | DiskDevice::Floppy),
                DiskRule::Tray,
            ),
            (
                disk.rawio.is_some() && device != DiskDevice::Lun,
                DiskRule::RawIo,
            ),
            (
                disk.sgio.is_some() && device != DiskDevice::Lun,
                DiskRule::Sgio,
            ),
            (
                disk.sgio == Some(Sgio::Unfiltered),
                DiskRule::SgioUnfiltered,
            ),
        ],
    )?;
    if device == DiskDevice::Lun {
        check_lun(disk)?;
    }
    first(
        disk,
        [
            (
                disk.wwn.is_some() && !matches!(bus, DiskBus::Ide | DiskBus::Scsi),
                DiskRule::WwnBus,
            ),
            (named && bus != DiskBus::Scsi, DiskRule::VendorBus),
            (
                disk.serial
                    .as_deref()
                    .is_some_and(|serial| !serial.chars().all(is_safe)),
                DiskRule::Serial,
            ),
            (
                target.rotation_rate.is_some()
                    && !matches!(bus, DiskBus::Ide | DiskBus::Scsi | DiskBus::Sata),
                DiskRule::RotationBus,
            ),
            (
                target.rotation_rate.is_some() && device != DiskDevice::Disk,
                DiskRule::RotationDevice,
            ),
            (
                disk.geometry.is_some() && matches!(bus, DiskBus::Usb | DiskBus::Sd),
                DiskRule::GeometryBus,
            ),
            (
                disk.geometry
                    .as_ref()
                    .is_some_and(|geometry| geometry.trans.is_some())
                    && bus != DiskBus::Ide,
                DiskRule::GeometryTranslation,
            ),
        ],
    )
}

/// A LUN is the device itself: nothing of it can be made up.
fn check_lun(disk: &Disk) -> Result<(), DiskError> {
    let iscsi = matches!(&disk.source, DiskSource::Network(network) if network.protocol == NetworkProtocol::Iscsi);
    let device = iscsi || matches!(disk.source, DiskSource::Block(_) | DiskSource::Volume(_));
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    first(
        disk,
        [
            (!device, DiskRule::LunSource),
            (
                format.is_some_and(|format| format != DiskFormat::Raw),
                DiskRule::LunFormat,
            ),
            (
                disk.target.bus == Some(DiskBus::Virtio),
                DiskRule::LunVirtio,
            ),
            (disk.target.bus != Some(DiskBus::Scsi), DiskRule::LunBus),
            (disk.wwn.is_some(), DiskRule::LunWwn),
            (
                disk.vendor.is_some() || disk.product.is_some(),
                DiskRule::LunVendor,
            ),
        ],
    )
}
