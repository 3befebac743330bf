//! `<features>`: features of the virtual hardware.

use xml::{Xml, XmlEnum};

/// Features of the virtual hardware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct Features {
    /// ACPI.
    #[xml(present)]
    pub acpi: bool,
    /// The interrupt controller.
    #[xml(child)]
    pub apic: Option<Apic>,
    /// Physical address extension.
    #[xml(present)]
    pub pae: bool,
    /// Hardware assisted paging.
    #[xml(child)]
    pub hap: Option<Toggle>,
    /// Viridian's enlightenments, of Xen.
    #[xml(present)]
    pub viridian: bool,
    /// A container's private network.
    #[xml(present)]
    pub privnet: bool,
    /// What a container may do.
    #[xml(verbatim)]
    pub capabilities: Option<xml::Tree>,
    /// Hyper-V's enlightenments.
    #[xml(child)]
    pub hyperv: Option<Box<Hyperv>>,
    /// KVM's own features.
    #[xml(child)]
    pub kvm: Option<KvmFeatures>,
    /// Paravirtual spin locks.
    #[xml(child)]
    pub pvspinlock: Option<Toggle>,
    /// The performance counters.
    #[xml(child)]
    pub pmu: Option<Toggle>,
    /// VMware's port.
    #[xml(child)]
    pub vmport: Option<Toggle>,
    /// The interrupt controller of ARM.
    #[xml(child)]
    pub gic: Option<Gic>,
    /// System Management Mode.
    #[xml(child)]
    pub smm: Option<Smm>,
    /// The I/O interrupt controller.
    #[xml(child = "ioapic", attribute = "driver", schema_required)]
    pub ioapic: Option<IoApicDriver>,
    /// The page table of pSeries.
    #[xml(child, omit_empty)]
    pub hpt: Option<Hpt>,
    /// Where the guest can leave data for a core dump.
    #[xml(child)]
    pub vmcoreinfo: Option<Toggle>,
    /// Transactional memory of pSeries.
    #[xml(child)]
    pub htm: Option<Switch>,
    /// Nested virtualization of pSeries.
    #[xml(child = "nested-hv")]
    pub nested_hv: Option<Switch>,
    /// Registers that the hypervisor does not know.
    #[xml(child = "msrs", attribute = "unknown", required)]
    pub msrs_unknown: Option<MsrsUnknown>,
    /// Mitigations of pSeries.
    #[xml(child = "ccf-assist")]
    pub ccf_assist: Option<Switch>,
    /// Xen's own features.
    #[xml(child)]
    pub xen: Option<XenFeatures>,
    /// Mitigations of pSeries.
    #[xml(child = "cfpc", attribute = "value", schema_required)]
    pub cfpc: Option<CountCache>,
    /// Mitigations of pSeries.
    #[xml(child = "sbbc", attribute = "value", schema_required)]
    pub sbbc: Option<CountCache>,
    /// Mitigations of pSeries.
    #[xml(child = "ibs", attribute = "value", schema_required)]
    pub ibs: Option<IndirectBranch>,
    /// The emulator of QEMU.
    #[xml(child, omit_empty, since = "8.0.0")]
    pub tcg: Option<TcgFeatures>,
    /// Whether memory is given back after the process's end.
    #[xml(child = "async-teardown", since = "9.6.0")]
    pub async_teardown: Option<AsyncTeardown>,
    /// RAS of ARM.
    #[xml(child)]
    pub ras: Option<Switch>,
    /// The PS/2 controller.
    #[xml(child, since = "10.7.0")]
    pub ps2: Option<Switch>,
    /// AIA of RISC-V.
    #[xml(child = "aia", attribute = "value", since = "11.1.0", schema_required)]
    pub aia: Option<Aia>,
}

/// Whether memory is given back after the process's end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct AsyncTeardown {
    /// Whether it is; it is when not said.
    #[xml(attribute, yes_no)]
    pub enabled: Option<bool>,
}

/// A feature that is on or off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Switch {
    /// Whether it is on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
}

/// A feature that is on when it is named, unless it says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Toggle {
    /// Whether it is on; on when not said.
    #[xml(attribute, on_off)]
    pub state: Option<bool>,
}

impl Toggle {
    /// Whether it is on.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.state.unwrap_or(true)
    }
}

impl Switch {
    /// Whether it is on.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.state.unwrap_or(true)
    }
}

/// The interrupt controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Apic {
    /// Whether the guest can acknowledge without an exit.
    #[xml(attribute, on_off)]
    pub eoi: Option<bool>,
}

/// Hyper-V's enlightenments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
#[xml(
    rule = "@mode='passthrough' => no relaxed, vapic, spinlocks, vpindex, runtime, synic, stimer, reset, vendor_id, frequencies, reenlightenment, tlbflush, ipi, evmcs, avic, emsr_bitmap, xmm_input"
)]
pub struct Hyperv {
    /// Whether the document or the host says which.
    #[xml(attribute, since = "8.0.0")]
    pub mode: Option<HypervMode>,
    /// No checks of missed ticks.
    #[xml(child)]
    pub relaxed: Option<Switch>,
    /// A faster interrupt controller.
    #[xml(child)]
    pub vapic: Option<Switch>,
    /// Long spins are told.
    #[xml(child)]
    pub spinlocks: Option<HypervSpinlocks>,
    /// CPU numbers.
    #[xml(child)]
    pub vpindex: Option<Switch>,
    /// CPU time used.
    #[xml(child)]
    pub runtime: Option<Switch>,
    /// Synthetic interrupts.
    #[xml(child)]
    pub synic: Option<Switch>,
    /// Synthetic timers.
    #[xml(child)]
    pub stimer: Option<HypervStimer>,
    /// The guest may reset itself.
    #[xml(child)]
    pub reset: Option<Switch>,
    /// The vendor that the guest sees.
    #[xml(child = "vendor_id")]
    pub vendor_id: Option<HypervVendorId>,
    /// Frequencies.
    #[xml(child)]
    pub frequencies: Option<Switch>,
    /// Notice of migrations.
    #[xml(child)]
    pub reenlightenment: Option<Switch>,
    /// Flushes of other CPUs.
    #[xml(child)]
    pub tlbflush: Option<HypervTlbFlush>,
    /// Interrupts between CPUs.
    #[xml(child)]
    pub ipi: Option<Switch>,
    /// Faster nested guests.
    #[xml(child)]
    pub evmcs: Option<Switch>,
    /// Hardware's interrupts along with synthetic ones.
    #[xml(child)]
    pub avic: Option<Switch>,
    /// Faster nested pages.
    #[xml(child = "emsr_bitmap")]
    pub emsr_bitmap: Option<Switch>,
    /// Hypercalls in registers.
    #[xml(child = "xmm_input")]
    pub xmm_input: Option<Switch>,
}

/// Who says which enlightenments there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum HypervMode {
    /// The document.
    #[default]
    Custom,
    /// The host: all that it can.
    Passthrough,
}

/// Long spins are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HypervSpinlocks {
    /// Whether it is on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// How often is long, at least 4095.
    #[xml(attribute)]
    pub retries: Option<u32>,
}

/// Synthetic timers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct HypervStimer {
    /// Whether they are on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// Whether they need no message.
    #[xml(child)]
    pub direct: Option<Switch>,
}

/// The vendor that the guest sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HypervVendorId {
    /// Whether it is on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// The vendor, up to 12 characters.
    #[xml(attribute, schema = "crate::pattern::HYPERV_VENDOR")]
    pub value: Option<String>,
}

/// Flushes of other CPUs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct HypervTlbFlush {
    /// Whether they are on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// Whether a nested guest's can go directly.
    #[xml(child, since = "11.0.0")]
    pub direct: Option<Switch>,
    /// Whether single addresses can be flushed.
    #[xml(child, since = "11.0.0")]
    pub extended: Option<Switch>,
}

/// KVM's own features.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct KvmFeatures {
    /// The guest does not see KVM.
    #[xml(child)]
    pub hidden: Option<Switch>,
    /// CPUs are the guest's own.
    #[xml(child = "hint-dedicated")]
    pub hint_dedicated: Option<Switch>,
    /// The guest polls before the host does.
    #[xml(child = "poll-control")]
    pub poll_control: Option<Switch>,
    /// Interrupts of devices come faster.
    #[xml(child = "pv-ipi")]
    pub pv_ipi: Option<Switch>,
    /// The log of written pages is a ring.
    #[xml(child = "dirty-ring")]
    pub dirty_ring: Option<DirtyRing>,
}

/// The log of written pages is a ring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DirtyRing {
    /// Whether it is.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// Its entries: a power of two from 1024 to 65536.
    #[xml(attribute)]
    pub size: Option<u32>,
}

/// Xen's own features.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(closed)]
pub struct XenFeatures {
    /// Host addresses in the guest's memory map.
    #[xml(child = "e820_host")]
    pub e820_host: Option<Switch>,
    /// PCI passthrough.
    #[xml(child)]
    pub passthrough: Option<XenPassthrough>,
}

/// PCI passthrough of Xen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct XenPassthrough {
    /// Whether it is on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// How page tables are kept.
    #[xml(attribute)]
    pub mode: Option<XenPassthroughMode>,
}

/// How page tables of PCI passthrough are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum XenPassthroughMode {
    /// Two, kept in step.
    #[default]
    #[xml("sync_pt")]
    SyncPt,
    /// One.
    #[xml("share_pt")]
    SharePt,
}

/// The interrupt controller of ARM.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Gic {
    /// Its version.
    #[xml(attribute, schema_words = "2 3 host")]
    pub version: Option<GicVersion>,
}

/// The version of ARM's interrupt controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum GicVersion {
    /// Version 2.
    #[default]
    #[xml("2")]
    V2,
    /// Version 3.
    #[xml("3")]
    V3,
    /// The host's.
    Host,
}

/// System Management Mode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "tseg => @state")]
pub struct Smm {
    /// Whether it is on.
    #[xml(attribute, on_off)]
    pub state: Option<bool>,
    /// Its memory, in bytes.
    #[xml(child, since = "4.5.0")]
    pub tseg: Option<Tseg>,
}

/// Memory of System Management Mode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Tseg {
    /// The unit; MiB when none is said.
    #[xml(attribute, schema = "crate::pattern::UNIT")]
    pub unit: Option<String>,
    /// The number.
    #[xml(text, schema_required)]
    pub value: u64,
}

/// Who emulates the I/O interrupt controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum IoApicDriver {
    /// QEMU.
    Qemu,
    /// KVM.
    #[default]
    Kvm,
}

/// The page table of pSeries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Hpt {
    /// Whether it can be resized.
    #[xml(attribute)]
    pub resizing: Option<HptResizing>,
    /// The largest page, in KiB.
    #[xml(text_child = "maxpagesize", unit = "KiB")]
    pub maxpagesize: Option<u64>,
}

/// Whether the page table can be resized.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum HptResizing {
    /// If the guest can.
    #[default]
    Enabled,
    /// No.
    Disabled,
    /// The guest must.
    Required,
}

/// What happens to unknown registers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MsrsUnknown {
    /// Nothing.
    #[default]
    Ignore,
    /// The guest gets a fault.
    Fault,
}

/// A mitigation of pSeries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum CountCache {
    /// None.
    #[default]
    Broken,
    /// By software.
    Workaround,
    /// By hardware.
    Fixed,
}

/// A mitigation of pSeries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum IndirectBranch {
    /// None.
    #[default]
    Broken,
    /// By software.
    Workaround,
    /// Branches in order.
    FixedIbs,
    /// No cache of targets.
    FixedCcd,
    /// By hardware.
    FixedNa,
}

/// The emulator of QEMU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TcgFeatures {
    /// The cache of translated code, in KiB.
    #[xml(text_child = "tb-cache", unit = "KiB")]
    pub tb_cache: Option<u64>,
}

/// AIA of RISC-V.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Aia {
    /// None.
    #[default]
    None,
    /// Without message signalled interrupts.
    Aplic,
    /// With them.
    AplicImsic,
}
