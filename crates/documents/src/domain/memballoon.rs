//! `<memballoon>`: the memory balloon.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, VirtioOptions};

/// The memory balloon.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "memballoon")]
pub struct MemBalloon {
    /// The model.
    #[xml(attribute, required)]
    pub model: MemBalloonModel,
    /// Whether it gives memory back before the guest runs out of it.
    #[xml(attribute, on_off, since = "1.3.1", default = "`off`")]
    pub autodeflate: Option<bool>,
    /// Whether the guest reports free pages.
    #[xml(attribute, on_off, since = "6.9.0", default = "`off`")]
    pub free_page_reporting: Option<bool>,
    /// Seconds between statistics.
    #[xml(
        child = "stats",
        attribute = "period",
        any_base,
        since = "1.1.1",
        schema_required,
        schema = "crate::pattern::UINT"
    )]
    pub stats_period: Option<u32>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
    /// What of virtio may be set on any device.
    #[xml(child, omit_empty, since = "3.5.0")]
    pub driver: Option<VirtioOptions>,
}

/// The model of a memory balloon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum MemBalloonModel {
    /// virtio.
    #[default]
    Virtio,
    /// Xen.
    Xen,
    /// None.
    #[xml(since = "0.8.4")]
    None,
    /// virtio 0.9 and 1.0.
    VirtioTransitional,
    /// virtio 1.0 only.
    VirtioNonTransitional,
}
