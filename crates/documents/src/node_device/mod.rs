//! `<device>`: a device of the host.

use xml::Xml;

use crate::Uuid;
use crate::domain::PciAddress;

/// A device of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "device")]
pub struct NodeDevice {
    /// The name, unique on the host; a device that is to be made has none yet.
    #[xml(text_child)]
    pub name: Option<String>,
    /// Its folder in sysfs.
    #[xml(text_child)]
    pub path: Option<String>,
    /// Its nodes.
    #[xml(child = "devnode")]
    pub devnodes: Vec<DevNode>,
    /// The device that it is part of.
    #[xml(child)]
    pub parent: Option<ParentDevice>,
    /// The kernel's driver.
    #[xml(text_child = "name", wrapper = "driver")]
    pub driver: Option<String>,
    /// What it is.
    #[xml(child = "capability")]
    pub capabilities: Vec<DeviceCapability>,
}

/// The device that another is part of: its name, or what finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ParentDevice {
    /// The node's name, of a fibre channel adapter.
    #[xml(attribute, since = "3.1.0")]
    pub wwnn: Option<String>,
    /// The port's name.
    #[xml(attribute, since = "3.1.0")]
    pub wwpn: Option<String>,
    /// The fabric's name.
    #[xml(attribute = "fabric_wwn", since = "3.1.0")]
    pub fabric_wwn: Option<String>,
    /// The name.
    #[xml(text)]
    pub name: Option<String>,
}

/// A node of a device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DevNode {
    /// `dev` for the node itself, `link` for a name of it.
    #[xml(attribute = "type", required)]
    pub kind: String,
    /// The path.
    #[xml(text)]
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
    #[xml("scsi_target")]
    ScsiTarget(ScsiTargetCapability),
    /// A SCSI device.
    Scsi(ScsiCapability),
    /// A disk.
    Storage(Box<StorageCapability>),
    /// A generic SCSI device.
    #[xml("scsi_generic")]
    ScsiGeneric(CharCapability),
    /// A graphics device.
    Drm(DrmCapability),
    /// A mediated device.
    Mdev(Box<MdevCapability>),
}

impl Default for DeviceCapability {
    fn default() -> Self {
        Self::System(Box::default())
    }
}

/// The machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SystemCapability {
    /// Its product.
    #[xml(text_child)]
    pub product: Option<String>,
    /// Its hardware.
    #[xml(child)]
    pub hardware: SystemHardware,
    /// Its firmware.
    #[xml(child)]
    pub firmware: SystemFirmware,
}

/// The machine's hardware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block)]
pub struct SystemHardware {
    /// The vendor.
    #[xml(text_child)]
    pub vendor: Option<String>,
    /// The version.
    #[xml(text_child)]
    pub version: Option<String>,
    /// The serial number.
    #[xml(text_child)]
    pub serial: Option<String>,
    /// The UUID.
    #[xml(text_child)]
    pub uuid: Option<Uuid>,
}

/// The machine's firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block)]
pub struct SystemFirmware {
    /// The vendor.
    #[xml(text_child)]
    pub vendor: Option<String>,
    /// The version.
    #[xml(text_child)]
    pub version: Option<String>,
    /// The date.
    #[xml(text_child = "release_date")]
    pub release_date: Option<String>,
}

/// A PCI device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct PciCapability {
    /// Its class: `0x020000`.
    #[xml(text_child, hex = 6)]
    pub class: Option<u32>,
    /// Its domain.
    #[xml(text_child)]
    pub domain: u32,
    /// Its bus.
    #[xml(text_child)]
    pub bus: u32,
    /// Its slot.
    #[xml(text_child)]
    pub slot: u32,
    /// Its function.
    #[xml(text_child)]
    pub function: u32,
    /// Its product.
    #[xml(child)]
    pub product: Option<DeviceId>,
    /// Its vendor.
    #[xml(child)]
    pub vendor: Option<DeviceId>,
    /// More of what it is.
    #[xml(child = "capability")]
    pub capabilities: Vec<PciSubCapability>,
    /// The devices that can only be given away together.
    #[xml(child)]
    pub iommu_group: Option<IommuGroup>,
    /// Its NUMA node.
    #[xml(child = "numa", attribute = "node")]
    pub numa: Option<i32>,
}

/// A vendor's or product's number and name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceId {
    /// The number.
    #[xml(attribute, hex = 4)]
    pub id: Option<u32>,
    /// The name.
    #[xml(text)]
    pub name: Option<String>,
}

/// More of what a PCI device is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PciSubCapability {
    /// `phys_function`, `virt_functions`, `mdev_types` …
    #[xml(attribute = "type", required)]
    pub kind: String,
    /// The most virtual functions.
    #[xml(attribute)]
    pub max_count: Option<u32>,
    /// The functions.
    #[xml(child = "address")]
    pub addresses: Vec<PciAddress>,
}

/// The devices that can only be given away together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IommuGroup {
    /// The group's number.
    #[xml(attribute, required)]
    pub number: u32,
    /// The devices.
    #[xml(child = "address")]
    pub addresses: Vec<PciAddress>,
}

/// A USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct UsbDeviceCapability {
    /// Its bus.
    #[xml(text_child)]
    pub bus: u32,
    /// Its number there.
    #[xml(text_child)]
    pub device: u32,
    /// Its product.
    #[xml(child)]
    pub product: Option<DeviceId>,
    /// Its vendor.
    #[xml(child)]
    pub vendor: Option<DeviceId>,
}

/// An interface of a USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct UsbCapability {
    /// Its number.
    #[xml(text_child)]
    pub number: u32,
    /// Its class.
    #[xml(text_child)]
    pub class: u32,
    /// Its subclass.
    #[xml(text_child)]
    pub subclass: u32,
    /// Its protocol.
    #[xml(text_child)]
    pub protocol: u32,
    /// What that is.
    #[xml(text_child)]
    pub description: Option<String>,
}

/// A network card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NetCapability {
    /// The interface.
    #[xml(text_child)]
    pub interface: String,
    /// The MAC address.
    #[xml(text_child)]
    pub address: Option<String>,
    /// The link.
    #[xml(child)]
    pub link: Option<crate::interface::HostLink>,
    /// What the card does for the kernel.
    #[xml(child = "feature", attribute = "name")]
    pub features: Vec<String>,
    /// The kind of network: `80203`, `80211`.
    #[xml(child = "capability", attribute = "type")]
    pub kind: Option<String>,
}

/// A SCSI host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ScsiHostCapability {
    /// Its number.
    #[xml(text_child)]
    pub host: u32,
    /// Its number among those of its device.
    #[xml(text_child = "unique_id")]
    pub unique_id: Option<u32>,
    /// More of what it is.
    #[xml(child = "capability")]
    pub capabilities: Vec<ScsiHostSubCapability>,
}

/// More of what a SCSI host is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ScsiHostSubCapability {
    /// `fc_host`, `vport_ops`.
    #[xml(attribute = "type", required)]
    pub kind: String,
    /// The node's name.
    #[xml(text_child)]
    pub wwnn: Option<String>,
    /// The port's name.
    #[xml(text_child)]
    pub wwpn: Option<String>,
    /// The fabric's name.
    #[xml(text_child = "fabric_wwn")]
    pub fabric_wwn: Option<String>,
    /// The most virtual ports.
    #[xml(text_child = "max_vports")]
    pub max_vports: Option<u32>,
    /// Virtual ports.
    #[xml(text_child)]
    pub vports: Option<u32>,
}

/// A SCSI target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ScsiTargetCapability {
    /// Its name.
    #[xml(text_child)]
    pub target: Option<String>,
}

/// A SCSI device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ScsiCapability {
    /// Its host.
    #[xml(text_child)]
    pub host: u32,
    /// Its bus.
    #[xml(text_child)]
    pub bus: u32,
    /// Its target.
    #[xml(text_child)]
    pub target: u32,
    /// Its unit.
    #[xml(text_child)]
    pub lun: u32,
    /// What it is: `disk`.
    #[xml(text_child = "type")]
    pub kind: Option<String>,
}

/// A disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StorageCapability {
    /// Its node.
    #[xml(text_child)]
    pub block: Option<String>,
    /// Its bus.
    #[xml(text_child)]
    pub bus: Option<String>,
    /// `disk`, `cdrom`, `floppy`.
    #[xml(text_child = "drive_type")]
    pub drive_type: Option<String>,
    /// The model.
    #[xml(text_child)]
    pub model: Option<String>,
    /// The vendor.
    #[xml(text_child)]
    pub vendor: Option<String>,
    /// The serial number.
    #[xml(text_child)]
    pub serial: Option<String>,
    /// The size in bytes.
    #[xml(text_child)]
    pub size: Option<u64>,
    /// Bytes of a block.
    #[xml(text_child = "logical_block_size")]
    pub logical_block_size: Option<u64>,
    /// Blocks.
    #[xml(text_child = "num_blocks")]
    pub num_blocks: Option<u64>,
}

/// A character device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CharCapability {
    /// Its node.
    #[xml(text_child)]
    pub char: Option<String>,
}

/// A graphics device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DrmCapability {
    /// `primary`, `control`, `render`.
    #[xml(text_child = "type")]
    pub kind: Option<String>,
}

/// A mediated device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MdevCapability {
    /// Its type.
    #[xml(child = "type", attribute = "id")]
    pub kind: Option<String>,
    /// When it is started: `auto`, `manual`.
    #[xml(child = "start", attribute = "type")]
    pub start: Option<String>,
    /// Its UUID.
    #[xml(text_child)]
    pub uuid: Option<Uuid>,
    /// The device that it is part of.
    #[xml(text_child = "parent_addr")]
    pub parent_addr: Option<String>,
    /// The devices that can only be given away together.
    #[xml(child)]
    pub iommu_group: Option<IommuGroup>,
    /// What is set on it.
    #[xml(child = "attr")]
    pub attributes: Vec<MdevAttribute>,
}

/// What is set on a mediated device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MdevAttribute {
    /// Its name.
    #[xml(attribute, required)]
    pub name: String,
    /// Its value.
    #[xml(attribute, required)]
    pub value: String,
}
