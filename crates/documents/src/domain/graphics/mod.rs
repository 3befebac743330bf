//! `<graphics>`: graphical displays on the host.

mod dbus;
mod gl;
mod listen;
mod local;
mod password;
mod rdp;
mod spice;
mod vnc;

pub use dbus::*;
pub use gl::*;
pub use listen::*;
pub use local::*;
pub use password::*;
pub use rdp::*;
pub use spice::*;
pub use vnc::*;

use xml::Xml;

/// A graphical display.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(name = "graphics", tag = "type", required)]
pub enum Graphics {
    /// A window of the host.
    Sdl(SdlGraphics),
    /// A server of VNC (RFC 6143).
    Vnc(VncGraphics),
    /// A server of Microsoft's Remote Desktop Protocol.
    #[xml(since = "0.6.4")]
    Rdp(RdpGraphics),
    /// A window of VirtualBox.
    #[xml(since = "0.6.4")]
    Desktop(DesktopGraphics),
    /// A server of SPICE.
    #[xml(since = "0.8.6")]
    Spice(SpiceGraphics),
    /// Drawing with OpenGL for other displays, without one of its own.
    #[xml(since = "4.6.0")]
    EglHeadless(EglHeadlessGraphics),
    /// An object on a bus of D-Bus, for clients on this host.
    #[xml(since = "8.4.0")]
    Dbus(DbusGraphics),
}

impl Default for Graphics {
    fn default() -> Self {
        Self::Vnc(VncGraphics::default())
    }
}
