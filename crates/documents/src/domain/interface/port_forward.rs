//! `<portForward>`: ports of the host that lead to the guest.

use xml::{Xml, XmlEnum};

/// Ports of the host that lead to the guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortForward {
    /// The protocol.
    #[xml(attribute, required)]
    pub proto: ForwardProtocol,
    /// The host's address.
    #[xml(
        attribute,
        schema = "crate::pattern::IP",
        absent = "all addresses of the host"
    )]
    pub address: Option<String>,
    /// The host's interface.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        absent = "all interfaces of the host"
    )]
    pub dev: Option<String>,
    /// The ports.
    #[xml(child = "range")]
    pub ranges: Vec<PortRange>,
}

/// A protocol of a port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ForwardProtocol {
    /// TCP.
    #[default]
    Tcp,
    /// UDP.
    Udp,
}

/// Some ports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortRange {
    /// The first one.
    #[xml(
        attribute,
        required,
        positive,
        missing = "Unsupported",
        schema = "crate::pattern::PORT"
    )]
    pub start: u32,
    /// The last one.
    #[xml(
        attribute,
        positive,
        absent = "the first one alone",
        schema = "crate::pattern::PORT"
    )]
    pub end: Option<u32>,
    /// The guest's first one.
    #[xml(
        attribute,
        positive,
        absent = "the same as the host's",
        schema = "crate::pattern::PORT"
    )]
    pub to: Option<u32>,
    /// Whether they are left out.
    #[xml(attribute, yes_no, default = "`no`")]
    pub exclude: Option<bool>,
}
