//! `<bandwidth>`: how much may pass.

use xml::Xml;

/// Bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bandwidth {
    /// The class of the traffic, which only what a network hands out has.
    #[xml(attribute = "classID", absent = "it has none of its own")]
    pub class_id: Option<u32>,
    /// Towards the guest.
    #[xml(child)]
    pub inbound: Option<BandwidthLimit>,
    /// From the guest.
    #[xml(child)]
    pub outbound: Option<BandwidthLimit>,
}

/// Bandwidth of one direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "there is no limit")]
pub struct BandwidthLimit {
    /// On average, in KiB a second.
    #[xml(attribute, schema = "crate::pattern::SPEED")]
    pub average: Option<u64>,
    /// At most, in KiB a second.
    #[xml(attribute, schema = "crate::pattern::SPEED")]
    pub peak: Option<u64>,
    /// What is always there, in KiB a second.
    #[xml(
        attribute,
        schema = "crate::pattern::SPEED",
        absent = "nothing is set aside",
        since = "1.0.1"
    )]
    pub floor: Option<u64>,
    /// KiB that may come at the peak rate.
    #[xml(
        attribute,
        schema = "crate::pattern::BURST",
        absent = "the host's kernel decides"
    )]
    pub burst: Option<u64>,
}
