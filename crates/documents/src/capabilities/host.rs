//! `<host>`: what the host has.

use xml::Xml;

use super::Topology;
use crate::Uuid;
use crate::domain::{CpuFeature, CpuTopology, MaxPhysAddr};

/// The host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "the host did not say")]
pub struct Host {
    /// The UUID of the host: its firmware's, or the one in the daemon's configuration.
    #[xml(text_child, since = "0.8.2")]
    pub uuid: Option<Uuid>,
    /// The processor, described by the nearest model.
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
    /// The caches that can be shared out (resctrl).
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
    /// Who made the processor.
    #[xml(text_child, since = "0.8.3")]
    pub vendor: Option<String>,
    /// The microcode's version.
    #[xml(child = "microcode", attribute = "version", since = "4.0.0")]
    pub microcode: Option<u32>,
    /// Which one of its maker's it is (x86: CPUID leaf 1).
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
    /// The family, with the extended one added.
    #[xml(attribute)]
    pub family: u32,
    /// The model in the family, with the extended one.
    #[xml(attribute)]
    pub model: u32,
    /// The revision of the model.
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
    /// How far it is from the processor: 1, 2, 3.
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
    /// The nodes whose bandwidth can be shared out.
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
    /// The label of a guest that names none.
    #[xml(text)]
    pub label: String,
}
