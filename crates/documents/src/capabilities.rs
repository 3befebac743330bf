//! `<capabilities>`: what a host and its hypervisor can.

use xml::{Xml, XmlEnum};

use crate::Uuid;
use crate::domain::{CpuFeature, CpuTopology, MaxPhysAddr};

/// What a host and its hypervisor can.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    name = "capabilities",
    since = "0.2.1",
    absent = "the host has none, or did not say"
)]
pub struct Capabilities {
    /// The host.
    #[xml(child)]
    pub host: Host,
    /// What guests there can be.
    #[xml(child = "guest")]
    pub guests: Vec<Guest>,
}

impl Capabilities {
    /// The text as libvirt writes it: with an empty line after each part.
    #[must_use]
    pub fn to_text(&self) -> String {
        let text = xml::format(self);
        let mut out = String::with_capacity(text.len() + 64);
        for line in text.lines() {
            out.push_str(line);
            out.push('\n');
            if matches!(line, "<capabilities>" | "  </host>" | "  </guest>") {
                out.push('\n');
            }
        }
        out
    }
}

/// The host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "the host did not say")]
pub struct Host {
    /// Its UUID.
    #[xml(text_child, since = "0.8.2")]
    pub uuid: Option<Uuid>,
    /// Its CPU.
    #[xml(child)]
    pub cpu: HostCpu,
    /// How it can sleep.
    #[xml(child = "power_management", since = "0.9.8")]
    pub power_management: Option<PowerManagement>,
    /// Whether it has an IOMMU that guests' devices can use.
    #[xml(child = "iommu", attribute = "support", yes_no, since = "4.5.0")]
    pub iommu: Option<bool>,
    /// How it can migrate.
    #[xml(child = "migration_features", since = "0.3.2")]
    pub migration_features: Option<MigrationFeatures>,
    /// NUMA.
    #[xml(child, since = "0.3.3")]
    pub topology: Option<Topology>,
    /// Caches.
    #[xml(child, omit_empty, since = "3.4.0")]
    pub cache: Option<Cache>,
    /// Memory bandwidth that can be shared out.
    #[xml(child = "memory_bandwidth", omit_empty, since = "4.7.0")]
    pub memory_bandwidth: Option<MemoryBandwidth>,
    /// Security drivers.
    #[xml(child = "secmodel", since = "0.6.1")]
    pub secmodels: Vec<SecModel>,
}

/// The host's CPU.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "the host did not say")]
pub struct HostCpu {
    /// The architecture.
    #[xml(text_child)]
    pub arch: Option<String>,
    /// The model's name.
    #[xml(text_child, since = "0.7.5")]
    pub model: Option<String>,
    /// The vendor.
    #[xml(text_child, since = "0.8.3")]
    pub vendor: Option<String>,
    /// The microcode's version.
    #[xml(child = "microcode", attribute = "version", since = "4.0.0")]
    pub microcode: Option<u32>,
    /// The signature.
    #[xml(child, since = "8.2.0")]
    pub signature: Option<CpuSignature>,
    /// The time stamp counter.
    #[xml(child, since = "4.10.0")]
    pub counter: Option<CpuCounter>,
    /// Sockets, dies, clusters, cores, threads.
    #[xml(child, since = "0.7.5")]
    pub topology: Option<CpuTopology>,
    /// Bits of a physical address.
    #[xml(child, since = "9.3.0")]
    pub maxphysaddr: Option<MaxPhysAddr>,
    /// Features that the model does not say.
    #[xml(child = "feature", since = "0.7.5")]
    pub features: Vec<CpuFeature>,
    /// Features of old hypervisors.
    #[xml(child = "features", omit_empty)]
    pub old_features: Option<OldFeatures>,
    /// Sizes of pages.
    #[xml(child, since = "1.2.6")]
    pub pages: Vec<PageSize>,
}

/// Features of old hypervisors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct OldFeatures {
    /// Physical address extension.
    #[xml(present)]
    pub pae: bool,
    /// No physical address extension.
    #[xml(present)]
    pub nonpae: bool,
}

/// A CPU's signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
#[xml(absent = "0")]
pub struct CpuSignature {
    /// The family.
    #[xml(attribute)]
    pub family: u32,
    /// The model.
    #[xml(attribute)]
    pub model: u32,
    /// The stepping.
    #[xml(attribute)]
    pub stepping: u32,
}

/// A counter of time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CpuCounter {
    /// `tsc`.
    #[xml(attribute, required)]
    pub name: String,
    /// Its frequency in Hz.
    #[xml(attribute, absent = "0")]
    pub frequency: u64,
    /// Whether guests can have another frequency.
    #[xml(attribute, yes_no, absent = "the host did not say")]
    pub scaling: Option<bool>,
}

/// A size of pages, or how many pages of it there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PageSize {
    /// `KiB`.
    #[xml(attribute, default = "`KiB`")]
    pub unit: Option<String>,
    /// The size.
    #[xml(attribute, required)]
    pub size: u32,
    /// How many there are, of a cell.
    #[xml(text, absent = "the size alone is meant")]
    pub count: Option<u64>,
}

/// How a host can sleep.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "0.9.8")]
pub struct PowerManagement {
    /// To memory.
    #[xml(present = "suspend_mem")]
    pub suspend_mem: bool,
    /// To disk.
    #[xml(present = "suspend_disk")]
    pub suspend_disk: bool,
    /// To both.
    #[xml(present = "suspend_hybrid")]
    pub suspend_hybrid: bool,
}

/// How a host can migrate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MigrationFeatures {
    /// While the guest runs.
    #[xml(present)]
    pub live: bool,
    /// Ways to the other host.
    #[xml(text_child = "uri_transport", wrapper = "uri_transports")]
    pub uri_transports: Vec<String>,
}

/// NUMA.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Topology {
    /// The cells.
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
    /// Its pages.
    #[xml(child, since = "1.2.6")]
    pub pages: Vec<PageSize>,
    /// How far other cells are.
    #[xml(child = "sibling", wrapper = "distances", since = "1.2.6")]
    pub distances: Vec<crate::domain::NumaSibling>,
    /// Its CPUs.
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
    /// Its number.
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

/// Caches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Cache {
    /// The banks.
    #[xml(child = "bank")]
    pub banks: Vec<CacheBank>,
}

/// A bank of a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "it is empty, or 0")]
pub struct CacheBank {
    /// Its number.
    #[xml(attribute)]
    pub id: u32,
    /// Its level.
    #[xml(attribute)]
    pub level: u32,
    /// `both`, `code`, `data`.
    #[xml(attribute = "type")]
    pub kind: String,
    /// Its size.
    #[xml(attribute)]
    pub size: u64,
    /// The unit of that.
    #[xml(attribute)]
    pub unit: String,
    /// Its CPUs: a list.
    #[xml(attribute)]
    pub cpus: String,
}

/// Memory bandwidth that can be shared out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryBandwidth {
    /// The nodes.
    #[xml(child = "node")]
    pub nodes: Vec<BandwidthNode>,
}

/// A node whose memory bandwidth can be shared out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "it is empty, or 0")]
pub struct BandwidthNode {
    /// Its number.
    #[xml(attribute)]
    pub id: u32,
    /// Its CPUs: a list.
    #[xml(attribute)]
    pub cpus: String,
}

/// A security driver.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "it is empty")]
pub struct SecModel {
    /// Its name.
    #[xml(text_child)]
    pub model: String,
    /// Its domain of interpretation.
    #[xml(text_child)]
    pub doi: String,
    /// What it starts labels from, by the kind of guest.
    #[xml(child = "baselabel", since = "1.1.4")]
    pub baselabels: Vec<BaseLabel>,
}

/// What a security driver starts labels from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "it is empty")]
pub struct BaseLabel {
    /// The kind of guest: `kvm`, `qemu`.
    #[xml(attribute = "type")]
    pub kind: String,
    /// The label.
    #[xml(text)]
    pub label: String,
}

/// A kind of guest.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Guest {
    /// `hvm`.
    #[xml(text_child = "os_type", absent = "it is empty")]
    pub os_type: String,
    /// The architecture.
    #[xml(child)]
    pub arch: GuestArch,
    /// What can be had.
    #[xml(child, omit_empty)]
    pub features: Option<GuestFeatures>,
}

/// The architecture of a guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestArch {
    /// Its name.
    #[xml(attribute, absent = "it is empty")]
    pub name: String,
    /// Bits of a word.
    #[xml(text_child, absent = "0")]
    pub wordsize: u32,
    /// The program.
    #[xml(text_child, absent = "there is none")]
    pub emulator: Option<String>,
    /// What loads paravirtual kernels.
    #[xml(text_child, absent = "there is none")]
    pub loader: Option<String>,
    /// Machine types.
    #[xml(child = "machine")]
    pub machines: Vec<GuestMachine>,
    /// Kinds of domains.
    #[xml(child = "domain")]
    pub domains: Vec<GuestDomain>,
}

/// A machine type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestMachine {
    /// The type that it stands for now.
    #[xml(
        attribute,
        since = "0.7.0",
        absent = "the name is that of the type itself"
    )]
    pub canonical: Option<String>,
    /// The most virtual CPUs.
    #[xml(attribute, since = "1.1.1", absent = "the hypervisor did not say")]
    pub max_cpus: Option<u32>,
    /// Whether it will go away.
    #[xml(attribute, yes_no, since = "6.10.0", default = "`no`")]
    pub deprecated: Option<bool>,
    /// Its name.
    #[xml(text, absent = "it is empty")]
    pub name: String,
}

/// A kind of domain: `kvm`, `qemu`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestDomain {
    /// The kind.
    #[xml(attribute = "type", absent = "it is empty")]
    pub kind: String,
    /// Its program, when it is another one.
    #[xml(text_child, absent = "that of the architecture")]
    pub emulator: Option<String>,
    /// What loads paravirtual kernels.
    #[xml(text_child, absent = "that of the architecture")]
    pub loader: Option<String>,
    /// Its machine types, when they are others.
    #[xml(child = "machine")]
    pub machines: Vec<GuestMachine>,
}

/// What a guest can have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestFeatures {
    /// Physical address extension.
    #[xml(present)]
    pub pae: bool,
    /// No physical address extension.
    #[xml(present)]
    pub nonpae: bool,
    /// Always big-endian.
    #[xml(present = "ia64_be")]
    pub ia64_be: bool,
    /// ACPI.
    #[xml(child)]
    pub acpi: Option<Toggle>,
    /// The interrupt controller.
    #[xml(child)]
    pub apic: Option<Toggle>,
    /// Hardware assisted paging.
    #[xml(child, since = "0.8.8")]
    pub hap: Option<Toggle>,
    /// CPUs can be chosen.
    #[xml(present, since = "0.7.5")]
    pub cpuselection: bool,
    /// Devices can be booted in an order.
    #[xml(present, since = "0.8.8")]
    pub deviceboot: bool,
    /// Snapshots of disks.
    #[xml(child, since = "1.2.3")]
    pub disksnapshot: Option<Toggle>,
    /// Snapshots outside of images.
    #[xml(present, since = "9.9.0")]
    pub external_snapshot: bool,
}

/// A feature that may be turned on and off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Toggle {
    /// What it is when nothing is said.
    #[xml(attribute, on_off, absent = "the hypervisor did not say")]
    pub default: Option<bool>,
    /// Whether it may be turned.
    #[xml(attribute, default = "`no`")]
    pub toggle: Option<ToggleChoice>,
}

/// Whether a feature may be turned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ToggleChoice {
    /// It may.
    Yes,
    /// It may not.
    #[default]
    No,
}
