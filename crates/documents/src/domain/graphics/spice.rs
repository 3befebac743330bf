//! `<graphics type='spice'>`: its channels and how they are compressed.

use xml::{Xml, XmlEnum};

use super::{GraphicsGl, GraphicsPassword, Listen};

/// A server of SPICE.
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
    /// The keyboard's layout: `de`.
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
    /// Whether the guest may draw with OpenGL, for clients on this host.
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
