//! What chipsets and their interrupt controllers can: `<apic>`, `<gic>`, `<smm>`, `<ioapic>`, `<aia>`.

use xml::{Xml, XmlEnum};

/// The interrupt controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Apic {
    /// Whether the guest can acknowledge without an exit.
    #[xml(attribute, on_off, since = "0.10.2", absent = "the hypervisor decides")]
    pub eoi: Option<bool>,
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
