//! Network cards of the host.

use xml::Xml;

/// A network card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct NetCapability {
    /// The interface.
    #[xml(text_child, schema_required)]
    pub interface: String,
    /// The MAC address.
    #[xml(
        text_child,
        schema = "crate::pattern::MAC",
        absent = "the card has none"
    )]
    pub address: Option<String>,
    /// The link.
    #[xml(child, since = "1.2.6")]
    pub link: Option<crate::interface::HostLink>,
    /// What the card does for the kernel.
    #[xml(
        child = "feature",
        attribute = "name",
        schema_required,
        schema = "crate::pattern::NET_FEATURE",
        since = "1.2.14"
    )]
    pub features: Vec<String>,
    /// The kind of network: `80203`, `80211`.
    #[xml(
        child = "capability",
        attribute = "type",
        schema_required,
        schema_words = "80203 80211"
    )]
    pub kinds: Vec<String>,
}
