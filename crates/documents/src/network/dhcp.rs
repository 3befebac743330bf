//! `<dhcp>`: who gets which address, and what is booted.

use xml::Xml;

/// What DHCP answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Dhcp {
    /// Addresses that are given to whoever asks.
    #[xml(child = "range")]
    pub ranges: Vec<DhcpRange>,
    /// Addresses that are kept for guests that are known.
    #[xml(child = "host", since = "0.4.5")]
    pub hosts: Vec<DhcpHost>,
    /// What a guest that boots from the network loads.
    #[xml(child, since = "0.7.2")]
    pub bootp: Option<Bootp>,
}

/// Addresses for anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DhcpRange {
    /// The first one.
    #[xml(attribute, required, schema = "crate::pattern::IP")]
    pub start: String,
    /// The last one.
    #[xml(attribute, required, schema = "crate::pattern::IP")]
    pub end: String,
    /// How long such an address is lent.
    #[xml(child, since = "6.3.0")]
    pub lease: Option<DhcpLease>,
}

/// How long an address is lent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "6.3.0")]
pub struct DhcpLease {
    /// The number; 0 is forever.
    #[xml(attribute, required)]
    pub expiry: u32,
    /// `seconds`, `minutes`, `hours`.
    #[xml(
        attribute,
        schema_words = "seconds minutes hours",
        default = "`minutes`"
    )]
    pub unit: Option<String>,
}

/// An address for somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@mac | @id | @name")]
#[xml(rule = "@mac ^ @id")]
pub struct DhcpHost {
    /// By MAC address.
    #[xml(
        attribute,
        schema = "crate::pattern::UNICAST_MAC",
        absent = "the host is known by another part"
    )]
    pub mac: Option<String>,
    /// By DHCPv6 identity.
    #[xml(
        attribute,
        schema = "crate::pattern::DUID",
        since = "1.0.3",
        absent = "the host is known by another part"
    )]
    pub id: Option<String>,
    /// The name that the host is given.
    #[xml(attribute, absent = "the host has none")]
    pub name: Option<String>,
    /// The address that is kept for it.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub ip: Option<String>,
    /// How long the address is lent.
    #[xml(child)]
    pub lease: Option<DhcpLease>,
}

/// What is booted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bootp {
    /// The path of the program on the server.
    #[xml(attribute, required, schema = "crate::pattern::NOT_EMPTY")]
    pub file: String,
    /// The TFTP server that has it.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        since = "0.7.3",
        absent = "the host itself"
    )]
    pub server: Option<String>,
}
