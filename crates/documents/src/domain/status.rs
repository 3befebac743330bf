//! `<domstatus>`: what the driver remembers of a running domain over its own restart.
//!
//! The fields are those of libvirt's status files, so that a daemon of either kind finds the other's
//! domains. What a file has besides is kept in [`Status::others`].

use xml::{Tree, Xml, XmlEnum};

use super::{Cpu, Domain};

/// A running domain.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    name = "domstatus",
    since = "0.6.0",
    absent = "the file is of a version that did not say it"
)]
pub struct Status {
    /// Its state.
    #[xml(attribute, required)]
    pub state: RunState,
    /// Why it is in that state: `booted`, `user`, `migrated` …
    #[xml(attribute, since = "0.9.2")]
    pub reason: Option<String>,
    /// The hypervisor's process; none while it is being started.
    #[xml(attribute, absent = "the process is being started")]
    pub pid: Option<i32>,
    /// What may have spoilt the guest: `custom-argv`, `high-privileges` …
    #[xml(child = "taint", attribute = "flag", since = "0.9.2")]
    pub taints: Vec<String>,
    /// Deprecated parts that are in use.
    #[xml(text_child = "deprecation", since = "7.1.0")]
    pub deprecations: Vec<String>,
    /// The monitor's socket.
    #[xml(child)]
    pub monitor: Option<StatusMonitor>,
    /// Helpers of migration on D-Bus.
    #[xml(
        child = "dbusVMStateId",
        attribute = "id",
        wrapper = "dbusVMStateIds",
        since = "6.2.0"
    )]
    pub dbus_vmstate_ids: Vec<String>,
    /// Whether the process has its own mounts.
    #[xml(child, since = "3.0.0")]
    pub namespaces: Option<StatusNamespaces>,
    /// Threads of the virtual CPUs.
    #[xml(child = "vcpu", wrapper = "vcpus", since = "0.7.1")]
    pub vcpus: Vec<StatusVcpu>,
    /// What libvirt's format has no place for.
    #[xml(child, since = "11.3.0")]
    pub ferrovirt: Option<StatusExtension>,
    /// What the hypervisor's program can.
    #[xml(
        child = "flag",
        attribute = "name",
        wrapper = "qemuCaps",
        since = "0.8.7"
    )]
    pub qemu_caps: Vec<String>,
    /// The state of the lock manager.
    #[xml(text_child, since = "0.9.2")]
    pub lockstate: Option<String>,
    /// The job under way.
    #[xml(child, since = "0.9.4")]
    pub job: Option<StatusJob>,
    /// A shutdown that is to become a reboot.
    #[xml(present, since = "0.9.7")]
    pub fakereboot: bool,
    /// Aliases of the devices that the hypervisor has.
    #[xml(
        child = "device",
        attribute = "alias",
        wrapper = "devices",
        since = "1.1.1"
    )]
    pub devices: Vec<String>,
    /// What the NUMA daemon said.
    #[xml(child, since = "1.2.19")]
    pub numad: Option<StatusNumad>,
    /// The domain's folder of state.
    #[xml(child = "libDir", attribute = "path", since = "1.3.3")]
    pub lib_dir: Option<String>,
    /// The folder of its channels.
    #[xml(child = "channelTargetDir", attribute = "path", since = "1.3.3")]
    pub channel_target_dir: Option<String>,
    /// The CPU as it was asked for, before the start.
    #[xml(child, since = "3.5.0")]
    pub cpu: Option<Box<Cpu>>,
    /// Whether the log daemon has the output.
    #[xml(present = "chardevStdioLogd", since = "3.5.0")]
    pub chardev_stdio_logd: bool,
    /// Whether owners of files are remembered.
    #[xml(present, since = "5.6.0")]
    pub remember_owner: bool,
    /// Whether the guest has a bus to itself, whose process is to be ended with it.
    #[xml(present = "dbusDaemon", since = "6.1.0")]
    pub dbus_daemon: bool,
    /// Whether the guest may reboot.
    #[xml(child = "allowReboot", attribute = "value", yes_no, since = "3.7.0")]
    pub allow_reboot: Option<bool>,
    /// The number of the next block node.
    #[xml(child = "nodename", attribute = "index", since = "4.6.0")]
    pub nodename_index: Option<u64>,
    /// The number of the next set of descriptors.
    #[xml(child = "fdset", attribute = "index", since = "8.0.0")]
    pub fdset_index: Option<u32>,
    /// Block jobs under way.
    #[xml(child = "blockjobs", since = "3.7.0")]
    pub blockjobs: Option<StatusBlockJobs>,
    /// How long the guest agent may take, in seconds; negative as the public API says.
    #[xml(text_child, since = "5.10.0")]
    pub agent_timeout: Option<i32>,
    /// Whether memory was allocated before the start.
    #[xml(present = "memPrealloc", since = "6.3.0")]
    pub mem_prealloc: bool,
    /// What else a file has, kept as it was.
    #[xml(rest)]
    pub others: Vec<Tree>,
    /// The domain.
    #[xml(child, required)]
    pub domain: Box<Domain>,
}

/// What libvirt's format has no place for; its daemon passes over the element.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StatusExtension {
    /// When the process started, in clock ticks since boot: with the number it names the process for ever.
    #[xml(
        attribute = "startTime",
        absent = "the process cannot be told from another with its number"
    )]
    pub start_time: Option<u64>,
    /// Whether the domain goes with the client that started it; that client is gone with the daemon.
    #[xml(attribute = "autodestroy", yes_no, default = "`no`")]
    pub autodestroy: Option<bool>,
    /// Files that were given to the user of the hypervisor's process.
    #[xml(child = "given", attribute = "path")]
    pub given: Vec<String>,
    /// PCI devices of the host that were taken from their drivers.
    #[xml(child = "bound", attribute = "address")]
    pub bound: Vec<String>,
}

/// A domain's state, by the name in status files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum RunState {
    /// None.
    Nostate,
    /// It runs.
    #[default]
    Running,
    /// It waits for a resource.
    Blocked,
    /// It is paused.
    Paused,
    /// It is shutting down.
    Shutdown,
    /// It is off.
    Shutoff,
    /// It has crashed.
    Crashed,
    /// The guest is asleep.
    Pmsuspended,
}

/// The monitor's socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StatusMonitor {
    /// The path.
    #[xml(attribute, required)]
    pub path: String,
    /// Whether it speaks JSON, in files of old versions.
    #[xml(attribute, since = "0.7.5", absent = "it does")]
    pub json: Option<String>,
    /// `unix`.
    #[xml(attribute = "type", default = "`unix`")]
    pub kind: Option<String>,
}

/// Namespaces of the process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StatusNamespaces {
    /// Its own mounts.
    #[xml(present)]
    pub mount: bool,
}

/// The thread of a virtual CPU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StatusVcpu {
    /// The CPU.
    #[xml(attribute, required)]
    pub id: u32,
    /// The thread.
    #[xml(attribute, required)]
    pub pid: i32,
}

/// A job under way.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "there is none")]
pub struct StatusJob {
    /// The synchronous job: `none`, `query`, `modify` …
    #[xml(attribute = "type")]
    pub kind: Option<String>,
    /// The asynchronous job: `none`, `migration out`, `save` …
    #[xml(attribute = "async")]
    pub asynchronous: Option<String>,
    /// How far that is.
    #[xml(attribute)]
    pub phase: Option<String>,
    /// Its flags.
    #[xml(attribute, with = "xml::Hex<1>", since = "0.10.2")]
    pub flags: Option<u64>,
    /// What else is said of it, kept as it was.
    #[xml(rest)]
    pub others: Vec<Tree>,
}

/// What the NUMA daemon said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "it said nothing")]
pub struct StatusNumad {
    /// Nodes: a list.
    #[xml(attribute)]
    pub nodeset: Option<String>,
    /// CPUs: a list.
    #[xml(attribute)]
    pub cpuset: Option<String>,
}

/// Block jobs.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct StatusBlockJobs {
    /// Whether there are any.
    #[xml(attribute, yes_no, default = "`no`")]
    pub active: Option<bool>,
    /// The jobs, kept as they were.
    #[xml(rest)]
    pub jobs: Vec<Tree>,
}
