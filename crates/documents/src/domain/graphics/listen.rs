//! `<listen>`: where a display waits for clients.

use xml::Xml;

/// Where a display waits for clients.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(tag = "type", required)]
pub enum Listen {
    /// Nowhere.
    #[default]
    #[xml(since = "2.0.0")]
    None,
    /// An address.
    Address(ListenAddress),
    /// An address of a virtual network.
    Network(ListenNetwork),
    /// A socket.
    #[xml(since = "2.0.0")]
    Socket(ListenSocket),
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ListenAddress {
    /// The address.
    #[xml(
        attribute,
        schema = "crate::pattern::HOST",
        absent = "the driver's configuration decides; as a rule, the host itself alone",
        lax = "empty"
    )]
    pub address: Option<String>,
    /// What migration found, of a status file.
    #[xml(attribute, schema_absent, since = "1.1.0", default = "0")]
    pub from_config: Option<String>,
}

/// An address of a virtual network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ListenNetwork {
    /// The address found, of a running domain.
    #[xml(
        attribute,
        schema = "crate::pattern::HOST",
        absent = "the domain is not running",
        lax = "empty"
    )]
    pub address: Option<String>,
    /// The network.
    #[xml(attribute, schema_required, lax = "empty")]
    pub network: Option<String>,
}

/// A socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ListenSocket {
    /// The socket.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the driver makes one below the domain's folder"
    )]
    pub socket: Option<String>,
    /// Whether the path came from the driver's configuration, of a status file.
    #[xml(attribute, schema_absent, since = "3.2.0", default = "`no`")]
    pub auto_generated: Option<String>,
}
