//! `<disk>`: disks, CD-ROMs, floppy disks.

mod backing_store;
mod driver;
mod format;
mod geometry;
mod iotune;
mod mirror;
mod target;

pub use backing_store::*;
pub use driver::*;
pub use format::*;
pub use geometry::*;
pub use iotune::*;
pub use mirror::*;
pub use target::*;

use xml::{Xml, XmlEnum};

use super::{Auth, DeviceInfo, DiskSource, Encryption};

/// A disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "disk", since = "0.0.3")]
#[xml(rule = "@type='network|vhostuser' => source")]
#[xml(rule = "@device!='lun' => no @rawio, @sgio")]
#[xml(rule = "@device='lun' => @type='network|block|volume'")]
#[xml(rule = "iotune ^ throttlefilters")]
#[xml(rule = "@type='vhostvdpa' => source")]
pub struct Disk {
    /// What the guest sees.
    #[xml(attribute, since = "0.1.4", default = "`disk`")]
    pub device: Option<DiskDevice>,
    /// The model, of a virtio disk.
    #[xml(attribute, since = "5.2.0", absent = "the bus decides")]
    pub model: Option<DiskModel>,
    /// Whether the process may do raw I/O, of a LUN.
    #[xml(attribute, yes_no, since = "0.9.10", default = "`no`")]
    pub rawio: Option<bool>,
    /// Which SCSI commands a LUN passes on.
    #[xml(attribute, since = "1.0.2", default = "`filtered`")]
    pub sgio: Option<Sgio>,
    /// What a snapshot does with it.
    #[xml(attribute, since = "0.9.5", default = "`no` where it can only be read")]
    pub snapshot: Option<DiskSnapshot>,
    /// How QEMU runs it.
    #[xml(child, omit_empty, since = "0.1.8")]
    pub driver: Option<Box<DiskDriver>>,
    /// Who logs in, when said outside the source.
    #[xml(child, since = "0.9.7")]
    pub auth: Option<Auth>,
    /// Where the image is.
    #[xml(flatten, lead)]
    pub source: DiskSource,
    /// The image below this one; empty at the end of the chain.
    #[xml(child, since = "1.2.4")]
    pub backing_store: Option<Box<BackingStore>>,
    /// The domain that provides the device, of Xen.
    #[xml(
        child = "backenddomain",
        attribute = "name",
        lax = "empty",
        schema_required,
        schema = "crate::pattern::LINE",
        since = "1.2.13"
    )]
    pub backenddomain: Option<String>,
    /// Geometry that the guest is told.
    #[xml(child, since = "0.10.0")]
    pub geometry: Option<Geometry>,
    /// Block sizes that the guest is told.
    #[xml(child, omit_empty, since = "0.10.2")]
    pub blockio: Option<BlockIo>,
    /// The copy that a block job makes, of a running domain.
    #[xml(child, since = "0.9.12", lax)]
    pub mirror: Option<Box<Mirror>>,
    /// Where the guest sees it.
    #[xml(child, schema_required, since = "0.0.3")]
    pub target: DiskTarget,
    /// Limits of I/O.
    #[xml(child, omit_empty, since = "0.9.8")]
    pub iotune: Option<Box<IoTune>>,
    /// Groups of limits that it is in.
    #[xml(
        child = "throttlefilter",
        attribute = "group",
        wrapper = "throttlefilters",
        since = "11.2.0",
        schema_required
    )]
    pub throttlefilters: Vec<String>,
    /// Whether the guest can only read.
    #[xml(present)]
    pub readonly: bool,
    /// Whether several domains may use it.
    #[xml(present, since = "0.1.9")]
    pub shareable: bool,
    /// Whether writes are given up at the end.
    #[xml(child, since = "0.9.5")]
    pub transient: Option<Transient>,
    /// The serial number that the guest sees.
    #[xml(
        text_child,
        schema = "crate::pattern::SERIAL",
        since = "0.7.1",
        absent = "the guest sees none, or one of the hypervisor's"
    )]
    pub serial: Option<String>,
    /// The world wide name that the guest sees.
    #[xml(
        text_child,
        schema = "crate::pattern::WWN",
        absent = "the guest sees none",
        since = "0.10.2"
    )]
    pub wwn: Option<String>,
    /// The vendor that the guest sees.
    #[xml(
        text_child,
        since = "1.0.1",
        schema = "crate::pattern::VENDOR",
        absent = "the hypervisor's"
    )]
    pub vendor: Option<String>,
    /// The product that the guest sees.
    #[xml(
        text_child,
        since = "1.0.1",
        schema = "crate::pattern::PRODUCT",
        absent = "the hypervisor's"
    )]
    pub product: Option<String>,
    /// How the image is encrypted, when said outside the source.
    #[xml(child, since = "0.7.1")]
    pub encryption: Option<Encryption>,
    /// What all devices have.
    #[xml(flatten, schema_without = "master rom")]
    pub info: DeviceInfo,
}

impl Disk {
    /// The encryption of its image; it stands in the source, or, as older documents have it, beside it.
    #[must_use]
    pub fn image_encryption(&self) -> Option<&Encryption> {
        let common = self.source.common();
        let inside = common.and_then(|common| common.encryption.as_ref());
        inside.or(self.encryption.as_ref())
    }
}

/// What the guest sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskDevice {
    /// A disk.
    #[default]
    Disk,
    /// A CD-ROM drive.
    Cdrom,
    /// A floppy disk drive.
    Floppy,
    /// A SCSI device that is passed through.
    #[xml(since = "0.9.10")]
    Lun,
}

/// The model of a virtio disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum DiskModel {
    /// As the bus says.
    #[default]
    Virtio,
    /// virtio 0.9.
    VirtioTransitional,
    /// virtio 1.0 only.
    VirtioNonTransitional,
    /// A USB mass storage device without a bus of its own.
    #[xml(since = "11.5.0", schema_absent)]
    UsbStorage,
    /// A USB mass storage device with a bus of its own.
    #[xml(since = "11.5.0", schema_absent)]
    UsbBot,
}

/// Which SCSI commands a LUN passes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Sgio {
    /// Those that the kernel lets through.
    #[default]
    Filtered,
    /// All.
    Unfiltered,
}

/// What a snapshot does with the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum DiskSnapshot {
    /// Nothing.
    #[default]
    No,
    /// A snapshot inside the image.
    Internal,
    /// A new image on top.
    External,
    /// Something outside libvirt.
    #[xml(since = "8.2.0")]
    Manual,
}

/// Whether writes are given up at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Transient {
    /// Whether several domains share the image below.
    #[xml(attribute, yes_no, since = "7.4.0", default = "`no`")]
    pub share_backing: Option<bool>,
}
