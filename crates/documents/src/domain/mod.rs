//! `<domain>`: a virtual machine, as its document says it.

mod address;
mod backend;
mod clock;
mod console;
mod controller;
mod cpu;
mod device;
mod disk;
mod features;
mod filesystem;
mod graphics;
mod hostdev;
mod idmap;
mod input;
mod interface;
mod keywrap;
mod lifecycle;
mod memballoon;
mod memory;
mod memory_device;
mod metadata;
mod namespace;
mod os;
mod platform;
mod redirdev;
mod resource;
mod rng;
mod seclabel;
mod secrets;
mod sound;
mod source;
mod status;
mod sysinfo;
mod tpm;
mod tuning;
mod vcpu;
mod video;
mod virtio;
mod watchdog;

pub use address::*;
pub use backend::*;
pub use clock::*;
pub use console::*;
pub use controller::*;
pub use cpu::*;
pub use device::*;
pub use disk::*;
pub use features::*;
pub use filesystem::*;
pub use graphics::*;
pub use hostdev::*;
pub use idmap::*;
pub use input::*;
pub use interface::*;
pub use keywrap::*;
pub use lifecycle::*;
pub use memballoon::*;
pub use memory::*;
pub use memory_device::*;
pub use metadata::*;
pub use namespace::*;
pub use os::*;
pub use platform::*;
pub use redirdev::*;
pub use resource::*;
pub use rng::*;
pub use seclabel::*;
pub use sound::*;
pub use source::*;
pub use status::*;
pub use sysinfo::*;
pub use tpm::*;
pub use tuning::*;
pub use vcpu::*;
pub use video::*;
pub use virtio::*;
pub use watchdog::*;

use xml::{Xml, XmlEnum};

use crate::Uuid;

/// A virtual machine.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    name = "domain",
    namespace(qemu = "http://libvirt.org/schemas/domain/qemu/1.0"),
    since = "0.0.1"
)]
pub struct Domain {
    /// The kind of hypervisor that runs it.
    #[xml(
        attribute = "type",
        required,
        fault = "Unsupported",
        missing = "Internal"
    )]
    pub kind: DomainKind,
    /// The number of a running domain.
    #[xml(
        attribute,
        lax,
        absent = "the domain is not running",
        schema = "crate::pattern::UINT"
    )]
    pub id: Option<i32>,
    /// The name, unique on the host.
    #[xml(text_child, required, schema = "crate::pattern::LINE", since = "0.0.1")]
    pub name: String,
    /// The UUID, unique on the host.
    #[xml(
        text_child,
        fault = "Internal",
        since = "0.0.1",
        absent = "one is made"
    )]
    pub uuid: Option<Uuid>,
    /// The VM generation ID.
    #[xml(child, since = "4.4.0", once)]
    pub genid: Option<GenId>,
    /// A short description.
    #[xml(
        text_child,
        since = "0.9.10",
        schema = "crate::pattern::LINE",
        absent = "there is none"
    )]
    pub title: Option<String>,
    /// A description.
    #[xml(text_child, since = "0.7.2", absent = "there is none")]
    pub description: Option<String>,
    /// What applications keep with the domain.
    #[xml(flatten)]
    pub metadata: Metadata,
    /// Memory that the guest may have after hot plug.
    #[xml(child, since = "1.2.14")]
    pub max_memory: Option<MaxMemory>,
    /// Memory that the guest has at boot.
    #[xml(child)]
    pub memory: Option<Memory>,
    /// Memory that the guest has now, in KiB.
    #[xml(
        text_child,
        unit = "KiB",
        since = "0.1.9",
        default = "that of `memory`"
    )]
    pub current_memory: Option<u64>,
    /// Shares of disk I/O.
    #[xml(child, omit_empty, merge, since = "0.8.8")]
    pub blkiotune: Option<Box<BlkioTune>>,
    /// Limits of memory.
    #[xml(child, omit_empty, since = "0.8.5")]
    pub memtune: Option<MemTune>,
    /// Where the memory comes from.
    #[xml(child, omit_empty, since = "0.7.1")]
    pub memory_backing: Option<MemoryBacking>,
    /// Number of virtual CPUs.
    #[xml(child)]
    pub vcpu: Option<Vcpu>,
    /// State of single virtual CPUs.
    #[xml(child = "vcpu", wrapper = "vcpus", since = "2.2.0")]
    pub vcpus: Vec<VcpuState>,
    /// Number of I/O threads.
    #[xml(
        text_child,
        since = "1.2.8",
        fault = "Content",
        absent = "as many as `iothreadids` names"
    )]
    pub iothreads: Option<u32>,
    /// The I/O threads, one by one.
    #[xml(child = "iothread", wrapper = "iothreadids", since = "1.2.15")]
    pub iothreadids: Vec<IoThread>,
    /// Threads for I/O that nobody else does.
    #[xml(child = "defaultiothread", since = "8.5.0")]
    pub defaultiothread: Option<DefaultIoThread>,
    /// Groups of limits that disks are in.
    #[xml(child = "throttlegroup", wrapper = "throttlegroups", since = "11.2.0")]
    pub throttlegroups: Vec<ThrottleGroup>,
    /// Shares and places of CPU time.
    #[xml(child, omit_empty, merge, since = "0.9.0")]
    pub cputune: Option<Box<CpuTune>>,
    /// Places of memory on the host.
    #[xml(child, omit_empty, once, since = "0.9.3")]
    pub numatune: Option<NumaTune>,
    /// The resource partition.
    #[xml(child, since = "1.0.5", once)]
    pub resource: Option<Resource>,
    /// What the guest's firmware tables say.
    #[xml(child, since = "0.8.6")]
    pub sysinfo: Vec<SysInfo>,
    /// The program that loads a kernel, of Xen.
    #[xml(
        text_child,
        since = "0.1.0",
        absent = "a kernel is loaded directly, or the guest boots by its firmware"
    )]
    pub bootloader: Option<String>,
    /// Its arguments.
    #[xml(
        text_child = "bootloader_args",
        since = "0.2.3",
        absent = "there are none"
    )]
    pub bootloader_args: Option<String>,
    /// How the guest boots.
    #[xml(child)]
    pub os: Os,
    /// Users of a container as users of the host.
    #[xml(child, omit_empty, since = "1.1.1", merge)]
    pub idmap: Option<IdMap>,
    /// Features of the virtual hardware.
    #[xml(child, omit_empty, since = "0.1.4")]
    pub features: Option<Box<Features>>,
    /// The virtual CPU.
    #[xml(child, since = "0.7.5")]
    pub cpu: Option<Box<Cpu>>,
    /// The guest's clock.
    #[xml(child, since = "0.3.1")]
    pub clock: Option<Clock>,
    /// What happens when the guest powers off.
    #[xml(
        text_child = "on_poweroff",
        fault = "Unsupported",
        schema_words = "destroy preserve rename-restart restart",
        since = "0.1.0",
        default = "`destroy`"
    )]
    pub on_poweroff: Option<LifecycleAction>,
    /// What happens when the guest reboots.
    #[xml(
        text_child = "on_reboot",
        fault = "Unsupported",
        schema_words = "destroy preserve rename-restart restart",
        since = "0.1.0",
        default = "`restart`"
    )]
    pub on_reboot: Option<LifecycleAction>,
    /// What happens when the guest crashes.
    #[xml(
        text_child = "on_crash",
        fault = "Unsupported",
        since = "0.1.0",
        default = "`destroy`"
    )]
    pub on_crash: Option<LifecycleAction>,
    /// What happens when a lock is lost.
    #[xml(
        text_child = "on_lockfailure",
        since = "1.0.0",
        fault = "Unsupported",
        default = "`default`: the lock manager decides"
    )]
    pub on_lockfailure: Option<LockFailureAction>,
    /// Power management that the guest is offered.
    #[xml(child, omit_empty, since = "0.10.2")]
    pub pm: Option<PowerManagement>,
    /// Counters of the host that are read.
    #[xml(child, omit_empty, since = "1.3.3")]
    pub perf: Option<Perf>,
    /// The devices.
    #[xml(child)]
    pub devices: Box<Devices>,
    /// Security labels.
    #[xml(child = "seclabel", since = "0.6.1")]
    pub seclabels: Vec<SecLabel>,
    /// Keys of s390 that are wrapped.
    #[xml(child, omit_empty, since = "1.2.16")]
    pub keywrap: Option<KeyWrap>,
    /// Whose memory the host cannot read.
    #[xml(child, since = "4.4.0")]
    pub launch_security: Option<Box<LaunchSecurity>>,
    /// QEMU's own command line.
    #[xml(child = "qemu:commandline", omit_empty, since = "0.8.3", merge)]
    pub qemu_commandline: Option<QemuCommandLine>,
    /// What QEMU is thought to have or not.
    #[xml(child = "qemu:capabilities", omit_empty, since = "5.5.0", merge)]
    pub qemu_capabilities: Option<QemuCapabilityChanges>,
    /// Properties of devices in place of those made.
    #[xml(child = "qemu:override", omit_empty, since = "8.2.0", merge)]
    pub qemu_override: Option<QemuOverride>,
    /// What becomes of deprecated parts: `none`, `omit`, `reject`, `crash`.
    #[xml(
        child = "qemu:deprecation",
        attribute = "behavior",
        schema_required,
        schema_words = "crash none omit reject",
        since = "7.3.0"
    )]
    pub qemu_deprecation: Option<String>,
}

/// The kind of hypervisor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DomainKind {
    /// QEMU, the CPU emulated.
    #[default]
    #[xml(since = "0.3.0")]
    Qemu,
    /// QEMU with KVM.
    #[xml(since = "0.3.0")]
    Kvm,
    /// Xen.
    Xen,
    /// Linux containers.
    #[xml(since = "0.4.2")]
    Lxc,
    /// User Mode Linux.
    #[xml(since = "0.4.5")]
    Uml,
    /// OpenVZ.
    #[xml(since = "0.4.5")]
    Openvz,
    /// The test driver.
    #[xml(since = "0.4.5")]
    Test,
    /// VMware.
    #[xml(since = "0.9.8")]
    Vmware,
    /// Hyper-V.
    #[xml(since = "0.9.8")]
    Hyperv,
    /// VirtualBox.
    #[xml(since = "0.6.3")]
    Vbox,
    /// PHYP.
    #[xml(since = "0.7.0")]
    Phyp,
    /// Parallels.
    #[xml(schema_absent, since = "0.10.0")]
    Parallels,
    /// bhyve.
    #[xml(since = "1.2.2")]
    Bhyve,
    /// Virtuozzo.
    #[xml(since = "1.2.17")]
    Vz,
    /// QEMU with the Hypervisor framework of macOS.
    #[xml(since = "8.1.0")]
    Hvf,
    /// QEMU with KQEMU.
    #[xml(since = "0.3.0")]
    Kqemu,
}

/// The VM generation ID: without a value one is made.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct GenId {
    /// The ID.
    #[xml(text, fault = "Internal", absent = "one is made")]
    pub value: Option<Uuid>,
}
