//! `<device>`: a device of the host.

mod mdev;
mod net;
mod pci;
mod s390;
mod scsi;
mod storage;
mod system;
mod usb;
mod vpd;

use xml::Xml;

pub use mdev::{MdevAttribute, MdevCapability};
pub use net::NetCapability;
pub use pci::{
    DeviceAddress, DeviceId, IommuGroup, MdevType, PciCapability, PciExpress, PciExpressLink,
    PciSubCapability,
};
pub use s390::{
    ApCardCapability, ApMatrixCapability, ApQueueCapability, CcwCapability, CcwDevice,
    CcwGroupCapability, CcwMember, CcwSubCapability, CssCapability, MdevTypes,
};
pub use scsi::{
    CharCapability, RemotePort, ScsiCapability, ScsiHostCapability, ScsiHostSubCapability,
    ScsiTargetCapability,
};
pub use storage::{StorageCapability, StorageSubCapability};
pub use system::{SystemCapability, SystemFirmware, SystemHardware};
pub use usb::{UsbCapability, UsbDeviceCapability};
pub use vpd::{VpdFields, VpdSystemField, VpdVendorField};

/// A device of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "device", since = "0.5.0")]
pub struct NodeDevice {
    /// The name, unique on the host; a device that is to be made has none yet.
    #[xml(text_child, schema_required)]
    pub name: Option<String>,
    /// Its folder in sysfs.
    #[xml(text_child, since = "0.6.1", absent = "the device is not there yet")]
    pub path: Option<String>,
    /// Its nodes.
    #[xml(child = "devnode", since = "3.1.0")]
    pub devnodes: Vec<DevNode>,
    /// The device that it is part of.
    #[xml(child)]
    pub parent: Option<ParentDevice>,
    /// The kernel's driver.
    #[xml(text_child = "name", wrapper = "driver", schema_required)]
    pub driver: Option<String>,
    /// What it is.
    #[xml(child = "capability")]
    pub capabilities: Vec<DeviceCapability>,
}

/// The device that another is part of: its name, or what finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@wwnn => @wwpn")]
#[xml(rule = "@wwpn => @wwnn")]
#[xml(rule = "@wwnn => no @fabric_wwn, #text")]
#[xml(rule = "@fabric_wwn => no #text")]
#[xml(absent = "the name says it")]
pub struct ParentDevice {
    /// The node's name, of a fibre channel adapter.
    #[xml(attribute, schema = "crate::pattern::WWN", since = "3.0.0")]
    pub wwnn: Option<String>,
    /// The port's name.
    #[xml(attribute, schema = "crate::pattern::WWN", since = "3.0.0")]
    pub wwpn: Option<String>,
    /// The fabric's name.
    #[xml(
        attribute = "fabric_wwn",
        schema = "crate::pattern::WWN",
        since = "3.0.0"
    )]
    pub fabric_wwn: Option<String>,
    /// The name.
    #[xml(text, absent = "what finds it is said otherwise")]
    pub name: Option<String>,
}

/// A node of a device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DevNode {
    /// `dev` for the node itself, `link` for a name of it.
    #[xml(attribute = "type", required, schema_words = "dev link")]
    pub kind: String,
    /// The path.
    #[xml(text, absent = "it is empty")]
    pub path: String,
}

/// What a device is.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", required)]
pub enum DeviceCapability {
    /// The machine.
    System(Box<SystemCapability>),
    /// A PCI device.
    Pci(Box<PciCapability>),
    /// A USB device.
    #[xml("usb_device")]
    UsbDevice(Box<UsbDeviceCapability>),
    /// An interface of a USB device.
    Usb(UsbCapability),
    /// A network card.
    Net(Box<NetCapability>),
    /// A SCSI host.
    #[xml("scsi_host")]
    ScsiHost(ScsiHostCapability),
    /// A SCSI target.
    #[xml(name = "scsi_target", since = "0.7.3")]
    ScsiTarget(ScsiTargetCapability),
    /// A SCSI device.
    Scsi(ScsiCapability),
    /// A disk.
    Storage(Box<StorageCapability>),
    /// A generic SCSI device.
    #[xml(name = "scsi_generic", since = "1.1.0")]
    ScsiGeneric(CharCapability),
    /// A graphics device.
    #[xml(since = "3.1.0")]
    Drm(DrmCapability),
    /// A mediated device.
    #[xml(since = "3.4.0")]
    Mdev(Box<MdevCapability>),
    /// A device of a channel of s390.
    #[xml(since = "3.4.0")]
    Ccw(CcwCapability),
    /// Several devices of channels of s390 that are one.
    #[xml(name = "ccwgroup", since = "11.1.0")]
    CcwGroup(Box<CcwGroupCapability>),
    /// A subchannel of s390.
    #[xml(since = "6.9.0")]
    Css(CssCapability),
    /// A vDPA device.
    #[xml(since = "6.9.0")]
    Vdpa(VdpaCapability),
    /// A crypto card of s390.
    #[xml(name = "ap_card", since = "7.0.0")]
    ApCard(ApCardCapability),
    /// A queue of a crypto card.
    #[xml(name = "ap_queue", since = "7.0.0")]
    ApQueue(ApQueueCapability),
    /// What guests may have of crypto cards.
    #[xml(name = "ap_matrix", since = "7.0.0")]
    ApMatrix(ApMatrixCapability),
}

impl Default for DeviceCapability {
    fn default() -> Self {
        Self::System(Box::default())
    }
}

/// A vDPA device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VdpaCapability {
    /// Its character device.
    #[xml(text_child, schema_required, schema = "crate::pattern::NODE_PATH")]
    pub chardev: Option<String>,
}

/// A graphics device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DrmCapability {
    /// `primary`, `control`, `render`.
    #[xml(
        text_child = "type",
        schema_required,
        schema_words = "primary control render"
    )]
    pub kind: Option<String>,
}
