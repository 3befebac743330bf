//! `<mac>`: the address of a network card.

use xml::{Xml, XmlEnum};

use crate::MacAddress;

/// The MAC address of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceMac {
    /// The address.
    #[xml(
        attribute,
        schema = "crate::pattern::UNICAST_MAC",
        fault = "Content",
        schema_required
    )]
    pub address: MacAddress,
    /// Whether it was made by the driver.
    #[xml(
        attribute = "type",
        since = "6.6.0",
        absent = "the driver of VMware decides by the range"
    )]
    pub kind: Option<MacKind>,
    /// Whether it is checked against VMware's range.
    #[xml(
        attribute,
        yes_no,
        since = "6.6.0",
        absent = "the driver of VMware decides by the range"
    )]
    pub check: Option<bool>,
    /// The address that the guest has given itself, of a running domain.
    #[xml(
        attribute,
        schema = "crate::pattern::UNICAST_MAC",
        since = "11.2.0",
        absent = "it has not changed"
    )]
    pub current_address: Option<MacAddress>,
}

/// Who made a MAC address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MacKind {
    /// The driver.
    #[default]
    Generated,
    /// The document.
    Static,
}
