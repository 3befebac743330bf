//! The PCI topology of a guest while addresses are handed out: buses, slots and what may be plugged where.
//!
//! The rules are those that clients know from the public API ("PCI topology and hotplug"): a legacy device goes to
//! a legacy bus, an express device gets a port of its own, and a missing bus is added.

mod bus;
mod model;
mod topology;

use documents::domain::PciAddress;

pub(crate) use model::{BusModel, Plug};
pub(crate) use topology::Topology;

/// A place on a PCI bus. The PCI domain is always 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the controller that provides the bus.
    pub bus: u32,
    /// Slot on the bus, 0 to 31.
    pub slot: u32,
    /// Function of the slot, 0 to 7.
    pub function: u32,
}

impl Place {
    /// A place on the root bus, where the functions of the chipset are.
    pub(crate) const fn on_root(slot: u32, function: u32) -> Self {
        Self {
            bus: 0,
            slot,
            function,
        }
    }
}

impl From<&PciAddress> for Place {
    fn from(address: &PciAddress) -> Self {
        Self {
            bus: address.bus,
            slot: address.slot,
            function: address.function,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "0000:{:02x}:{:02x}.{:x}",
            self.bus, self.slot, self.function
        )
    }
}

/// Where an address comes from, which decides how strictly it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The document names it: a legacy device may be put on an express bus and the other way round.
    Document,
    /// It was chosen here.
    Chosen,
}
