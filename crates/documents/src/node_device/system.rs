//! The machine as a device.

use xml::Xml;

use crate::Uuid;

/// The machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
#[xml(rule = "hardware, firmware")]
pub struct SystemCapability {
    /// The name of the product (SMBIOS: type 1).
    #[xml(text_child, absent = "the firmware does not say")]
    pub product: Option<String>,
    /// Who made it, and which one it is (SMBIOS: type 1).
    #[xml(child)]
    pub hardware: SystemHardware,
    /// Who made its firmware, and when (SMBIOS: type 0).
    #[xml(child)]
    pub firmware: SystemFirmware,
}

/// The machine's hardware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block, ordered, absent = "the firmware does not say")]
pub struct SystemHardware {
    /// Who made the machine.
    #[xml(text_child)]
    pub vendor: Option<String>,
    /// The version of the product.
    #[xml(text_child)]
    pub version: Option<String>,
    /// The number of this one.
    #[xml(text_child)]
    pub serial: Option<String>,
    /// The UUID of this one.
    #[xml(text_child, schema_required)]
    pub uuid: Option<Uuid>,
}

/// The machine's firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block, ordered, absent = "the firmware does not say")]
pub struct SystemFirmware {
    /// Who made the firmware.
    #[xml(text_child)]
    pub vendor: Option<String>,
    /// The version of the firmware.
    #[xml(text_child)]
    pub version: Option<String>,
    /// The day of its release, as its maker writes days.
    #[xml(text_child = "release_date")]
    pub release_date: Option<String>,
}
