//! Mediated devices of the host.

use xml::Xml;

use super::pci::IommuGroup;
use crate::Uuid;

/// A mediated device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "type")]
pub struct MdevCapability {
    /// Its type.
    #[xml(child = "type", attribute = "id", schema_required)]
    pub kind: Option<String>,
    /// When it is started: `auto`, `manual`.
    #[xml(
        child = "start",
        attribute = "type",
        schema_absent,
        since = "7.3.0",
        default = "`manual`"
    )]
    pub start: Option<String>,
    /// Its UUID.
    #[xml(text_child, since = "7.3.0", absent = "one is made")]
    pub uuid: Option<Uuid>,
    /// The device that it is part of.
    #[xml(
        text_child = "parent_addr",
        since = "7.3.0",
        absent = "the device is not there yet"
    )]
    pub parent_addr: Option<String>,
    /// The devices that can only be given away together.
    #[xml(child)]
    pub iommu_group: Option<IommuGroup>,
    /// What is set on it.
    #[xml(child = "attr", since = "6.5.0")]
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
