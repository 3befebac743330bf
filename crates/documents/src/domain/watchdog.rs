//! `<watchdog>`: watchdogs.

use xml::{Xml, XmlEnum};

use super::DeviceInfo;

/// A watchdog.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "watchdog")]
pub struct Watchdog {
    /// The model.
    #[xml(attribute, required)]
    pub model: WatchdogModel,
    /// What happens when it fires.
    #[xml(attribute, default = "`reset`")]
    pub action: Option<WatchdogAction>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The model of a watchdog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum WatchdogModel {
    /// Intel 6300ESB, on PCI.
    #[default]
    I6300esb,
    /// iBASE 700, on ISA.
    Ib700,
    /// s390.
    #[xml(since = "1.2.17")]
    Diag288,
    /// Intel TCO, part of the q35 chipset.
    #[xml(since = "9.1.0")]
    Itco,
}

/// What happens when a watchdog fires.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum WatchdogAction {
    /// The guest is reset.
    #[default]
    Reset,
    /// The guest is asked to shut down.
    Shutdown,
    /// The domain ends.
    Poweroff,
    /// The domain is paused.
    Pause,
    /// A core is dumped, and the domain goes on.
    #[xml(since = "0.8.7")]
    Dump,
    /// Nothing.
    None,
    /// The guest gets a non-maskable interrupt.
    #[xml(since = "1.2.17")]
    InjectNmi,
}
