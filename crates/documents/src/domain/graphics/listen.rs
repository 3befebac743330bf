//! `<listen>`: where a display waits for clients.

use xml::Xml;

/// Where a display waits for clients.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(tag = "type", required)]
pub enum Listen {
    /// Nowhere: a client is handed a connection.
    #[default]
    #[xml(since = "2.0.0")]
    None,
    /// At an address of the host.
    Address(ListenAddress),
    /// At the host's address on a virtual network.
    Network(ListenNetwork),
    /// At a unix socket.
    #[xml(since = "2.0.0")]
    Socket(ListenSocket),
}

/// A display at an address of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ListenAddress {
    /// An address or a name of the host.
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

/// A display at the host's address on a virtual network.
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
    /// The network's name.
    #[xml(attribute, schema_required, lax = "empty")]
    pub network: Option<String>,
}

/// A display at a unix socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ListenSocket {
    /// The path of the socket.
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
