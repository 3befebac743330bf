//! `<cpu>`: the virtual CPU.

mod numa;

pub use numa::*;

use xml::{Xml, XmlEnum};

/// The virtual CPU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::CPU")]
pub struct Cpu {
    /// Where the model comes from.
    #[xml(
        attribute,
        since = "0.9.10",
        fault = "Unsupported",
        default = "`custom`"
    )]
    pub mode: Option<CpuMode>,
    /// How near the guest's CPU must be to the one asked for.
    #[xml(attribute = "match", default = "`exact`")]
    pub matching: Option<CpuMatch>,
    /// What is checked before the start.
    #[xml(
        attribute,
        since = "3.2.0",
        default = "`partial`; `none` where the host's CPU is passed or nothing of the host is used"
    )]
    pub check: Option<CpuCheck>,
    /// Whether the domain can migrate, of `host-passthrough`.
    #[xml(attribute, on_off, since = "6.5.0", default = "`on`")]
    pub migratable: Option<bool>,
    /// Which features were removed, of `host-model`.
    #[xml(
        attribute = "deprecated_features",
        since = "11.0.0",
        absent = "they stay"
    )]
    pub deprecated_features: Option<String>,
    /// The architecture, in documents about a host.
    #[xml(text_child, schema_absent, absent = "the document is one of a domain")]
    pub arch: Option<String>,
    /// The model.
    #[xml(child, since = "0.7.5")]
    pub model: Option<CpuModel>,
    /// The vendor that the host must have.
    #[xml(text_child, since = "0.8.3", absent = "any vendor will do")]
    pub vendor: Option<String>,
    /// Sockets, dies, clusters, cores, threads.
    #[xml(child, since = "0.7.5")]
    pub topology: Option<CpuTopology>,
    /// What the guest sees of caches.
    #[xml(child, since = "3.3.0", once, absent = "the hypervisor decides")]
    pub cache: Option<CpuCache>,
    /// Bits of a physical address.
    #[xml(child, since = "8.7.0", absent = "the hypervisor decides")]
    pub maxphysaddr: Option<MaxPhysAddr>,
    /// Features, one by one.
    #[xml(child = "feature", since = "0.7.5")]
    pub features: Vec<CpuFeature>,
    /// NUMA.
    #[xml(child, since = "0.9.8")]
    pub numa: Option<CpuNuma>,
}

/// Where a CPU model comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CpuMode {
    /// The document.
    #[default]
    Custom,
    /// The host, by a name and features.
    #[xml(since = "0.9.10")]
    HostModel,
    /// The host itself.
    HostPassthrough,
    /// All that the hypervisor can.
    #[xml(since = "7.1.0")]
    Maximum,
}

/// How near the guest's CPU must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CpuMatch {
    /// At least that.
    Minimum,
    /// Just that.
    #[default]
    Exact,
    /// The host's must be just that.
    Strict,
}

/// What is checked before the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CpuCheck {
    /// Nothing.
    #[default]
    None,
    /// What the driver can see.
    Partial,
    /// The CPU that the hypervisor made.
    Full,
}

/// A CPU model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CpuModel {
    /// What happens when the hypervisor lacks it.
    #[xml(
        attribute,
        since = "0.9.10",
        fault = "Unsupported",
        lax = "empty",
        default = "`allow`"
    )]
    pub fallback: Option<CpuFallback>,
    /// The vendor that the guest sees.
    #[xml(
        attribute = "vendor_id",
        schema = "crate::pattern::VENDOR_ID",
        since = "0.10.0",
        absent = "the vendor of the model"
    )]
    pub vendor_id: Option<String>,
    /// The model's name.
    #[xml(
        text,
        absent = "the mode says the model, or the hypervisor's own holds"
    )]
    pub name: Option<String>,
}

/// What happens when the hypervisor lacks a CPU model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CpuFallback {
    /// A near one is used.
    #[default]
    Allow,
    /// It is an error.
    Forbid,
}

/// Bits of a physical address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MaxPhysAddr {
    /// Who says.
    #[xml(attribute, required, since = "8.7.0")]
    pub mode: MaxPhysAddrMode,
    /// The bits, when the document says.
    #[xml(attribute, since = "8.7.0", absent = "the mode decides")]
    pub bits: Option<u32>,
    /// The most that the host may give.
    #[xml(
        attribute,
        since = "9.3.0",
        positive,
        absent = "the host's bits are passed as they are",
        schema = "crate::pattern::UINT"
    )]
    pub limit: Option<u32>,
}

/// Who says how many bits an address has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum MaxPhysAddrMode {
    /// The document.
    #[default]
    Emulate,
    /// The host.
    Passthrough,
}

/// Sockets, dies, clusters, cores, threads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CpuTopology {
    /// Sockets.
    #[xml(attribute, required, positive)]
    pub sockets: u32,
    /// Dies of a socket.
    #[xml(
        attribute,
        since = "6.1.0",
        positive,
        default = "1",
        schema = "crate::pattern::POSITIVE"
    )]
    pub dies: Option<u32>,
    /// Clusters of a die.
    #[xml(
        attribute,
        since = "10.1.0",
        positive,
        default = "1",
        schema = "crate::pattern::POSITIVE"
    )]
    pub clusters: Option<u32>,
    /// Cores of a cluster.
    #[xml(attribute, required, positive)]
    pub cores: u32,
    /// Threads of a core.
    #[xml(attribute, required, positive)]
    pub threads: u32,
}

/// What the guest sees of caches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CpuCache {
    /// The level.
    #[xml(
        attribute,
        schema_words = "1 2 3",
        since = "3.3.0",
        absent = "all caches are meant"
    )]
    pub level: Option<u32>,
    /// Who says what is there.
    #[xml(attribute, required, since = "3.3.0")]
    pub mode: CpuCacheMode,
}

/// Who says what caches there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CpuCacheMode {
    /// The hypervisor.
    #[default]
    Emulate,
    /// The host.
    Passthrough,
    /// None are seen.
    Disable,
}

/// A feature of a CPU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CpuFeature {
    /// Whether it is there.
    #[xml(
        attribute,
        schema_required,
        fault = "Unsupported",
        default = "`require`"
    )]
    pub policy: Option<CpuFeaturePolicy>,
    /// Its name.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::FEATURE_NAME",
        missing = "Content",
        lax = "empty"
    )]
    pub name: String,
    /// Whether a host without it can be migrated to, in documents about a host.
    #[xml(attribute, yes_no, schema_absent, default = "`no`")]
    pub removed: Option<bool>,
}

/// Whether a feature is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CpuFeaturePolicy {
    /// It is, whatever the host has.
    Force,
    /// It is; the host must have it.
    #[default]
    Require,
    /// It is, if the host has it.
    Optional,
    /// It is not.
    Disable,
    /// It is not, and the host must not have it.
    Forbid,
}
