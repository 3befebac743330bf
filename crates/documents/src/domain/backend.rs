//! The host's side of a character device: `type`, `<source>`, `<protocol>`, `<log>`.

use xml::{Xml, XmlEnum};

use super::DeviceSecLabel;

/// The host's side of a character device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct CharacterBackend {
    /// Where it leads.
    #[xml(flatten, lead)]
    pub source: CharacterSource,
    /// What TCP carries; nobody looks at what is said of anything else.
    #[xml(
        child = "protocol",
        attribute = "type",
        once,
        schema_words = "raw telnet telnets tls",
        default = "`raw`",
        since = "0.4.3"
    )]
    pub protocol: Option<String>,
    /// A copy of the output in a file.
    #[xml(child, since = "1.3.3", once, omit_empty)]
    pub log: Option<CharacterLog>,
}

impl CharacterBackend {
    /// What TCP carries, if the document says a word that there is.
    #[must_use]
    pub fn tcp_protocol(&self) -> Option<TcpProtocol> {
        self.protocol.as_deref().and_then(xml::enum_from_name)
    }
}

/// Where a character device leads on the host; a new pseudo terminal when nothing is said.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(
    tag = "type",
    content = "source",
    fault = "Unsupported",
    once,
    default = "`pty`",
    missing = "Content"
)]
pub enum CharacterSource {
    /// Nowhere.
    #[xml(since = "0.4.3")]
    Null,
    /// A virtual console of the hypervisor's window.
    #[xml(since = "0.4.3")]
    Vc,
    /// A new pseudo terminal.
    Pty(PtySource),
    /// A character device of the host.
    #[xml(since = "0.4.3")]
    Dev(PathSource),
    /// A file that the output goes to.
    #[xml(since = "0.4.3")]
    File(OutputSource),
    /// A named pipe.
    #[xml(since = "0.4.3")]
    Pipe(PathSource),
    /// Standard input and output of the hypervisor's process.
    #[xml(since = "0.4.3")]
    Stdio,
    /// UDP.
    #[xml(name = "udp", flatten, since = "0.4.3")]
    Udp(UdpSource),
    /// TCP.
    #[xml(since = "0.4.3")]
    Tcp(TcpSource),
    /// A unix socket.
    #[xml(since = "0.4.3")]
    Unix(UnixSource),
    /// SPICE's agent.
    #[xml(since = "0.8.8")]
    Spicevmc,
    /// A port of SPICE.
    #[xml(since = "1.2.2")]
    Spiceport(ChannelSource),
    /// A null modem of bhyve.
    #[xml(since = "1.2.4")]
    Nmdm(NmdmSource),
    /// QEMU's own agent for the clipboard.
    #[xml(name = "qemu-vdagent", since = "8.4.0")]
    QemuVdAgent(VdAgentSource),
    /// D-Bus.
    #[xml(since = "8.4.0")]
    Dbus(ChannelSource),
}

impl Default for CharacterSource {
    fn default() -> Self {
        Self::Pty(PtySource::default())
    }
}

/// A new pseudo terminal.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct PtySource {
    /// The terminal, of a running domain.
    #[xml(attribute, absent = "the terminal is made at start", since = "0.4.3")]
    pub path: Option<String>,
    /// Labels of this file.
    #[xml(child = "seclabel", since = "0.10.2")]
    pub seclabels: Vec<DeviceSecLabel>,
}

/// A path on the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct PathSource {
    /// The path.
    #[xml(attribute, absent = "an error")]
    pub path: Option<String>,
    /// Labels of this file.
    #[xml(child = "seclabel", since = "0.10.2")]
    pub seclabels: Vec<DeviceSecLabel>,
}

/// A file that the output goes to.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct OutputSource {
    /// The path.
    #[xml(attribute, absent = "an error")]
    pub path: Option<String>,
    /// Whether it goes to the file's end.
    #[xml(attribute, on_off, since = "1.3.1", default = "`off`")]
    pub append: Option<bool>,
    /// Labels of this file.
    #[xml(child = "seclabel", since = "0.10.2")]
    pub seclabels: Vec<DeviceSecLabel>,
}

/// UDP's two ends.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct UdpSource {
    /// The end to receive at and the one to send to.
    #[xml(child = "source")]
    pub ends: Vec<UdpEnd>,
}

/// One end of UDP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct UdpEnd {
    /// Which one.
    #[xml(attribute, default = "`connect`", schema = "crate::pattern::ANY")]
    pub mode: SocketMode,
    /// The address.
    #[xml(
        attribute,
        absent = "it is any address to receive at, and the host itself to send to"
    )]
    pub host: Option<String>,
    /// The port or service.
    #[xml(attribute, absent = "an error of the end to send to")]
    pub service: Option<String>,
}

/// Who waits for whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SocketMode {
    /// The other end waits.
    #[default]
    Connect,
    /// This end waits.
    Bind,
}

/// TCP.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct TcpSource {
    /// Who waits for whom.
    #[xml(attribute, default = "`connect`", schema = "crate::pattern::ANY")]
    pub mode: SocketMode,
    /// The address.
    #[xml(attribute, absent = "an error")]
    pub host: Option<String>,
    /// The port or service.
    #[xml(attribute, absent = "an error")]
    pub service: Option<String>,
    /// Whether it is encrypted.
    #[xml(
        attribute,
        yes_no,
        since = "2.4.0",
        absent = "the driver's configuration decides"
    )]
    pub tls: Option<bool>,
    /// Whether a lost connection is made again.
    #[xml(child, since = "3.7.0")]
    pub reconnect: Option<Reconnect>,
    /// Labels of this socket.
    #[xml(child = "seclabel", since = "0.10.2")]
    pub seclabels: Vec<DeviceSecLabel>,
}

/// A unix socket.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct UnixSource {
    /// Who waits for whom.
    #[xml(attribute, default = "`connect`", schema = "crate::pattern::ANY")]
    pub mode: Option<SocketMode>,
    /// The socket.
    #[xml(
        attribute,
        absent = "the driver makes one below the domain's folder where it waits for the client, as for a guest agent"
    )]
    pub path: Option<String>,
    /// Whether a lost connection is made again.
    #[xml(child, since = "3.7.0")]
    pub reconnect: Option<Reconnect>,
    /// Labels of this socket.
    #[xml(child = "seclabel", since = "0.10.2")]
    pub seclabels: Vec<DeviceSecLabel>,
}

/// Whether a lost connection is made again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@enabled")]
pub struct Reconnect {
    /// Whether it is.
    #[xml(attribute, yes_no, since = "3.7.0", default = "`no`")]
    pub enabled: Option<bool>,
    /// Seconds between attempts.
    #[xml(
        attribute,
        since = "3.7.0",
        absent = "a lost connection is not made again"
    )]
    pub timeout: Option<u32>,
}

/// A named channel.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct ChannelSource {
    /// The name.
    #[xml(attribute, absent = "an error")]
    pub channel: Option<String>,
}

/// A null modem of bhyve.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "an error")]
pub struct NmdmSource {
    /// The guest's end.
    #[xml(attribute, since = "1.2.4")]
    pub master: Option<String>,
    /// The host's end.
    #[xml(attribute, since = "1.2.4")]
    pub slave: Option<String>,
}

/// QEMU's own agent.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "it is off")]
pub struct VdAgentSource {
    /// Whether the clipboard is shared.
    #[xml(
        child = "clipboard",
        attribute = "copypaste",
        yes_no,
        required,
        since = "8.4.0",
        default = "`no`"
    )]
    pub clipboard: Option<bool>,
    /// Who draws the mouse.
    #[xml(
        child = "mouse",
        attribute = "mode",
        required,
        since = "8.4.0",
        absent = "the hypervisor decides"
    )]
    pub mouse: Option<super::MouseMode>,
}

/// What TCP carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TcpProtocol {
    /// Nothing around the data.
    #[default]
    Raw,
    /// Telnet.
    Telnet,
    /// Telnet with TLS.
    #[xml(since = "0.8.5")]
    Telnets,
    /// TLS.
    #[xml(since = "0.8.5")]
    Tls,
}

/// A copy of the output in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CharacterLog {
    /// The file.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", schema_required)]
    pub file: Option<String>,
    /// Whether it goes to the file's end.
    #[xml(attribute, on_off, default = "`off`")]
    pub append: Option<bool>,
}
