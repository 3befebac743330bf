//! `<graphics type='rdp'>`.

use xml::Xml;

use super::Listen;

/// A server of RDP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct RdpGraphics {
    /// The TCP port.
    #[xml(attribute, fault = "Internal", absent = "a free one is found at start")]
    pub port: Option<i32>,
    /// Whether the port is found at start.
    #[xml(attribute, yes_no, lax, default = "`yes` without a port, else `no`")]
    pub autoport: Option<bool>,
    /// Whether a client replaces the one before.
    #[xml(attribute, yes_no, default = "`no`")]
    pub replace_user: Option<bool>,
    /// Whether several clients may be connected.
    #[xml(attribute, yes_no, default = "`no`")]
    pub multi_user: Option<bool>,
    /// The address, as old clients look for it.
    #[xml(
        attribute,
        schema = "crate::pattern::HOST",
        absent = "as the `listen` elements or the driver's configuration say",
        lax = "empty"
    )]
    pub listen: Option<String>,
    /// The user's name that clients log in with.
    #[xml(attribute, since = "11.1.0", absent = "clients are not asked")]
    pub username: Option<String>,
    /// The password that clients log in with.
    #[xml(attribute, since = "11.1.0", absent = "clients are not asked")]
    pub passwd: Option<String>,
    /// Where it waits for clients.
    #[xml(child = "listen", since = "0.9.4")]
    pub listens: Vec<Listen>,
}
