//! `<ip>` and `<route>`: addresses and routes of an interface.

use xml::{Xml, XmlEnum};

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceIp {
    /// The address.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::IP",
        missing = "Content"
    )]
    pub address: String,
    /// `ipv4` or `ipv6`.
    #[xml(attribute, lax, absent = "the address's form says it")]
    pub family: Option<IpFamily>,
    /// Bits of the network.
    #[xml(
        attribute,
        fault = "Content",
        absent = "the address's class, of IPv4; 64, of IPv6"
    )]
    pub prefix: Option<u32>,
    /// The other end of a point-to-point link.
    #[xml(
        attribute,
        since = "2.1.0",
        schema = "crate::pattern::IP",
        absent = "there is none"
    )]
    pub peer: Option<String>,
}

/// A family of addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum IpFamily {
    /// IPv4.
    #[default]
    Ipv4,
    /// IPv6.
    Ipv6,
}

/// A route.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.2.12")]
pub struct InterfaceRoute {
    /// `ipv4` or `ipv6`.
    #[xml(
        attribute,
        default = "`ipv4`",
        fault = "Content",
        origin = "crate::origin::NETWORK"
    )]
    pub family: Option<IpFamily>,
    /// The destination.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub address: Option<String>,
    /// Its mask.
    #[xml(
        attribute,
        schema = "crate::pattern::IPV4",
        absent = "as `prefix` says"
    )]
    pub netmask: Option<String>,
    /// Its bits.
    #[xml(attribute, absent = "as `netmask` says, or all bits")]
    pub prefix: Option<u32>,
    /// The gateway.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub gateway: Option<String>,
    /// The metric.
    #[xml(attribute, absent = "the host's kernel decides", positive)]
    pub metric: Option<u32>,
}
