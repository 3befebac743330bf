//! Channels and crypto cards of s390.

use xml::Xml;

use super::pci::MdevType;

/// A device of a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CcwCapability {
    /// `online` or `offline`.
    #[xml(text_child, since = "9.9.0", schema_words = "online offline")]
    pub state: Option<String>,
    /// Where it is.
    #[xml(flatten)]
    pub device: CcwDevice,
    /// The group that it is a member of.
    #[xml(child = "capability", since = "9.9.0")]
    pub member: Option<CcwSubCapability>,
}

/// Where a device of a channel is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CcwDevice {
    /// The channel subsystem.
    #[xml(
        text_child,
        hex = 1,
        schema_required,
        schema = "crate::pattern::CCW_CSSID"
    )]
    pub cssid: u32,
    /// The set of subchannels.
    #[xml(
        text_child,
        hex = 1,
        schema_required,
        schema = "crate::pattern::CCW_SSID"
    )]
    pub ssid: u32,
    /// The device.
    #[xml(
        text_child,
        hex = 4,
        schema_required,
        schema = "crate::pattern::CCW_DEVNO"
    )]
    pub devno: u32,
}

/// More of what a device of a channel is, or several that are one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type='ccwgroup_member' => group_device")]
#[xml(rule = "@type!='ccwgroup_member' => no group_device")]
#[xml(rule = "@type!='ccwgroup_member' => card_type, chpid")]
#[xml(rule = "@type='ccwgroup_member' => no card_type, chpid")]
#[xml(rule = "../@type='ccw' => @type='ccwgroup_member'")]
#[xml(rule = "../@type='ccwgroup' => @type!='ccwgroup_member'")]
pub struct CcwSubCapability {
    /// What it is.
    #[xml(
        attribute = "type",
        required,
        schema_words = "ccwgroup_member qeth_generic qeth_layer2 qeth_layer3"
    )]
    pub kind: String,
    /// The group that it is a member of.
    #[xml(text_child = "group_device")]
    pub group_device: Option<String>,
    /// The kind of card.
    #[xml(text_child = "card_type")]
    pub card_type: Option<String>,
    /// The channel path.
    #[xml(text_child)]
    pub chpid: Option<String>,
}

/// Several devices of channels that are one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CcwGroupCapability {
    /// `online` or `offline`.
    #[xml(text_child, schema_words = "online offline")]
    pub state: Option<String>,
    /// Where the first one is.
    #[xml(flatten)]
    pub device: CcwDevice,
    /// The devices.
    #[xml(child = "ccw_device", wrapper = "members", schema_required)]
    pub members: Vec<CcwMember>,
    /// What they are together.
    #[xml(child = "capability", schema_required)]
    pub capability: Option<CcwSubCapability>,
}

/// A device of several that are one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CcwMember {
    /// What it is for the others.
    #[xml(attribute = "ref", required)]
    pub reference: String,
    /// Its name.
    #[xml(text)]
    pub name: Option<String>,
}

/// A subchannel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CssCapability {
    /// Where it is.
    #[xml(flatten)]
    pub device: CcwDevice,
    /// The device behind it.
    #[xml(child = "channel_dev_addr", since = "8.4.0")]
    pub channel_device: Option<CcwDevice>,
    /// The kinds of mediated devices that it can be made to.
    #[xml(child = "capability")]
    pub types: Option<MdevTypes>,
}

/// The kinds of mediated devices that a device can be made to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MdevTypes {
    /// `mdev_types`.
    #[xml(attribute = "type", required, schema_words = "mdev_types")]
    pub kind: String,
    /// The kinds.
    #[xml(child = "type", schema_required)]
    pub types: Vec<MdevType>,
}

/// A crypto card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ApCardCapability {
    /// Its adapter.
    #[xml(
        text_child = "ap-adapter",
        hex = 2,
        schema_required,
        schema = "crate::pattern::BYTE"
    )]
    pub adapter: u32,
}

/// A queue of a crypto card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct ApQueueCapability {
    /// The card.
    #[xml(flatten)]
    pub card: ApCardCapability,
    /// Its domain.
    #[xml(
        text_child = "ap-domain",
        hex = 4,
        schema_required,
        schema = "crate::pattern::AP_DOMAIN"
    )]
    pub domain: u32,
}

/// What guests may have of crypto cards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ApMatrixCapability {
    /// The kinds of mediated devices that it can be made to.
    #[xml(child = "capability")]
    pub types: Option<MdevTypes>,
}
