//! Features of `pseries`: the page table and the answers to attacks on caches and branches.

use xml::{Xml, XmlEnum};

/// The page table of pSeries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Hpt {
    /// Whether it can be resized.
    #[xml(attribute, absent = "the hypervisor decides")]
    pub resizing: Option<HptResizing>,
    /// The largest page, in KiB.
    #[xml(
        text_child = "maxpagesize",
        unit = "KiB",
        absent = "the hypervisor decides"
    )]
    pub maxpagesize: Option<u64>,
}

/// Whether the page table can be resized.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum HptResizing {
    /// If the guest can.
    #[default]
    Enabled,
    /// No.
    Disabled,
    /// The guest must.
    Required,
}

/// A mitigation of pSeries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum CountCache {
    /// None.
    #[default]
    Broken,
    /// By software.
    Workaround,
    /// By hardware.
    Fixed,
}

/// A mitigation of pSeries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum IndirectBranch {
    /// None.
    #[default]
    Broken,
    /// By software.
    Workaround,
    /// Branches in order.
    FixedIbs,
    /// No cache of targets.
    FixedCcd,
    /// By hardware.
    FixedNa,
}
