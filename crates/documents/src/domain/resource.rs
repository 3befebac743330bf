//! `<resource>`: where the domain stands among the host's resource groups.

use xml::Xml;

/// The domain's resource partition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Resource {
    /// The partition's path.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the driver's own: `/machine`"
    )]
    pub partition: Option<String>,
    /// The Fibre Channel application ID.
    #[xml(
        child = "fibrechannel",
        attribute = "appid",
        since = "7.7.0",
        schema_required,
        schema = "crate::pattern::APPLICATION"
    )]
    pub fibrechannel: Option<String>,
}
