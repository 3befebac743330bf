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
    #[xml(child, since = "0.8.8")]
    pub hap: Option<Toggle>,
    /// Viridian's enlightenments, of Xen.
    #[xml(present, since = "0.9.3")]
    pub viridian: bool,
    /// A container's private network.
    #[xml(present, since = "0.9.11")]
    pub privnet: bool,
    /// What a container may do.
    #[xml(verbatim, since = "1.2.7")]
    pub capabilities: Option<xml::Tree>,
    /// Hyper-V's enlightenments.
    #[xml(child, since = "1.0.0")]
    pub hyperv: Option<Box<Hyperv>>,
    /// KVM's own features.
    #[xml(child, since = "1.2.8")]
    pub kvm: Option<KvmFeatures>,
    /// Paravirtual spin locks.
    #[xml(child, since = "1.2.0")]
    pub pvspinlock: Option<Toggle>,
    /// The performance counters.
    #[xml(child, since = "1.2.12")]
    pub pmu: Option<Toggle>,
    /// VMware's port.
    #[xml(child, since = "1.2.16")]
    pub vmport: Option<Toggle>,
    /// The interrupt controller of ARM.
    #[xml(child, since = "1.2.16")]
    pub gic: Option<Gic>,
    /// System Management Mode.
    #[xml(child, since = "2.2.0")]
    pub smm: Option<Smm>,
    /// The I/O interrupt controller.
    #[xml(
        child = "ioapic",
        attribute = "driver",
        schema_required,
        since = "3.4.0",
        default = "`kvm` with KVM"
    )]
    pub ioapic: Option<IoApicDriver>,
    /// The page table of pSeries.
    #[xml(child, omit_empty, since = "3.10.0")]
    pub hpt: Option<Hpt>,
    /// Where the guest can leave data for a core dump.
    #[xml(child, since = "4.4.0")]
    pub vmcoreinfo: Option<Toggle>,
    /// Transactional memory of pSeries.
    #[xml(child, since = "4.6.0", absent = "the hypervisor decides")]
    pub htm: Option<Switch>,
    /// Nested virtualization of pSeries.
    #[xml(
        child = "nested-hv",
        since = "4.10.0",
        absent = "the hypervisor decides"
    )]
    pub nested_hv: Option<Switch>,
    /// Registers that the hypervisor does not know.
    #[xml(child = "msrs", attribute = "unknown", required, since = "5.1.0")]
    pub msrs_unknown: Option<MsrsUnknown>,
    /// Mitigations of pSeries.
    #[xml(
        child = "ccf-assist",
        since = "5.9.0",
        absent = "the hypervisor decides"
    )]
    pub ccf_assist: Option<Switch>,
    /// Xen's own features.
    #[xml(child, since = "6.3.0")]
    pub xen: Option<XenFeatures>,
    /// Mitigations of pSeries.
    #[xml(
        child = "cfpc",
        attribute = "value",
        schema_required,
        since = "6.3.0",
        absent = "the hypervisor decides"
    )]
    pub cfpc: Option<CountCache>,
    /// Mitigations of pSeries.
    #[xml(
        child = "sbbc",
        attribute = "value",
        schema_required,
        since = "6.3.0",
        absent = "the hypervisor decides"
    )]
    pub sbbc: Option<CountCache>,
    /// Mitigations of pSeries.
    #[xml(
        child = "ibs",
        attribute = "value",
        schema_required,
        since = "6.3.0",
        absent = "the hypervisor decides"
    )]
    pub ibs: Option<IndirectBranch>,
    /// The emulator of QEMU.
    #[xml(child, omit_empty, since = "8.0.0")]
    pub tcg: Option<TcgFeatures>,
    /// Whether memory is given back after the process's end.
    #[xml(child = "async-teardown", since = "9.6.0")]
    pub async_teardown: Option<AsyncTeardown>,
    /// RAS of ARM.
    #[xml(child, since = "10.4.0", absent = "the hypervisor decides")]
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
    #[xml(attribute, yes_no, default = "`yes`")]
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
    #[xml(attribute, on_off, since = "1.2.0", default = "`on`")]
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
    #[xml(attribute, on_off, since = "0.10.2", absent = "the hypervisor decides")]
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
    #[xml(attribute, since = "8.0.0", default = "`custom`")]
    pub mode: Option<HypervMode>,
    /// No checks of missed ticks.
    #[xml(child, since = "1.0.0")]
    pub relaxed: Option<Switch>,
    /// A faster interrupt controller.
    #[xml(child, since = "1.1.0")]
    pub vapic: Option<Switch>,
    /// Long spins are told.
    #[xml(child, since = "1.1.0")]
    pub spinlocks: Option<HypervSpinlocks>,
    /// CPU numbers.
    #[xml(child, since = "1.3.3")]
    pub vpindex: Option<Switch>,
    /// CPU time used.
    #[xml(child, since = "1.3.3")]
    pub runtime: Option<Switch>,
    /// Synthetic interrupts.
    #[xml(child, since = "1.3.3")]
    pub synic: Option<Switch>,
    /// Synthetic timers.
    #[xml(child, since = "1.3.3")]
    pub stimer: Option<HypervStimer>,
    /// The guest may reset itself.
    #[xml(child, since = "1.3.3")]
    pub reset: Option<Switch>,
    /// The vendor that the guest sees.
    #[xml(child = "vendor_id", since = "1.3.3")]
    pub vendor_id: Option<HypervVendorId>,
    /// Frequencies.
    #[xml(child, since = "4.7.0")]
    pub frequencies: Option<Switch>,
    /// Notice of migrations.
    #[xml(child, since = "4.7.0")]
    pub reenlightenment: Option<Switch>,
    /// Flushes of other CPUs.
    #[xml(child, since = "4.7.0")]
    pub tlbflush: Option<HypervTlbFlush>,
    /// Interrupts between CPUs.
    #[xml(child, since = "4.10.0")]
    pub ipi: Option<Switch>,
    /// Faster nested guests.
    #[xml(child, since = "4.10.0")]
    pub evmcs: Option<Switch>,
    /// Hardware's interrupts along with synthetic ones.
    #[xml(child, since = "8.10.0")]
    pub avic: Option<Switch>,
    /// Faster nested pages.
    #[xml(child = "emsr_bitmap", since = "10.7.0")]
    pub emsr_bitmap: Option<Switch>,
    /// Hypercalls in registers.
    #[xml(child = "xmm_input", since = "10.7.0")]
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
    #[xml(
        attribute,
        absent = "an error where it is on",
        any_base,
        schema = "crate::pattern::UINT"
    )]
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
    #[xml(child, since = "5.7.0")]
    pub direct: Option<Switch>,
}

/// The vendor that the guest sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HypervVendorId {
    /// Whether it is on.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// The vendor, up to 12 characters.
    #[xml(
        attribute,
        schema = "crate::pattern::HYPERV_VENDOR",
        absent = "an error where it is on"
    )]
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
    #[xml(child, since = "1.2.8")]
    pub hidden: Option<Switch>,
    /// CPUs are the guest's own.
    #[xml(child = "hint-dedicated", since = "5.7.0")]
    pub hint_dedicated: Option<Switch>,
    /// The guest polls before the host does.
    #[xml(child = "poll-control", since = "6.10.0")]
    pub poll_control: Option<Switch>,
    /// Interrupts of devices come faster.
    #[xml(child = "pv-ipi", since = "7.10.0")]
    pub pv_ipi: Option<Switch>,
    /// The log of written pages is a ring.
    #[xml(child = "dirty-ring", since = "8.0.0")]
    pub dirty_ring: Option<DirtyRing>,
}

/// The log of written pages is a ring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DirtyRing {
    /// Whether it is.
    #[xml(attribute, on_off, required)]
    pub state: Option<bool>,
    /// Its entries: a power of two from 1024 to 65536.
    #[xml(attribute, absent = "an error where it is on")]
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
    #[xml(attribute, absent = "Xen decides")]
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
    #[xml(
        attribute,
        schema_words = "2 3 host",
        absent = "the newest that KVM has; `2` without KVM"
    )]
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
    #[xml(attribute, on_off, default = "`on`")]
    pub state: Option<bool>,
    /// Its memory, in bytes.
    #[xml(child, since = "4.5.0")]
    pub tseg: Option<Tseg>,
}

/// Memory of System Management Mode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Tseg {
    /// The unit; MiB when none is said.
    #[xml(attribute, schema = "crate::pattern::UNIT", default = "`MiB`")]
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
    #[xml(attribute, absent = "the hypervisor decides")]
    pub resizing: Option<HptResizing>,
    /// The largest page, in KiB.
    #[xml(
        text_child = "maxpagesize",
        unit = "KiB",
        absent = "the hypervisor decides"
    )]
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
    #[xml(
        text_child = "tb-cache",
        unit = "KiB",
        absent = "the hypervisor decides"
    )]
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
