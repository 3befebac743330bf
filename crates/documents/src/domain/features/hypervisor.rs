//! `<kvm>`, `<xen>` and `<tcg>`: what a guest finds of its hypervisor.

use xml::{Xml, XmlEnum};

use super::Switch;

/// KVM's own features.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct KvmFeatures {
    /// The guest does not see KVM.
    #[xml(child, since = "1.2.8")]
    pub hidden: Option<Switch>,
    /// CPUs are the guest's own.
    #[xml(child = "hint-dedicated", since = "5.7.0")]
    pub hint_dedicated: Option<Switch>,
    /// The guest polls before the host does.
    #[xml(child = "poll-control", since = "6.10.0")]
    pub poll_control: Option<Switch>,
    /// Interrupts of devices come faster.
    #[xml(child = "pv-ipi", since = "7.10.0")]
    pub pv_ipi: Option<Switch>,
    /// The log of written pages is a ring.
    #[xml(child = "dirty-ring", since = "8.0.0")]
    pub dirty_ring: Option<DirtyRing>,
}

/// The log of written pages is a ring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DirtyRing {
    /// Whether it is.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// Its entries: a power of two from 1024 to 65536.
    #[xml(attribute, absent = "an error where it is on")]
    pub size: Option<u32>,
}

/// Xen's own features.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct XenFeatures {
    /// Host addresses in the guest's memory map.
    #[xml(child = "e820_host")]
    pub e820_host: Option<Switch>,
    /// PCI passthrough.
    #[xml(child)]
    pub passthrough: Option<XenPassthrough>,
}

/// PCI passthrough of Xen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct XenPassthrough {
    /// Whether it is on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// How page tables are kept.
    #[xml(attribute, absent = "Xen decides")]
    pub mode: Option<XenPassthroughMode>,
}

/// How page tables of PCI passthrough are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum XenPassthroughMode {
    /// Two, kept in step.
    #[default]
    #[xml("sync_pt")]
    SyncPt,
    /// One.
    #[xml("share_pt")]
    SharePt,
}

/// The emulator of QEMU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TcgFeatures {
    /// The cache of translated code, in KiB.
    #[xml(
        text_child = "tb-cache",
        unit = "KiB",
        absent = "the hypervisor decides"
    )]
    pub tb_cache: Option<u64>,
}
