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
