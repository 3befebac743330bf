//! `<numatune>`: places of memory on the host.

use xml::{Xml, XmlEnum};

use crate::domain::Placement;

/// Places of memory on the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NumaTune {
    /// The places of all memory.
    #[xml(child)]
    pub memory: Option<NumaMemory>,
    /// The places of a guest's cell.
    #[xml(child = "memnode", since = "1.2.7")]
    pub memnodes: Vec<MemNode>,
}

/// The places of all memory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@placement='auto' => no @nodeset")]
pub struct NumaMemory {
    /// How strict that is.
    #[xml(attribute, fault = "Unsupported", default = "`strict`")]
    pub mode: Option<NumaMode>,
    /// The nodes: a list.
    #[xml(
        attribute,
        schema = "crate::pattern::CPU_SET",
        absent = "the NUMA daemon says, with `auto`"
    )]
    pub nodeset: Option<String>,
    /// Whether the NUMA daemon says.
    #[xml(
        attribute,
        fault = "Unsupported",
        since = "0.9.12",
        absent = "`static` with `nodeset`, else as the virtual CPUs are placed"
    )]
    pub placement: Option<Placement>,
}

/// How strict a place of memory is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NumaMode {
    /// Nowhere else.
    #[default]
    Strict,
    /// There if possible.
    Preferred,
    /// Page by page in turn.
    Interleave,
    /// By control groups alone.
    #[xml(since = "7.9.0")]
    Restrictive,
}

/// The place of a guest's cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemNode {
    /// The guest's cell.
    #[xml(attribute, required)]
    pub cellid: u32,
    /// How strict that is.
    #[xml(attribute, schema_required)]
    pub mode: NumaMode,
    /// The nodes: a list.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub nodeset: String,
}
