//! USB devices of the host.

use xml::Xml;

use super::pci::DeviceId;

/// A USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct UsbDeviceCapability {
    /// Its bus.
    #[xml(text_child, schema_required)]
    pub bus: u32,
    /// Its number there.
    #[xml(text_child, schema_required)]
    pub device: u32,
    /// Its product.
    #[xml(child, schema_required)]
    pub product: Option<DeviceId>,
    /// Its vendor.
    #[xml(child, schema_required)]
    pub vendor: Option<DeviceId>,
}

/// An interface of a USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct UsbCapability {
    /// Its number.
    #[xml(text_child, schema_required)]
    pub number: u32,
    /// Its class.
    #[xml(text_child, schema_required)]
    pub class: u32,
    /// Its subclass.
    #[xml(text_child, schema_required)]
    pub subclass: u32,
    /// Its protocol.
    #[xml(text_child, schema_required)]
    pub protocol: u32,
    /// What that is.
    #[xml(text_child, absent = "there is none")]
    pub description: Option<String>,
}
