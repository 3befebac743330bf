//! What of virtio may be set on any device.

use xml::Xml;

/// What of virtio may be set on any device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct VirtioOptions {
    /// Whether the device goes through the IOMMU.
    #[xml(attribute, on_off, since = "3.5.0")]
    pub iommu: Option<bool>,
    /// Whether address translation is offered.
    #[xml(attribute, on_off, since = "3.5.0")]
    pub ats: Option<bool>,
    /// Whether queues are packed.
    #[xml(attribute, on_off, since = "6.3.0")]
    pub packed: Option<bool>,
    /// Whether queues can be reset one by one.
    #[xml(attribute = "page_per_vq", on_off, since = "7.9.0")]
    pub page_per_vq: Option<bool>,
}
