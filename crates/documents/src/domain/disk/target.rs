//! `<target>` of disks: where the guest sees it.

use xml::{Xml, XmlEnum};

/// Where the guest sees the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DiskTarget {
    /// The name: `vda`. A hint for the place on the bus.
    #[xml(attribute, schema_required, schema = "crate::pattern::DISK_NAME")]
    pub dev: Option<String>,
    /// The bus.
    #[xml(
        attribute,
        since = "0.4.3",
        absent = "the driver chooses by the kind of disk and its name: `vda` is on `virtio`"
    )]
    pub bus: Option<DiskBus>,
    /// Whether the tray is open.
    #[xml(attribute, since = "0.9.11", default = "`closed`")]
    pub tray: Option<Tray>,
    /// Whether the guest is told that it can be taken out, of USB disks.
    #[xml(attribute, on_off, since = "1.1.3", default = "`off`")]
    pub removable: Option<bool>,
    /// Rotations per minute; 1 is a solid state disk.
    #[xml(
        attribute = "rotation_rate",
        since = "7.3.0",
        schema = "crate::pattern::POSITIVE",
        absent = "the guest is not told"
    )]
    pub rotation_rate: Option<u32>,
}

/// A disk's bus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskBus {
    /// IDE.
    #[default]
    Ide,
    /// Floppy disk controller.
    Fdc,
    /// SCSI.
    Scsi,
    /// virtio.
    Virtio,
    /// Xen.
    Xen,
    /// USB.
    Usb,
    /// User Mode Linux.
    #[xml(since = "0.4.5")]
    Uml,
    /// SATA.
    #[xml(since = "0.9.7")]
    Sata,
    /// SD card.
    #[xml(since = "1.1.2")]
    Sd,
    /// NVMe.
    #[xml(since = "11.5.0", schema_absent)]
    Nvme,
}

/// Whether the tray is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Tray {
    /// Closed.
    #[default]
    Closed,
    /// Open.
    Open,
}
