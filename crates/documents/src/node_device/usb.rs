//! USB devices of the host.

use xml::Xml;

use super::pci::DeviceId;

/// A USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct UsbDeviceCapability {
    /// The number of the bus that it is on.
    #[xml(text_child, schema_required)]
    pub bus: u32,
    /// Its number there.
    #[xml(text_child, schema_required)]
    pub device: u32,
    /// The number and the name of its product.
    #[xml(child, schema_required)]
    pub product: Option<DeviceId>,
    /// The number and the name of its vendor.
    #[xml(child, schema_required)]
    pub vendor: Option<DeviceId>,
}

/// An interface of a USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct UsbCapability {
    /// The number of the interface in its device (USB: bInterfaceNumber).
    #[xml(text_child, schema_required)]
    pub number: u32,
    /// What it is for (USB: bInterfaceClass).
    #[xml(text_child, schema_required)]
    pub class: u32,
    /// What of that it is for (USB: bInterfaceSubClass).
    #[xml(text_child, schema_required)]
    pub subclass: u32,
    /// How it is spoken to (USB: bInterfaceProtocol).
    #[xml(text_child, schema_required)]
    pub protocol: u32,
    /// What that is.
    #[xml(text_child, absent = "there is none")]
    pub description: Option<String>,
}
