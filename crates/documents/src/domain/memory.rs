//! `<memory>`, `<maxMemory>`, `<memoryBacking>`.

use xml::{Xml, XmlEnum};

/// Memory at boot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Memory {
    /// Whether a core dump of the process has the guest's memory.
    #[xml(
        attribute,
        on_off,
        since = "0.10.2",
        absent = "the driver's configuration decides"
    )]
    pub dump_core: Option<bool>,
    /// The amount, in KiB.
    #[xml(text, unit = "KiB", schema_required)]
    pub kib: u64,
}

/// Memory that hot plug can reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct MaxMemory {
    /// Slots for memory devices.
    #[xml(attribute, fault = "Content", lax = "empty", absent = "there are none")]
    pub slots: Option<u32>,
    /// The amount, in KiB.
    #[xml(text, unit = "KiB", schema_required)]
    pub kib: u64,
}

/// Where the memory comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryBacking {
    /// Huge pages.
    #[xml(child)]
    pub hugepages: Option<HugePages>,
    /// No page sharing with other guests (KSM).
    #[xml(present, since = "1.0.6")]
    pub nosharepages: bool,
    /// Locked in the host's memory.
    #[xml(present, since = "1.0.6")]
    pub locked: bool,
    /// What backs the memory.
    #[xml(
        child = "source",
        attribute = "type",
        fault = "Unsupported",
        schema_required,
        lax = "empty",
        since = "3.1.0"
    )]
    pub source: Option<MemorySource>,
    /// Whether other processes may map it.
    #[xml(
        child = "access",
        attribute = "mode",
        fault = "Unsupported",
        schema_required,
        lax = "empty",
        since = "3.1.0"
    )]
    pub access: Option<MemoryAccess>,
    /// When it is allocated.
    #[xml(child, since = "3.1.0", omit_empty)]
    pub allocation: Option<MemoryAllocation>,
    /// Whether the contents are given up at the end.
    #[xml(present, since = "4.4.0")]
    pub discard: bool,
}

/// Huge pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HugePages {
    /// The sizes, maybe per NUMA node.
    #[xml(child = "page", since = "1.2.7")]
    pub pages: Vec<HugePage>,
}

/// A size of huge pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HugePage {
    /// The size's number.
    #[xml(attribute, required)]
    pub size: u64,
    /// The size's unit; KiB when none is said.
    #[xml(
        attribute,
        schema = "crate::pattern::UNIT",
        default = "`KiB`",
        lax = "empty"
    )]
    pub unit: Option<String>,
    /// The guest's NUMA nodes that use it: a list such as `0-3,5`.
    #[xml(
        attribute,
        schema = "crate::pattern::CPU_SET",
        absent = "all nodes that no other size names"
    )]
    pub nodeset: Option<String>,
}

/// What backs the memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MemorySource {
    /// A file.
    File,
    /// Memory without a file.
    #[default]
    Anonymous,
    /// A memfd.
    #[xml(since = "4.10.0")]
    Memfd,
}

/// Whether other processes may map the memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MemoryAccess {
    /// They may.
    Shared,
    /// They may not.
    #[default]
    Private,
}

/// When memory is allocated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct MemoryAllocation {
    /// At once or on demand.
    #[xml(
        attribute,
        fault = "Unsupported",
        lax = "empty",
        default = "`ondemand`"
    )]
    pub mode: Option<AllocationMode>,
    /// How many threads allocate.
    #[xml(
        attribute,
        since = "8.2.0",
        fault = "Content",
        lax = "empty",
        absent = "the hypervisor decides"
    )]
    pub threads: Option<u32>,
}

/// At once or on demand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum AllocationMode {
    /// Before the guest starts.
    Immediate,
    /// When the guest first touches it.
    #[default]
    Ondemand,
}
