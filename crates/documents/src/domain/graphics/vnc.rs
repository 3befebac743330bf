//! `<graphics type='vnc'>`.

use xml::{Xml, XmlEnum};

use super::{GraphicsPassword, Listen};

/// A server of VNC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VncGraphics {
    /// The path of the socket, in place of a port.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "0.8.8",
        absent = "it waits at a port, unless a `listen` says otherwise"
    )]
    pub socket: Option<String>,
    /// The port; -1 is any.
    #[xml(
        attribute,
        fault = "Internal",
        since = "0.1.4",
        absent = "a free one from 5900 is found at start"
    )]
    pub port: Option<i32>,
    /// Whether the port is found at start.
    #[xml(
        attribute,
        yes_no,
        lax,
        since = "0.4.5",
        default = "`yes` without a port, else `no`"
    )]
    pub autoport: Option<bool>,
    /// The port of web sockets; -1 is any.
    #[xml(
        attribute,
        since = "1.0.6",
        absent = "there are no web sockets",
        schema = "crate::pattern::PORT"
    )]
    pub websocket: Option<i32>,
    /// Whether that was found at start, of a running domain.
    #[xml(attribute, schema_absent, since = "6.0.0", default = "`no`")]
    pub websocket_generated: Option<String>,
    /// The address, as old clients look for it.
    #[xml(
        attribute,
        schema = "crate::pattern::HOST",
        since = "0.1.10",
        absent = "as the `listen` elements or the driver's configuration say",
        lax = "empty"
    )]
    pub listen: Option<String>,
    /// The keyboard's layout: `de`.
    #[xml(attribute, since = "0.2.1", absent = "the client translates keys")]
    pub keymap: Option<String>,
    /// Who else may be connected.
    #[xml(attribute, since = "1.0.6", default = "`allow-exclusive`")]
    pub share_policy: Option<SharePolicy>,
    /// Whether clients may reset the guest and turn it off.
    #[xml(attribute, yes_no, default = "`no`", since = "7.1.0")]
    pub power_control: Option<bool>,
    /// The password and what becomes of it.
    #[xml(flatten)]
    pub password: GraphicsPassword,
    /// Where it waits for clients.
    #[xml(child = "listen", since = "0.9.4")]
    pub listens: Vec<Listen>,
    /// The sound that VNC carries.
    #[xml(
        child = "audio",
        attribute = "id",
        required,
        positive,
        since = "7.2.0",
        schema = "crate::pattern::BYTE"
    )]
    pub audio: Option<u32>,
}

/// Who else may be connected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SharePolicy {
    /// Whom a client that asks for itself alone lets be.
    #[default]
    AllowExclusive,
    /// Nobody may ask for itself alone.
    ForceShared,
    /// Everybody.
    Ignore,
}
