//! `<graphics type='dbus'>`.

use xml::Xml;

use super::GraphicsGl;

/// An object on a bus of D-Bus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@p2p ^ @address")]
pub struct DbusGraphics {
    /// Whether clients get connections one by one, without a bus.
    #[xml(attribute, yes_no, since = "8.4.0", default = "`no`")]
    pub p2p: Option<bool>,
    /// The address of the bus, as D-Bus writes it.
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
    /// Whether the guest may draw with OpenGL.
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
