//! `<memtune>`: limits of memory.

use xml::Xml;

/// Limits of memory, in KiB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemTune {
    /// The most.
    #[xml(text_child = "hard_limit", unit = "KiB", absent = "the host decides")]
    pub hard_limit: Option<u64>,
    /// The most when the host is short of memory.
    #[xml(text_child = "soft_limit", unit = "KiB", absent = "the host decides")]
    pub soft_limit: Option<u64>,
    /// The least.
    #[xml(text_child = "min_guarantee", unit = "KiB", absent = "there is none")]
    pub min_guarantee: Option<u64>,
    /// The most, swap included.
    #[xml(
        text_child = "swap_hard_limit",
        unit = "KiB",
        absent = "the host decides"
    )]
    pub swap_hard_limit: Option<u64>,
}
