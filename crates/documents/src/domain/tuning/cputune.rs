//! `<cputune>`: shares and places of CPU time.

use xml::{Xml, XmlEnum};

use super::{CacheTune, MemoryTune};

/// Shares and places of CPU time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the host decides; as a rule, there is no limit")]
pub struct CpuTune {
    /// The domain's share.
    #[xml(
        text_child,
        fault = "Content",
        schema = "crate::pattern::UINT",
        absent = "the host decides"
    )]
    pub shares: Option<u64>,
    /// The period of a virtual CPU's quota, in microseconds.
    #[xml(
        text_child,
        fault = "Content",
        schema = "crate::pattern::CPU_PERIOD",
        since = "0.9.4"
    )]
    pub period: Option<u64>,
    /// The quota in that, in microseconds; negative is none.
    #[xml(
        text_child,
        fault = "Content",
        schema = "crate::pattern::CPU_QUOTA",
        since = "0.9.4"
    )]
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
        schema = "crate::pattern::CPU_PERIOD",
        since = "2.2.0"
    )]
    pub iothread_period: Option<u64>,
    /// The quota in that.
    #[xml(
        text_child = "iothread_quota",
        fault = "Content",
        schema = "crate::pattern::CPU_QUOTA",
        since = "2.2.0"
    )]
    pub iothread_quota: Option<i64>,
    /// Places of virtual CPUs.
    #[xml(child = "vcpupin", absent = "every CPU of the host")]
    pub vcpupins: Vec<VcpuPin>,
    /// Places of the emulator: a list of CPUs.
    #[xml(
        child = "emulatorpin",
        attribute = "cpuset",
        required,
        once,
        fault = "Internal",
        schema = "crate::pattern::CPU_SET",
        absent = "every CPU of the host"
    )]
    pub emulatorpin: Option<String>,
    /// Places of I/O threads.
    #[xml(
        child = "iothreadpin",
        since = "1.2.9",
        absent = "every CPU of the host"
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
    #[xml(
        attribute,
        required,
        missing = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub vcpus: String,
    /// The scheduler.
    #[xml(attribute, required)]
    pub scheduler: Scheduler,
    /// The priority of real time.
    #[xml(
        attribute,
        schema = "crate::pattern::SHORT",
        absent = "an error of `fifo` and `rr`; 0 of the others"
    )]
    pub priority: Option<i32>,
}

/// The scheduler of I/O threads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@scheduler='fifo|rr' => @priority")]
#[xml(rule = "@scheduler='batch|idle' => no @priority")]
pub struct IoThreadSched {
    /// The I/O threads: a list.
    #[xml(
        attribute,
        required,
        missing = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub iothreads: String,
    /// The scheduler.
    #[xml(attribute, required)]
    pub scheduler: Scheduler,
    /// The priority of real time.
    #[xml(
        attribute,
        schema = "crate::pattern::SHORT",
        absent = "an error of `fifo` and `rr`; 0 of the others"
    )]
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
    #[xml(
        attribute,
        schema = "crate::pattern::SHORT",
        absent = "an error of `fifo` and `rr`; 0 of the others"
    )]
    pub priority: Option<i32>,
}
