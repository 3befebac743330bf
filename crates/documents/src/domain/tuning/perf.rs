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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum PerfEventName {
    /// Cache that is in use.
    #[default]
    #[xml("cmt")]
    Cmt,
    /// Memory bandwidth in all.
    #[xml("mbmt")]
    Mbmt,
    /// Memory bandwidth to this node.
    #[xml("mbml")]
    Mbml,
    /// Cycles.
    #[xml("cpu_cycles")]
    CpuCycles,
    /// Instructions.
    #[xml("instructions")]
    Instructions,
    /// Cache accesses.
    #[xml("cache_references")]
    CacheReferences,
    /// Cache misses.
    #[xml("cache_misses")]
    CacheMisses,
    /// Branches.
    #[xml("branch_instructions")]
    BranchInstructions,
    /// Wrongly foreseen branches.
    #[xml("branch_misses")]
    BranchMisses,
    /// Bus cycles.
    #[xml("bus_cycles")]
    BusCycles,
    /// Cycles stalled before decoding.
    #[xml("stalled_cycles_frontend")]
    StalledCyclesFrontend,
    /// Cycles stalled after decoding.
    #[xml("stalled_cycles_backend")]
    StalledCyclesBackend,
    /// Cycles at the nominal frequency.
    #[xml("ref_cpu_cycles")]
    RefCpuCycles,
    /// CPU time.
    #[xml("cpu_clock")]
    CpuClock,
    /// Time of the task.
    #[xml("task_clock")]
    TaskClock,
    /// Page faults.
    #[xml("page_faults")]
    PageFaults,
    /// Context switches.
    #[xml("context_switches")]
    ContextSwitches,
    /// Moves to another CPU.
    #[xml("cpu_migrations")]
    CpuMigrations,
    /// Page faults without I/O.
    #[xml("page_faults_min")]
    PageFaultsMin,
    /// Page faults with I/O.
    #[xml("page_faults_maj")]
    PageFaultsMaj,
    /// Faults of alignment.
    #[xml("alignment_faults")]
    AlignmentFaults,
    /// Emulated instructions.
    #[xml("emulation_faults")]
    EmulationFaults,
}
