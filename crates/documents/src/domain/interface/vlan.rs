//! `<vlan>`: the tags of packets (IEEE 802.1Q).

use xml::{Xml, XmlEnum};

/// VLAN tags.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::NOBODY")]
pub struct Vlan {
    /// Whether the guest tags by itself.
    #[xml(
        attribute,
        yes_no,
        schema_words = "yes",
        fault = "Content",
        lax = "empty",
        default = "`no`"
    )]
    pub trunk: Option<bool>,
    /// The tags.
    #[xml(child = "tag", schema_required)]
    pub tags: Vec<VlanTag>,
}

/// A VLAN tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::DOCUMENT")]
pub struct VlanTag {
    /// The tag.
    #[xml(attribute, required, schema = "crate::pattern::VLAN_TAG")]
    pub id: u32,
    /// What becomes of untagged packets.
    #[xml(attribute, since = "1.1.0", absent = "untagged packets are dropped")]
    pub native_mode: Option<NativeMode>,
}

/// What becomes of untagged packets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NativeMode {
    /// They are tagged on the way out.
    #[default]
    Tagged,
    /// They are not tagged.
    Untagged,
}
