//! `<perf>`: counters of the host that are read.

use xml::{Xml, XmlEnum};

/// Counters of the host that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Perf {
    /// The counters.
    #[xml(child = "event", schema_required)]
    pub events: Vec<PerfEvent>,
}

/// A counter of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PerfEvent {
    /// Its name.
    #[xml(attribute, required)]
    pub name: PerfEventName,
    /// Whether it is read.
    #[xml(attribute, yes_no, required)]
    pub enabled: bool,
}

/// The name of a counter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, XmlEnum)]
pub enum PerfEventName {
    /// Cache that is in use.
    #[default]
    #[xml("cmt")]
    Cmt,
    /// Memory bandwidth in all.
    #[xml(name = "mbmt", since = "2.0.0")]
    Mbmt,
    /// Memory bandwidth to this node.
    #[xml(name = "mbml", since = "2.0.0")]
    Mbml,
    /// Cycles.
    #[xml(name = "cpu_cycles", since = "2.3.0")]
    CpuCycles,
    /// Instructions.
    #[xml(name = "instructions", since = "2.3.0")]
    Instructions,
    /// Cache accesses.
    #[xml(name = "cache_references", since = "2.3.0")]
    CacheReferences,
    /// Cache misses.
    #[xml(name = "cache_misses", since = "2.3.0")]
    CacheMisses,
    /// Branches.
    #[xml(name = "branch_instructions", since = "3.0.0")]
    BranchInstructions,
    /// Wrongly foreseen branches.
    #[xml(name = "branch_misses", since = "3.0.0")]
    BranchMisses,
    /// Bus cycles.
    #[xml(name = "bus_cycles", since = "3.0.0")]
    BusCycles,
    /// Cycles stalled before decoding.
    #[xml(name = "stalled_cycles_frontend", since = "3.0.0")]
    StalledCyclesFrontend,
    /// Cycles stalled after decoding.
    #[xml(name = "stalled_cycles_backend", since = "3.0.0")]
    StalledCyclesBackend,
    /// Cycles at the nominal frequency.
    #[xml(name = "ref_cpu_cycles", since = "3.0.0")]
    RefCpuCycles,
    /// CPU time.
    #[xml(name = "cpu_clock", since = "3.2.0")]
    CpuClock,
    /// Time of the task.
    #[xml(name = "task_clock", since = "3.2.0")]
    TaskClock,
    /// Page faults.
    #[xml(name = "page_faults", since = "3.2.0")]
    PageFaults,
    /// Context switches.
    #[xml(name = "context_switches", since = "3.2.0")]
    ContextSwitches,
    /// Moves to another CPU.
    #[xml(name = "cpu_migrations", since = "3.2.0")]
    CpuMigrations,
    /// Page faults without I/O.
    #[xml(name = "page_faults_min", since = "3.2.0")]
    PageFaultsMin,
    /// Page faults with I/O.
    #[xml(name = "page_faults_maj", since = "3.2.0")]
    PageFaultsMaj,
    /// Faults of alignment.
    #[xml(name = "alignment_faults", since = "3.2.0")]
    AlignmentFaults,
    /// Emulated instructions.
    #[xml(name = "emulation_faults", since = "3.2.0")]
    EmulationFaults,
}
