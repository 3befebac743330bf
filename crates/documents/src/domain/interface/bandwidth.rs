//! `<bandwidth>`: how much may pass.

use xml::Xml;

/// Bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bandwidth {
    /// Towards the guest.
    #[xml(child)]
    pub inbound: Option<BandwidthLimit>,
    /// From the guest.
    #[xml(child)]
    pub outbound: Option<BandwidthLimit>,
}

/// Bandwidth of one direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BandwidthLimit {
    /// On average, in KiB a second.
    #[xml(attribute, schema = "crate::pattern::SPEED")]
    pub average: Option<u64>,
    /// At most, in KiB a second.
    #[xml(attribute, schema = "crate::pattern::SPEED")]
    pub peak: Option<u64>,
    /// What is always there, in KiB a second.
    #[xml(attribute, since = "0.9.11", schema = "crate::pattern::SPEED")]
    pub floor: Option<u64>,
    /// KiB that may come at the peak rate.
    #[xml(attribute, schema = "crate::pattern::BURST")]
    pub burst: Option<u64>,
}
