//! `<graphics>` of types that no client connects to: `sdl`, `desktop`, `egl-headless`.

use xml::Xml;

use super::GraphicsGl;

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
    /// Whether the guest may draw with OpenGL.
    #[xml(child, since = "4.4.0")]
    pub gl: Option<GraphicsGl>,
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

/// OpenGL without a window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct EglHeadlessGraphics {
    /// Where it is drawn.
    #[xml(child, omit_empty, since = "4.6.0")]
    pub gl: Option<EglHeadlessGl>,
}

/// Where OpenGL without a window is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct EglHeadlessGl {
    /// The path of the device of the host that draws.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the first one of the host that will do"
    )]
    pub rendernode: Option<String>,
}
