//! `<hyperv>`: what a guest of Windows finds of Hyper-V.

use xml::{Xml, XmlEnum};

use super::Switch;

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
