//! `<features>`: features of the virtual hardware.

mod chipset;
mod hyperv;
mod hypervisor;
mod pseries;

pub use chipset::*;
pub use hyperv::*;
pub use hypervisor::*;
pub use pseries::*;

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

/// What happens to unknown registers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MsrsUnknown {
    /// Nothing.
    #[default]
    Ignore,
    /// The guest gets a fault.
    Fault,
}
