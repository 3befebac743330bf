//! Vital product data of PCI devices.

use xml::Xml;

/// Vital product data. Source: formatnode, "vpd"; PCI Local Bus 3.0, appendix I.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered, since = "7.9.0", absent = "the device does not say")]
#[xml(rule = "@access='readonly' => no asset_tag, system_field")]
#[xml(rule = "@access='readwrite' => no change_level, manufacture_id, part_number, serial_number")]
pub struct VpdFields {
    /// Whether they can be written.
    #[xml(attribute, required, schema_words = "readonly readwrite")]
    pub access: String,
    /// The level of engineering changes.
    #[xml(text_child = "change_level", schema = "crate::pattern::VPD_VALUE")]
    pub change_level: Option<String>,
    /// The manufacturer.
    #[xml(text_child = "manufacture_id", schema = "crate::pattern::VPD_VALUE")]
    pub manufacture_id: Option<String>,
    /// The number of the part.
    #[xml(text_child = "part_number", schema = "crate::pattern::VPD_VALUE")]
    pub part_number: Option<String>,
    /// The serial number.
    #[xml(text_child = "serial_number", schema = "crate::pattern::VPD_VALUE")]
    pub serial_number: Option<String>,
    /// The owner's mark.
    #[xml(text_child = "asset_tag", schema = "crate::pattern::VPD_VALUE")]
    pub asset_tag: Option<String>,
    /// The vendor's own fields.
    #[xml(child = "vendor_field")]
    pub vendor_fields: Vec<VpdVendorField>,
    /// The system's own fields.
    #[xml(child = "system_field")]
    pub system_fields: Vec<VpdSystemField>,
}

/// A vendor's own field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VpdVendorField {
    /// Its index.
    #[xml(attribute, required, schema = "crate::pattern::VPD_VENDOR")]
    pub index: String,
    /// Its value.
    #[xml(text, schema = "crate::pattern::VPD_VALUE", absent = "it is empty")]
    pub value: Option<String>,
}

/// A system's own field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VpdSystemField {
    /// Its index.
    #[xml(attribute, required, schema = "crate::pattern::VPD_SYSTEM")]
    pub index: String,
    /// Its value.
    #[xml(text, schema = "crate::pattern::VPD_VALUE", absent = "it is empty")]
    pub value: Option<String>,
}
