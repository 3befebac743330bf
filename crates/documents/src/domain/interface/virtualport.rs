//! `<virtualport>`: how a switch knows the port.

use xml::{Xml, XmlEnum};

use crate::Uuid;

/// How a switch knows the port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type='midonet' => parameters")]
#[xml(origin = "crate::origin::NOBODY")]
pub struct VirtualPort {
    /// The kind of switch.
    #[xml(
        attribute = "type",
        fault = "Unsupported",
        absent = "the network says it"
    )]
    pub kind: Option<VirtualPortKind>,
    /// What the switch wants to know.
    #[xml(child, omit_empty)]
    pub parameters: Option<VirtualPortParameters>,
}

/// The kind of a switch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VirtualPortKind {
    /// None.
    #[xml(schema_absent)]
    None,
    /// IEEE 802.1Qbg.
    #[default]
    #[xml("802.1Qbg")]
    Qbg,
    /// IEEE 802.1Qbh.
    #[xml("802.1Qbh")]
    Qbh,
    /// Open vSwitch.
    #[xml(since = "0.9.11")]
    Openvswitch,
    /// MidoNet.
    #[xml(since = "1.2.13")]
    Midonet,
}

/// What a switch wants to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@type='802.1Qbg' => no @profileid, @interfaceid")]
#[xml(
    rule = "../@type='802.1Qbh' => no @managerid, @typeid, @typeidversion, @instanceid, @interfaceid"
)]
#[xml(rule = "../@type='openvswitch' => no @managerid, @typeid, @typeidversion, @instanceid")]
#[xml(rule = "../@type='midonet' => @interfaceid")]
#[xml(
    rule = "../@type='midonet' => no @managerid, @typeid, @typeidversion, @instanceid, @profileid"
)]
#[xml(absent = "the network says it, or the driver makes one where the kind has identifiers")]
pub struct VirtualPortParameters {
    /// The manager of 802.1Qbg.
    #[xml(
        attribute,
        any_base,
        fault = "Content",
        schema = "crate::pattern::BYTE"
    )]
    pub managerid: Option<u32>,
    /// The type of 802.1Qbg.
    #[xml(
        attribute,
        any_base,
        fault = "Content",
        schema = "crate::pattern::THREE_BYTES"
    )]
    pub typeid: Option<u32>,
    /// The type's version.
    #[xml(
        attribute,
        any_base,
        fault = "Content",
        schema = "crate::pattern::BYTE"
    )]
    pub typeidversion: Option<u32>,
    /// The instance.
    #[xml(attribute, fault = "Content")]
    pub instanceid: Option<Uuid>,
    /// The port of Open vSwitch or MidoNet.
    #[xml(attribute, fault = "Content", since = "0.9.11")]
    pub interfaceid: Option<Uuid>,
    /// The profile.
    #[xml(attribute, schema = "crate::pattern::PROFILE_ID")]
    pub profileid: Option<String>,
}
