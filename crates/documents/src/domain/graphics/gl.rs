//! `<gl>`: OpenGL for a display.

use xml::Xml;

/// OpenGL for the guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.3.3")]
pub struct GraphicsGl {
    /// Whether the guest may draw with OpenGL.
    #[xml(attribute, yes_no, required)]
    pub enable: Option<bool>,
    /// The path of the device of the host that draws.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "3.1.0",
        absent = "the first one of the host that will do"
    )]
    pub rendernode: Option<String>,
}
