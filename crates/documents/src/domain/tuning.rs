//! `<blkiotune>`, `<memtune>`, `<cputune>`, `<numatune>`, `<perf>`: what of the host the domain gets.

use xml::{Xml, XmlEnum};

/// Shares of disk I/O.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BlkioTune {
    /// The domain's weight.
    #[xml(text_child, lax, schema = "crate::pattern::WEIGHT")]
    pub weight: Option<u32>,
    /// Shares of single devices.
    #[xml(child = "device", since = "0.9.8")]
    pub devices: Vec<BlkioDevice>,
}

/// Shares of one device of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BlkioDevice {
    /// The device.
    #[xml(
        text_child,
        required,
        fault = "Unsupported",
        schema = "crate::pattern::ABSOLUTE_PATH"
    )]
    pub path: String,
    /// The weight.
    #[xml(text_child, fault = "Unsupported", schema = "crate::pattern::WEIGHT")]
    pub weight: Option<u32>,
    /// Read requests a second.
    #[xml(text_child = "read_iops_sec", fault = "Unsupported", since = "1.2.2")]
    pub read_iops_sec: Option<u32>,
    /// Write requests a second.
    #[xml(text_child = "write_iops_sec", fault = "Unsupported", since = "1.2.2")]
    pub write_iops_sec: Option<u32>,
    /// Bytes read a second.
    #[xml(text_child = "read_bytes_sec", fault = "Unsupported", since = "1.2.2")]
    pub read_bytes_sec: Option<u64>,
    /// Bytes written a second.
    #[xml(text_child = "write_bytes_sec", fault = "Unsupported", since = "1.2.2")]
    pub write_bytes_sec: Option<u64>,
}

/// Limits of memory, in KiB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemTune {
    /// The most.
    #[xml(text_child = "hard_limit", unit = "KiB", default = "the host decides")]
    pub hard_limit: Option<u64>,
    /// The most when the host is short of memory.
    #[xml(text_child = "soft_limit", unit = "KiB", default = "the host decides")]
    pub soft_limit: Option<u64>,
    /// The least.
    #[xml(text_child = "min_guarantee", unit = "KiB")]
    pub min_guarantee: Option<u64>,
    /// The most, swap included.
    #[xml(
        text_child = "swap_hard_limit",
        unit = "KiB",
        default = "the host decides"
    )]
    pub swap_hard_limit: Option<u64>,
}

/// Shares and places of CPU time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CpuTune {
    /// The domain's share.
    #[xml(
        text_child,
        fault = "Content",
        schema = "crate::pattern::UINT",
        default = "the host decides"
    )]
    pub shares: Option<u64>,
    /// The period of a virtual CPU's quota, in microseconds.
    #[xml(text_child, fault = "Content", schema = "crate::pattern::CPU_PERIOD")]
    pub period: Option<u64>,
    /// The quota in that, in microseconds; negative is none.
    #[xml(text_child, fault = "Content", schema = "crate::pattern::CPU_QUOTA")]
    pub quota: Option<i64>,
    /// The period of the domain's quota.
    #[xml(
        text_child = "global_period",
        fault = "Content",
        since = "1.3.3",
        schema = "crate::pattern::CPU_PERIOD"
    )]
    pub global_period: Option<u64>,
    /// The quota in that.
    #[xml(
        text_child = "global_quota",
        fault = "Content",
        since = "1.3.3",
        schema = "crate::pattern::CPU_QUOTA"
    )]
    pub global_quota: Option<i64>,
    /// The period of the emulator's quota.
    #[xml(
        text_child = "emulator_period",
        fault = "Content",
        schema = "crate::pattern::CPU_PERIOD",
        since = "0.10.0"
    )]
    pub emulator_period: Option<u64>,
    /// The quota in that.
    #[xml(
        text_child = "emulator_quota",
        fault = "Content",
        schema = "crate::pattern::CPU_QUOTA",
        since = "0.10.0"
    )]
    pub emulator_quota: Option<i64>,
    /// The period of an I/O thread's quota.
    #[xml(
        text_child = "iothread_period",
        fault = "Content",
        since = "2.1.0",
        schema = "crate::pattern::CPU_PERIOD"
    )]
    pub iothread_period: Option<u64>,
    /// The quota in that.
    #[xml(
        text_child = "iothread_quota",
        fault = "Content",
        since = "2.1.0",
        schema = "crate::pattern::CPU_QUOTA"
    )]
    pub iothread_quota: Option<i64>,
    /// Places of virtual CPUs.
    #[xml(child = "vcpupin", default = "every CPU of the host")]
    pub vcpupins: Vec<VcpuPin>,
    /// Places of the emulator: a list of CPUs.
    #[xml(
        child = "emulatorpin",
        attribute = "cpuset",
        required,
        once,
        fault = "Internal",
        schema = "crate::pattern::CPU_SET",
        default = "every CPU of the host"
    )]
    pub emulatorpin: Option<String>,
    /// Places of I/O threads.
    #[xml(
        child = "iothreadpin",
        since = "1.2.9",
        default = "every CPU of the host"
    )]
    pub iothreadpins: Vec<IoThreadPin>,
    /// The emulator's scheduler.
    #[xml(child, once, since = "5.3.0", fault = "Content")]
    pub emulatorsched: Option<EmulatorSched>,
    /// Schedulers of virtual CPUs.
    #[xml(child = "vcpusched", since = "1.2.13")]
    pub vcpuscheds: Vec<VcpuSched>,
    /// Schedulers of I/O threads.
    #[xml(child = "iothreadsched", since = "1.2.13")]
    pub iothreadscheds: Vec<IoThreadSched>,
    /// Shares of caches.
    #[xml(child = "cachetune", since = "4.1.0")]
    pub cachetunes: Vec<CacheTune>,
    /// Shares of memory bandwidth.
    #[xml(child = "memorytune", since = "4.7.0")]
    pub memorytunes: Vec<MemoryTune>,
}

/// The place of a virtual CPU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VcpuPin {
    /// The virtual CPU.
    #[xml(attribute, required, schema = "crate::pattern::SHORT")]
    pub vcpu: u32,
    /// The host's CPUs: a list.
    #[xml(
        attribute,
        required,
        fault = "Internal",
        schema = "crate::pattern::CPU_SET"
    )]
    pub cpuset: String,
}

/// The place of an I/O thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IoThreadPin {
    /// The I/O thread.
    #[xml(attribute, required)]
    pub iothread: u32,
    /// The host's CPUs: a list.
    #[xml(
        attribute,
        required,
        fault = "Internal",
        schema = "crate::pattern::CPU_SET"
    )]
    pub cpuset: String,
}

/// A scheduler.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Scheduler {
    /// For long computations.
    #[default]
    Batch,
    /// For what has time.
    Idle,
    /// Real time, one after the other.
    Fifo,
    /// Real time, taking turns.
    Rr,
}

/// The scheduler of virtual CPUs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@scheduler='fifo|rr' => @priority")]
#[xml(rule = "@scheduler='batch|idle' => no @priority")]
pub struct VcpuSched {
    /// The virtual CPUs: a list.
    #[xml(attribute, schema = "crate::pattern::CPU_SET")]
    pub vcpus: Option<String>,
    /// The scheduler.
    #[xml(attribute, required)]
    pub scheduler: Scheduler,
    /// The priority of real time.
    #[xml(attribute, schema = "crate::pattern::SHORT")]
    pub priority: Option<i32>,
}

/// The scheduler of I/O threads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@scheduler='fifo|rr' => @priority")]
#[xml(rule = "@scheduler='batch|idle' => no @priority")]
pub struct IoThreadSched {
    /// The I/O threads: a list.
    #[xml(attribute, schema = "crate::pattern::CPU_SET")]
    pub iothreads: Option<String>,
    /// The scheduler.
    #[xml(attribute, required)]
    pub scheduler: Scheduler,
    /// The priority of real time.
    #[xml(attribute, schema = "crate::pattern::SHORT")]
    pub priority: Option<i32>,
}

/// The scheduler of the emulator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@scheduler='fifo|rr' => @priority")]
#[xml(rule = "@scheduler='batch|idle' => no @priority")]
pub struct EmulatorSched {
    /// The scheduler.
    #[xml(attribute, required)]
    pub scheduler: Scheduler,
    /// The priority of real time.
    #[xml(attribute, schema = "crate::pattern::SHORT")]
    pub priority: Option<i32>,
}

/// Shares of caches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "cache | monitor")]
pub struct CacheTune {
    /// The virtual CPUs: a list.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub vcpus: String,
    /// The group's name on the host.
    #[xml(attribute)]
    pub id: Option<String>,
    /// The shares.
    #[xml(child = "cache")]
    pub caches: Vec<CacheShare>,
    /// What is measured.
    #[xml(child = "monitor", since = "4.10.0")]
    pub monitors: Vec<CacheMonitor>,
}

/// A share of a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CacheShare {
    /// The cache.
    #[xml(attribute, required)]
    pub id: u32,
    /// Its level.
    #[xml(attribute, required)]
    pub level: u32,
    /// What it holds.
    #[xml(attribute = "type", required)]
    pub kind: CacheKind,
    /// The size.
    #[xml(attribute, required)]
    pub size: u64,
    /// The unit of that.
    #[xml(attribute, schema = "crate::pattern::UNIT", default = "bytes")]
    pub unit: Option<String>,
}

/// What a cache holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum CacheKind {
    /// Code and data.
    #[default]
    Both,
    /// Code.
    Code,
    /// Data.
    Data,
}

/// What is measured of caches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CacheMonitor {
    /// The level.
    #[xml(attribute, required)]
    pub level: u32,
    /// The virtual CPUs: a list.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::CPU_SET",
        missing = "Content"
    )]
    pub vcpus: String,
}

/// Shares of memory bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "node | monitor")]
pub struct MemoryTune {
    /// The virtual CPUs: a list.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub vcpus: String,
    /// The group's name on the host.
    #[xml(attribute, schema_absent)]
    pub id: Option<String>,
    /// The shares.
    #[xml(child = "node")]
    pub nodes: Vec<MemoryShare>,
    /// What is measured.
    #[xml(child = "monitor", since = "4.10.0")]
    pub monitors: Vec<MemoryMonitor>,
}

/// A share of memory bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryShare {
    /// The node.
    #[xml(attribute, required)]
    pub id: u32,
    /// The share in percent.
    #[xml(attribute, required)]
    pub bandwidth: u32,
}

/// What is measured of memory bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryMonitor {
    /// The virtual CPUs: a list.
    #[xml(attribute, required, schema = "crate::pattern::CPU_SET")]
    pub vcpus: String,
}

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
    #[xml(attribute, schema = "crate::pattern::CPU_SET")]
    pub nodeset: Option<String>,
    /// Whether the NUMA daemon says.
    #[xml(attribute, fault = "Unsupported", since = "0.9.12")]
    pub placement: Option<super::Placement>,
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

/// A group of limits that several disks are in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ThrottleGroup {
    /// The limits, `group_name` being the group's name.
    #[xml(flatten)]
    pub limits: super::IoTune,
}

/// Keys of s390 that are wrapped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct KeyWrap {
    /// The ciphers.
    #[xml(child = "cipher", schema_required)]
    pub ciphers: Vec<KeyWrapCipher>,
}

/// A cipher whose keys are wrapped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct KeyWrapCipher {
    /// `aes` or `dea`.
    #[xml(attribute, required)]
    pub name: KeyWrapName,
    /// Whether they are.
    #[xml(attribute, on_off, required)]
    pub state: bool,
}

/// A cipher of s390.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum KeyWrapName {
    /// AES.
    #[default]
    Aes,
    /// DEA.
    Dea,
}

/// Users of a container as users of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IdMap {
    /// Users.
    #[xml(child = "uid")]
    pub uids: Vec<IdMapEntry>,
    /// Groups.
    #[xml(child = "gid")]
    pub gids: Vec<IdMapEntry>,
}

/// A range of numbers of users or groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct IdMapEntry {
    /// The first one inside.
    #[xml(attribute, required, fault = "Content")]
    pub start: u32,
    /// The first one on the host.
    #[xml(attribute, required, fault = "Content")]
    pub target: u32,
    /// How many.
    #[xml(attribute, required, fault = "Content")]
    pub count: u32,
}

/// Threads for I/O that nobody else does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct DefaultIoThread {
    /// Fewest threads.
    #[xml(attribute = "thread_pool_min", schema = "crate::pattern::UINT")]
    pub thread_pool_min: Option<i32>,
    /// Most threads.
    #[xml(attribute = "thread_pool_max", schema = "crate::pattern::UINT")]
    pub thread_pool_max: Option<i32>,
}
