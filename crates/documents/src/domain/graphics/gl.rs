//! `<gl>`: OpenGL for a display.

use xml::Xml;

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
