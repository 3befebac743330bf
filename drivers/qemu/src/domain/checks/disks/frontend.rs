//! Disks: what the guest sees of them.

use documents::domain::{
    Disk, DiskBus, DiskDevice, DiskFormat, DiskModel, DiskSource, EncryptionFormat,
    NetworkProtocol, Sgio,
};

use super::first;
use crate::domain::completion::source_is_empty;
use crate::domain::error::{DiskError, DiskRule};

/// Holds what the guest sees of a disk against what its bus and its kind can show.
pub(super) fn check(disk: &Disk) -> Result<(), DiskError> {
    check_identity(disk)?;
    check_kind(disk)?;
    if disk.device == Some(DiskDevice::Lun) {
        check_lun(disk)?;
    }
    check_identity_bus(disk)?;
    check_shape(disk)
}

/// What the disk says of itself has the form that its protocol has for it.
fn check_identity(disk: &Disk) -> Result<(), DiskError> {
    let bus = disk.target.bus.unwrap_or_default();
    let longer =
        |text: &Option<String>, most: usize| text.as_ref().is_some_and(|text| text.len() > most);
    // INQUIRY has 16 letters for it, IDENTIFY DEVICE 40.
    let (product_length, long) = match bus {
        DiskBus::Scsi => (16, DiskRule::Product),
        _ => (40, DiskRule::AtaProduct),
    };
    first(
        disk,
        [
            (
                disk.model.is_some_and(|model| model != DiskModel::Virtio)
                    && !matches!(bus, DiskBus::Virtio | DiskBus::Usb),
                DiskRule::Model,
            ),
            (
                disk.wwn.as_deref().is_some_and(|text| !is_wwn(text)),
                DiskRule::Wwn,
            ),
            (
                !is_printable(disk.vendor.as_deref()) || !is_printable(disk.product.as_deref()),
                DiskRule::Unprintable,
            ),
            (longer(&disk.vendor, 8), DiskRule::Vendor),
            (longer(&disk.product, product_length), long),
        ],
    )
}

/// A World Wide Name is 64 bits.
fn is_wwn(text: &str) -> bool {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    digits.len() == 16 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

fn is_printable(text: Option<&str>) -> bool {
    let mut letters = text.unwrap_or_default().chars();
    letters.all(|c| c == ' ' || c.is_ascii_graphic())
}

/// The characters of a serial number that every QEMU takes.
fn is_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_ .+".contains(c)
}

/// What only some kinds of disks have.
fn check_kind(disk: &Disk) -> Result<(), DiskError> {
    let bus = disk.target.bus.unwrap_or_default();
    let device = disk.device.unwrap_or_default();
    let target = &disk.target;
    first(
        disk,
        [
            (
                target.removable.is_some()
                    && bus != DiskBus::Usb
                    && (bus, device) != (DiskBus::Scsi, DiskDevice::Disk),
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
    )
}

/// What the disk says of itself is what its bus can carry.
fn check_identity_bus(disk: &Disk) -> Result<(), DiskError> {
    let bus = disk.target.bus.unwrap_or_default();
    let device = disk.device.unwrap_or_default();
    first(
        disk,
        [
            (
                disk.wwn.is_some() && !matches!(bus, DiskBus::Ide | DiskBus::Scsi),
                DiskRule::WwnBus,
            ),
            (
                disk.vendor.is_some() && bus != DiskBus::Scsi,
                DiskRule::VendorBus,
            ),
            (
                disk.product.is_some()
                    && !matches!(bus, DiskBus::Ide | DiskBus::Sata | DiskBus::Scsi),
                DiskRule::ProductBus,
            ),
            (
                disk.serial.is_some() && bus == DiskBus::Sd,
                DiskRule::SerialBus,
            ),
            (
                disk.serial.is_some() && (bus, device) == (DiskBus::Scsi, DiskDevice::Lun),
                DiskRule::LunSerial,
            ),
            (
                disk.serial
                    .as_deref()
                    .is_some_and(|serial| !serial.chars().all(is_safe)),
                DiskRule::Serial,
            ),
        ],
    )
}

/// Rotation, medium and geometry are what its bus can show.
fn check_shape(disk: &Disk) -> Result<(), DiskError> {
    let bus = disk.target.bus.unwrap_or_default();
    let device = disk.device.unwrap_or_default();
    let rotates = disk.target.rotation_rate.is_some();
    let geometry = disk.geometry.as_ref();
    first(
        disk,
        [
            (
                rotates && !matches!(bus, DiskBus::Ide | DiskBus::Scsi | DiskBus::Sata),
                DiskRule::RotationBus,
            ),
            (
                rotates && device != DiskDevice::Disk,
                DiskRule::RotationDevice,
            ),
            (
                bus == DiskBus::Usb && source_is_empty(&disk.source),
                DiskRule::UsbEmpty,
            ),
            (
                geometry.is_some() && matches!(bus, DiskBus::Usb | DiskBus::Sd),
                DiskRule::GeometryBus,
            ),
            (
                geometry.is_some_and(|geometry| geometry.trans.is_some()) && bus != DiskBus::Ide,
                DiskRule::GeometryTranslation,
            ),
        ],
    )
}

/// A LUN is the device itself: nothing of it can be made up.
fn check_lun(disk: &Disk) -> Result<(), DiskError> {
    let iscsi = matches!(&disk.source, DiskSource::Network(network) if network.protocol == NetworkProtocol::Iscsi);
    let device = iscsi
        || match &disk.source {
            DiskSource::Block(_) => true,
            DiskSource::Volume(volume) => volume.pool.is_some(),
            _ => false,
        };
    let driver = disk.driver.as_deref();
    let format = driver.and_then(|driver| driver.format);
    let common = disk.source.common();
    let encryption = disk.image_encryption();
    first(
        disk,
        [
            (!device, DiskRule::LunSource),
            (
                format.is_some_and(|format| format != DiskFormat::Raw),
                DiskRule::LunFormat,
            ),
            (
                common.is_some_and(|common| !common.slices.is_empty()),
                DiskRule::LunSlice,
            ),
            (
                encryption.is_some_and(|it| it.format != EncryptionFormat::Default),
                DiskRule::LunEncryption,
            ),
            (
                driver.and_then(|driver| driver.copy_on_read) == Some(true),
                DiskRule::LunCopyOnRead,
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
