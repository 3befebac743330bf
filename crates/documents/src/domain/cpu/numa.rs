//! `<numa>`: the NUMA cells of the guest, their caches and what lies between them.

use xml::{Xml, XmlEnum};

use crate::domain::MemoryAccess;

/// NUMA.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::DOCUMENT")]
pub struct CpuNuma {
    /// The cells.
    #[xml(child = "cell", schema_required, since = "0.9.8")]
    pub cells: Vec<NumaCell>,
    /// How fast memory is.
    #[xml(child, omit_empty, since = "6.6.0")]
    pub interconnects: Option<Interconnects>,
}

/// A cell of NUMA.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NumaCell {
    /// Its number.
    #[xml(attribute, since = "1.2.7", absent = "its place among the cells")]
    pub id: Option<u32>,
    /// Its CPUs: a list such as `0-3`.
    #[xml(
        attribute,
        schema = "crate::pattern::CPU_SET",
        absent = "the cell has memory only"
    )]
    pub cpus: Option<String>,
    /// Its memory.
    #[xml(attribute, required)]
    pub memory: u64,
    /// The unit of that.
    #[xml(
        attribute,
        schema = "crate::pattern::UNIT",
        since = "1.2.11",
        default = "`KiB`",
        lax = "empty"
    )]
    pub unit: Option<String>,
    /// Whether other processes may map its memory.
    #[xml(attribute, absent = "as `memoryBacking` says", since = "1.2.9")]
    pub mem_access: Option<MemoryAccess>,
    /// Whether its contents are given up at the end.
    #[xml(attribute, yes_no, since = "4.4.0", absent = "as `memoryBacking` says")]
    pub discard: Option<bool>,
    /// How far other cells are.
    #[xml(
        child = "sibling",
        wrapper = "distances",
        since = "3.10.0",
        required,
        missing = "Content"
    )]
    pub distances: Vec<NumaSibling>,
    /// Caches of its memory.
    #[xml(child = "cache", since = "6.6.0")]
    pub caches: Vec<NumaCache>,
}

/// How far another cell is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NumaSibling {
    /// The cell.
    #[xml(attribute, required)]
    pub id: u32,
    /// The distance; 10 is here.
    #[xml(attribute, required, schema = "crate::pattern::NUMA_DISTANCE")]
    pub value: u32,
}

/// A cache of a cell's memory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NumaCache {
    /// The level.
    #[xml(attribute, required)]
    pub level: u32,
    /// How addresses map.
    #[xml(attribute, required, schema_words = "direct full none")]
    pub associativity: CacheAssociativity,
    /// When it writes.
    #[xml(attribute, required, schema_words = "none writeback writethrough")]
    pub policy: CachePolicy,
    /// Its size.
    #[xml(child, schema_required)]
    pub size: Option<NumaCacheSize>,
    /// The size of a line in bytes.
    #[xml(child, schema_required)]
    pub line: Option<NumaCacheSize>,
}

/// How addresses map to the lines of a cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CacheAssociativity {
    /// Not told.
    #[default]
    None,
    /// Each to one line.
    Direct,
    /// Each to any line.
    Full,
}

/// When a cache writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CachePolicy {
    /// Not told.
    #[default]
    None,
    /// When a line is given up.
    Writeback,
    /// At once.
    Writethrough,
}

/// A size with its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NumaCacheSize {
    /// The number.
    #[xml(attribute, required, schema = "crate::pattern::UINT")]
    pub value: u64,
    /// Its unit.
    #[xml(
        attribute,
        schema_required,
        schema = "crate::pattern::UNIT",
        default = "`KiB`"
    )]
    pub unit: Option<String>,
}

/// How fast memory is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Interconnects {
    /// Latencies, in nanoseconds.
    #[xml(child = "latency", since = "6.6.0")]
    pub latencies: Vec<Interconnect>,
    /// Bandwidths, in KiB a second.
    #[xml(child = "bandwidth", since = "6.6.0")]
    pub bandwidths: Vec<Interconnect>,
}

/// How fast one cell reaches the memory of another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "./bandwidth => @unit")]
pub struct Interconnect {
    /// From which cell.
    #[xml(attribute, required)]
    pub initiator: u32,
    /// To which cell.
    #[xml(attribute, required)]
    pub target: u32,
    /// Through which cache.
    #[xml(attribute, absent = "memory itself is meant")]
    pub cache: Option<u32>,
    /// Doing what.
    #[xml(attribute = "type", required, schema_words = "access read write")]
    pub kind: InterconnectKind,
    /// The number.
    #[xml(attribute, required, schema = "crate::pattern::UINT")]
    pub value: u64,
    /// Its unit.
    #[xml(
        attribute,
        schema = "crate::pattern::UNIT",
        default = "`KiB`, of a bandwidth; a latency has none and is in nanoseconds"
    )]
    pub unit: Option<String>,
}

/// What is done through an interconnect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum InterconnectKind {
    /// Reads and writes.
    #[default]
    Access,
    /// Reads.
    Read,
    /// Writes.
    Write,
}
