//! `<topology>`: the NUMA cells of the host.

use xml::Xml;

use super::PageSize;

/// NUMA.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Topology {
    /// The parts of the host with memory of their own.
    #[xml(child)]
    pub cells: Cells,
}

/// The cells of NUMA.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Cells {
    /// How many.
    #[xml(attribute, absent = "0")]
    pub num: u32,
    /// The cells.
    #[xml(child = "cell")]
    pub cells: Vec<Cell>,
}

/// A cell of NUMA.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Cell {
    /// Its number.
    #[xml(attribute, absent = "0")]
    pub id: u32,
    /// Its memory in KiB.
    #[xml(
        text_child,
        unit = "KiB",
        since = "1.0.4",
        absent = "the host did not say"
    )]
    pub memory: Option<u64>,
    /// How many pages of each size there are.
    #[xml(child, since = "1.2.6")]
    pub pages: Vec<PageSize>,
    /// How far other cells are.
    #[xml(child = "sibling", wrapper = "distances", since = "1.2.6")]
    pub distances: Vec<crate::domain::NumaSibling>,
    /// The processors that are near its memory.
    #[xml(child)]
    pub cpus: Option<CellCpus>,
}

/// The CPUs of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CellCpus {
    /// How many.
    #[xml(attribute, absent = "0")]
    pub num: u32,
    /// The CPUs.
    #[xml(child = "cpu")]
    pub cpus: Vec<CellCpu>,
}

/// A CPU of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CellCpu {
    /// The number that the kernel has for it.
    #[xml(attribute, absent = "0")]
    pub id: u32,
    /// Its socket.
    #[xml(
        attribute = "socket_id",
        since = "1.0.2",
        absent = "the host did not say"
    )]
    pub socket_id: Option<u32>,
    /// Its die.
    #[xml(attribute = "die_id", since = "6.1.0", absent = "the host did not say")]
    pub die_id: Option<u32>,
    /// Its cluster.
    #[xml(
        attribute = "cluster_id",
        since = "10.1.0",
        absent = "the host did not say"
    )]
    pub cluster_id: Option<u32>,
    /// Its core.
    #[xml(
        attribute = "core_id",
        since = "1.0.2",
        absent = "the host did not say"
    )]
    pub core_id: Option<u32>,
    /// The CPUs of its core: a list.
    #[xml(attribute, since = "1.0.2", absent = "the host did not say")]
    pub siblings: Option<String>,
}
