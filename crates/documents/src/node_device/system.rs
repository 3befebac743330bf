//! The machine as a device.

use xml::Xml;

use crate::Uuid;

/// The machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
#[xml(rule = "hardware, firmware")]
pub struct SystemCapability {
    /// Its product.
    #[xml(text_child, absent = "the firmware does not say")]
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
#[xml(block, ordered, absent = "the firmware does not say")]
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
    #[xml(text_child, schema_required)]
    pub uuid: Option<Uuid>,
}

/// The machine's firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block, ordered, absent = "the firmware does not say")]
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
