//! `<graphics>`: graphical displays on the host.

use xml::{Xml, XmlEnum};

use crate::UtcTime;

/// A graphical display.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(name = "graphics", tag = "type", required)]
pub enum Graphics {
    /// A window of the host.
    Sdl(SdlGraphics),
    /// VNC.
    Vnc(VncGraphics),
    /// RDP.
    #[xml(since = "0.6.4")]
    Rdp(RdpGraphics),
    /// VirtualBox's desktop.
    #[xml(since = "0.6.4")]
    Desktop(DesktopGraphics),
    /// SPICE.
    #[xml(since = "0.8.6")]
    Spice(SpiceGraphics),
    /// OpenGL without a window.
    #[xml(since = "4.6.0")]
    EglHeadless(EglHeadlessGraphics),
    /// D-Bus.
    #[xml(since = "8.4.0")]
    Dbus(DbusGraphics),
}

impl Default for Graphics {
    fn default() -> Self {
        Self::Vnc(VncGraphics::default())
    }
}

/// A window of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SdlGraphics {
    /// The X display.
    #[xml(attribute, absent = "that of the session that starts the hypervisor")]
    pub display: Option<String>,
    /// The X authority file.
    #[xml(
        attribute,
        absent = "that of the session that starts the hypervisor",
        since = "0.4.5"
    )]
    pub xauth: Option<String>,
    /// Whether it covers the screen.
    #[xml(attribute, yes_no, since = "0.6.0", default = "`no`")]
    pub fullscreen: Option<bool>,
    /// OpenGL.
    #[xml(child, since = "4.4.0")]
    pub gl: Option<GraphicsGl>,
}

/// VNC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VncGraphics {
    /// The socket, in place of a port.
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
    /// The keyboard's layout.
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

/// A password and what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GraphicsPassword {
    /// The password.
    #[xml(
        attribute,
        since = "0.1.10",
        absent = "the driver's configuration decides; as a rule, there is none"
    )]
    pub passwd: Option<String>,
    /// When it ends.
    #[xml(
        attribute,
        fault = "Internal",
        since = "0.8.6",
        absent = "it does not end"
    )]
    pub passwd_valid_to: Option<UtcTime>,
    /// What becomes of a connection when the password changes.
    #[xml(
        attribute,
        fault = "Unsupported",
        since = "0.9.4",
        absent = "the hypervisor decides"
    )]
    pub connected: Option<PasswordConnected>,
}

/// What becomes of a connection when the password changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum PasswordConnected {
    /// It fails.
    #[default]
    Fail,
    /// It is cut.
    Disconnect,
    /// It goes on.
    Keep,
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

/// RDP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct RdpGraphics {
    /// The port.
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
    /// Who may log in.
    #[xml(attribute, since = "11.1.0", absent = "clients are not asked")]
    pub username: Option<String>,
    /// The password.
    #[xml(attribute, since = "11.1.0", absent = "clients are not asked")]
    pub passwd: Option<String>,
    /// Where it waits for clients.
    #[xml(child = "listen", since = "0.9.4")]
    pub listens: Vec<Listen>,
}

/// VirtualBox's desktop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DesktopGraphics {
    /// The X display.
    #[xml(attribute, absent = "that of the session that starts the hypervisor")]
    pub display: Option<String>,
    /// Whether it covers the screen.
    #[xml(attribute, yes_no, default = "`no`")]
    pub fullscreen: Option<bool>,
}

/// SPICE.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SpiceGraphics {
    /// The port; -1 is any.
    #[xml(
        attribute,
        fault = "Internal",
        since = "0.8.6",
        absent = "there is none, or one is found with `autoport`"
    )]
    pub port: Option<i32>,
    /// The port with TLS; -1 is any.
    #[xml(
        attribute,
        absent = "there is none, or one is found with `autoport` where the driver's configuration has TLS"
    )]
    pub tls_port: Option<i32>,
    /// Whether the ports are found at start.
    #[xml(attribute, yes_no, lax, default = "`yes` without a port, else `no`")]
    pub autoport: Option<bool>,
    /// The address, as old clients look for it.
    #[xml(
        attribute,
        schema = "crate::pattern::HOST",
        absent = "as the `listen` elements or the driver's configuration say",
        lax = "empty"
    )]
    pub listen: Option<String>,
    /// The keyboard's layout.
    #[xml(attribute, absent = "the client translates keys")]
    pub keymap: Option<String>,
    /// Whether channels are encrypted when nothing else is said.
    #[xml(attribute, since = "0.9.12", default = "`any`")]
    pub default_mode: Option<ChannelMode>,
    /// The password and what becomes of it.
    #[xml(flatten)]
    pub password: GraphicsPassword,
    /// Where it waits for clients.
    #[xml(child = "listen", since = "0.9.4")]
    pub listens: Vec<Listen>,
    /// Whether single channels are encrypted.
    #[xml(child = "channel")]
    pub channels: Vec<SpiceChannel>,
    /// How images are compressed.
    #[xml(
        child = "image",
        attribute = "compression",
        schema_required,
        since = "0.9.1"
    )]
    pub image: Option<ImageCompression>,
    /// How photographs are compressed.
    #[xml(
        child = "jpeg",
        attribute = "compression",
        schema_required,
        since = "0.9.1"
    )]
    pub jpeg: Option<SlowCompression>,
    /// How images are compressed over a slow line.
    #[xml(
        child = "zlib",
        attribute = "compression",
        schema_required,
        since = "0.9.1"
    )]
    pub zlib: Option<SlowCompression>,
    /// Whether sound is compressed.
    #[xml(
        child = "playback",
        attribute = "compression",
        on_off,
        schema_required,
        since = "0.9.1"
    )]
    pub playback: Option<bool>,
    /// Whether videos are found and compressed.
    #[xml(
        child = "streaming",
        attribute = "mode",
        schema_required,
        since = "0.9.2"
    )]
    pub streaming: Option<StreamingMode>,
    /// Who draws the mouse.
    #[xml(
        child = "mouse",
        attribute = "mode",
        schema_required,
        since = "0.9.11",
        absent = "the hypervisor decides"
    )]
    pub mouse: Option<MouseMode>,
    /// Whether the clipboard is shared.
    #[xml(
        child = "clipboard",
        attribute = "copypaste",
        yes_no,
        schema_required,
        since = "0.9.3",
        default = "`yes`"
    )]
    pub clipboard: Option<bool>,
    /// Whether files may be sent to the guest.
    #[xml(
        child = "filetransfer",
        attribute = "enable",
        yes_no,
        schema_required,
        since = "1.2.2",
        default = "`yes`"
    )]
    pub filetransfer: Option<bool>,
    /// OpenGL.
    #[xml(child, since = "1.3.3")]
    pub gl: Option<GraphicsGl>,
}

/// Whether a channel is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ChannelMode {
    /// As the client likes.
    #[default]
    Any,
    /// Yes.
    Secure,
    /// No.
    Insecure,
}

/// Whether one channel is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SpiceChannel {
    /// The channel.
    #[xml(attribute, required)]
    pub name: SpiceChannelName,
    /// Whether it is encrypted.
    #[xml(attribute, required)]
    pub mode: ChannelMode,
}

/// A channel of SPICE.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SpiceChannelName {
    /// The main one.
    #[default]
    Main,
    /// The screen.
    Display,
    /// Keyboard and mouse.
    Inputs,
    /// The cursor.
    Cursor,
    /// Sound out.
    Playback,
    /// Sound in.
    Record,
    /// Smart cards.
    #[xml(since = "0.8.8")]
    Smartcard,
    /// USB.
    #[xml(since = "0.9.12")]
    Usbredir,
}

/// How images are compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ImageCompression {
    /// GLZ or Quic by the image.
    #[default]
    #[xml("auto_glz")]
    AutoGlz,
    /// LZ or Quic by the image.
    #[xml("auto_lz")]
    AutoLz,
    /// Quic.
    Quic,
    /// GLZ.
    Glz,
    /// LZ.
    Lz,
    /// Not at all.
    Off,
}

/// Whether a slow line is compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SlowCompression {
    /// When it is slow.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// Whether videos are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum StreamingMode {
    /// Those that look like one.
    #[default]
    Filter,
    /// All.
    All,
    /// None.
    Off,
}

/// Who draws the mouse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MouseMode {
    /// The guest.
    #[default]
    Server,
    /// The client.
    Client,
}

/// OpenGL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.3.3")]
pub struct GraphicsGl {
    /// Whether it is used.
    #[xml(attribute, yes_no, required)]
    pub enable: Option<bool>,
    /// The rendering device.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "3.1.0",
        absent = "the first one of the host that will do"
    )]
    pub rendernode: Option<String>,
}

/// OpenGL without a window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct EglHeadlessGraphics {
    /// OpenGL.
    #[xml(child, omit_empty, since = "4.6.0")]
    pub gl: Option<EglHeadlessGl>,
}

/// Where OpenGL without a window is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct EglHeadlessGl {
    /// The rendering device.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the first one of the host that will do"
    )]
    pub rendernode: Option<String>,
}

/// D-Bus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@p2p ^ @address")]
pub struct DbusGraphics {
    /// Whether clients get connections one by one, without a bus.
    #[xml(attribute, yes_no, since = "8.4.0", default = "`no`")]
    pub p2p: Option<bool>,
    /// The bus.
    #[xml(
        attribute,
        schema = "crate::pattern::NOT_EMPTY",
        since = "8.4.0",
        absent = "the driver starts a bus for the guest"
    )]
    pub address: Option<String>,
    /// What the status file knows of it.
    #[xml(attribute, schema_absent, default = "`no`")]
    pub from_config: Option<String>,
    /// OpenGL.
    #[xml(child, since = "8.4.0")]
    pub gl: Option<GraphicsGl>,
    /// The sound that D-Bus carries.
    #[xml(
        child = "audio",
        attribute = "id",
        required,
        positive,
        since = "8.4.0",
        schema = "crate::pattern::BYTE"
    )]
    pub audio: Option<u32>,
}
