//! `<vcpu>`, `<vcpus>`, `<iothreadids>`, `<defaultiothread>`.

use xml::{Xml, XmlEnum};

/// Number of virtual CPUs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Vcpu {
    /// Whether the host's NUMA daemon places them.
    #[xml(
        attribute,
        since = "0.9.11",
        default = "`auto` where `numatune` says so, else `static`"
    )]
    pub placement: Option<Placement>,
    /// The host's CPUs that they may run on: a list such as `1-4,^3,6`.
    #[xml(
        attribute,
        schema = "crate::pattern::CPU_SET",
        since = "0.4.4",
        absent = "all of the host"
    )]
    pub cpuset: Option<String>,
    /// How many are on at boot, when not all.
    #[xml(
        attribute,
        since = "0.8.5",
        schema = "crate::pattern::CPU_COUNT",
        absent = "all are on"
    )]
    pub current: Option<u32>,
    /// The most that the guest can have.
    #[xml(
        text,
        required,
        fault = "Content",
        schema = "crate::pattern::CPU_COUNT"
    )]
    pub max: u32,
}

/// Who chooses the host's CPUs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Placement {
    /// `cpuset`, or nobody.
    #[default]
    Static,
    /// The host's NUMA daemon.
    Auto,
}

/// The state of one virtual CPU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VcpuState {
    /// Its number.
    #[xml(attribute, required)]
    pub id: u32,
    /// Whether it is on.
    #[xml(attribute, yes_no, required)]
    pub enabled: bool,
    /// Whether it can be taken out.
    #[xml(attribute, yes_no, default = "the opposite of `enabled`")]
    pub hotpluggable: Option<bool>,
    /// Its place in the order in which they were added, from 1.
    #[xml(attribute, absent = "the driver decides")]
    pub order: Option<u32>,
}

/// An I/O thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct IoThread {
    /// Its number, from 1.
    #[xml(attribute, required)]
    pub id: u32,
    /// Fewest threads of its pool.
    #[xml(
        attribute = "thread_pool_min",
        since = "8.5.0",
        schema = "crate::pattern::UINT"
    )]
    pub thread_pool_min: Option<i32>,
    /// Most threads of its pool.
    #[xml(
        attribute = "thread_pool_max",
        since = "8.5.0",
        schema = "crate::pattern::UINT"
    )]
    pub thread_pool_max: Option<i32>,
    /// How long it polls before it sleeps.
    #[xml(child, since = "9.4.0")]
    pub poll: Option<Polling>,
}

/// How long an I/O thread polls before it sleeps, in nanoseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct Polling {
    /// The longest.
    #[xml(attribute)]
    pub max: Option<u64>,
    /// The factor by which it grows.
    #[xml(attribute)]
    pub grow: Option<u64>,
    /// The divisor by which it shrinks.
    #[xml(attribute)]
    pub shrink: Option<u64>,
}

/// Threads for I/O that nobody else does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct DefaultIoThread {
    /// Fewest threads.
    #[xml(attribute = "thread_pool_min", schema = "crate::pattern::UINT")]
    pub thread_pool_min: Option<i32>,
    /// Most threads.
    #[xml(attribute = "thread_pool_max", schema = "crate::pattern::UINT")]
    pub thread_pool_max: Option<i32>,
}
