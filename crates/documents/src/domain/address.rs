//! `<address>`: where a device sits.

use std::fmt;

use xml::{Xml, XmlEnum};

/// Where a device sits.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", required, since = "0.7.6")]
pub enum Address {
    /// On a PCI bus.
    Pci(PciAddress),
    /// On a disk controller.
    Drive(DriveAddress),
    /// On a virtio serial controller.
    #[xml(since = "0.7.7")]
    VirtioSerial(VirtioSerialAddress),
    /// On a smart card controller.
    #[xml(since = "0.8.8")]
    Ccid(CcidAddress),
    /// On a USB bus.
    #[xml(since = "0.9.5")]
    Usb(UsbAddress),
    /// On a pSeries VIO bus.
    #[xml(since = "0.9.9")]
    SpaprVio(SpaprVioAddress),
    /// On an s390 virtio bus, which is no more.
    #[xml(since = "0.10.0")]
    VirtioS390,
    /// On an s390 channel.
    #[xml(since = "1.0.4")]
    Ccw(CcwAddress),
    /// On a virtio MMIO slot.
    #[xml(since = "1.1.3")]
    VirtioMmio,
    /// On the ISA bus.
    #[xml(since = "1.2.1")]
    Isa(IsaAddress),
    /// In a memory slot.
    #[xml(since = "1.2.14")]
    Dimm(DimmAddress),
    /// Nowhere: the device is kept for the host alone.
    #[xml(since = "6.0.0")]
    Unassigned,
}

impl Default for Address {
    fn default() -> Self {
        Self::Pci(PciAddress::default())
    }
}

/// An address on a PCI bus. All zero means that one is to be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Xml)]
#[xml(absent = "the driver finds an address when none of the four is said, and it is 0 otherwise")]
pub struct PciAddress {
    /// The domain.
    #[xml(attribute, hex = 4)]
    pub domain: u32,
    /// The bus: the index of the controller that provides it.
    #[xml(attribute, hex = 2, schema = "crate::pattern::PCI_BUS")]
    pub bus: u32,
    /// The slot.
    #[xml(attribute, hex = 2, schema = "crate::pattern::PCI_SLOT")]
    pub slot: u32,
    /// The function.
    #[xml(attribute, hex = 1, schema = "crate::pattern::PCI_FUNCTION")]
    pub function: u32,
    /// Whether other functions of the slot are in use.
    #[xml(attribute, on_off, since = "0.9.7", default = "`off`")]
    pub multifunction: Option<bool>,
    /// The s390 numbers of the device.
    #[xml(child, since = "5.1.0")]
    pub zpci: Option<Zpci>,
}

impl PciAddress {
    /// Whether it says nothing: one is to be found, in whatever function.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.domain == 0 && self.bus == 0 && self.slot == 0
    }
}

impl fmt::Display for PciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04x}:{:02x}:{:02x}.{:x}",
            self.domain, self.bus, self.slot, self.function
        )
    }
}

/// The s390 numbers of a PCI device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Xml)]
#[xml(absent = "the driver finds a number")]
pub struct Zpci {
    /// The user's number.
    #[xml(attribute, hex = 4)]
    pub uid: Option<u32>,
    /// The function's number.
    #[xml(attribute, hex = 8)]
    pub fid: Option<u32>,
}

/// An address on a disk controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Xml)]
pub struct DriveAddress {
    /// The controller's index.
    #[xml(attribute, default = "0")]
    pub controller: u32,
    /// The bus.
    #[xml(attribute, default = "0")]
    pub bus: u32,
    /// The target.
    #[xml(
        attribute,
        since = "0.9.11",
        default = "0",
        schema = "crate::pattern::DRIVE_TARGET"
    )]
    pub target: u32,
    /// The unit.
    #[xml(attribute, default = "0")]
    pub unit: u32,
}

/// An address on a virtio serial controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Xml)]
pub struct VirtioSerialAddress {
    /// The controller's index.
    #[xml(attribute, schema_required)]
    pub controller: u32,
    /// The bus.
    #[xml(attribute, default = "0")]
    pub bus: u32,
    /// The port; 0 means that one is to be found.
    #[xml(attribute, since = "0.8.2", absent = "a free port is found")]
    pub port: Option<u32>,
}

/// An address on a smart card controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Xml)]
pub struct CcidAddress {
    /// The controller's index.
    #[xml(attribute, schema_required, since = "0.8.8")]
    pub controller: u32,
    /// The slot.
    #[xml(attribute, since = "0.8.8", default = "0")]
    pub slot: u32,
}

/// An address on a USB bus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Xml)]
pub struct UsbAddress {
    /// The bus: the index of the controller.
    #[xml(attribute, schema_required, schema = "crate::pattern::USB_PLACE")]
    pub bus: u32,
    /// The ports from the root hub on: `1.2.1`.
    #[xml(
        attribute,
        schema = "crate::pattern::USB_PORT",
        absent = "a free port is found"
    )]
    pub port: Option<String>,
    /// The number of a device on the host.
    #[xml(
        attribute,
        any_base,
        absent = "the address is one in the guest, which has no such number"
    )]
    pub device: Option<u32>,
}

/// An address on a pSeries VIO bus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Xml)]
pub struct SpaprVioAddress {
    /// The register.
    #[xml(
        attribute,
        hex = 8,
        since = "0.9.9",
        absent = "the driver finds a register"
    )]
    pub reg: Option<u64>,
}

/// An address on an s390 channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Xml)]
#[xml(rule = "@cssid => @ssid, @devno")]
#[xml(rule = "@ssid => @cssid, @devno")]
#[xml(rule = "@devno => @cssid, @ssid")]
#[xml(absent = "the driver finds an address")]
pub struct CcwAddress {
    /// The channel subsystem.
    #[xml(
        attribute,
        hex = 1,
        schema = "crate::pattern::CCW_CSSID",
        since = "1.0.4"
    )]
    pub cssid: Option<u32>,
    /// The subchannel set.
    #[xml(
        attribute,
        hex = 1,
        schema = "crate::pattern::CCW_SSID",
        since = "1.0.4"
    )]
    pub ssid: Option<u32>,
    /// The device.
    #[xml(
        attribute,
        hex = 4,
        schema = "crate::pattern::CCW_DEVNO",
        since = "1.0.4"
    )]
    pub devno: Option<u32>,
}

/// An address on the ISA bus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Xml)]
#[xml(absent = "the hypervisor's value for the device holds")]
pub struct IsaAddress {
    /// The I/O port.
    #[xml(
        attribute,
        hex = 1,
        schema = "crate::pattern::ISA_PORT",
        since = "1.2.1"
    )]
    pub iobase: Option<u32>,
    /// The interrupt.
    #[xml(
        attribute,
        hex = 1,
        schema = "crate::pattern::ISA_IRQ",
        since = "1.2.1"
    )]
    pub irq: Option<u32>,
}

/// A memory slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Xml)]
pub struct DimmAddress {
    /// The slot.
    #[xml(attribute, required, schema_optional)]
    pub slot: Option<u32>,
    /// The guest's physical address.
    #[xml(attribute, hex = 1, absent = "the hypervisor finds an address")]
    pub base: Option<u64>,
}

/// A kind of address, without the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum AddressKind {
    /// PCI.
    #[default]
    Pci,
    /// USB.
    Usb,
    /// s390 channel.
    Ccw,
}
