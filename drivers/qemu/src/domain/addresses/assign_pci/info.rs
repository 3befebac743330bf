//! What a device says of its PCI place.

use documents::domain::{Address, DeviceInfo, PciAddress};

use crate::domain::addresses::pci::Place;

/// The address that the document names, if it names one.
pub(super) fn named(info: &DeviceInfo) -> Option<&PciAddress> {
    match &info.address {
        Some(Address::Pci(pci)) if !pci.is_empty() => Some(pci),
        _ => None,
    }
}

/// Whether an address is still to be found.
pub(super) fn wanted(info: &DeviceInfo) -> bool {
    match &info.address {
        None => true,
        Some(Address::Pci(pci)) => pci.is_empty(),
        Some(_) => false,
    }
}

/// Writes the place into the document; what else the address said stays.
pub(super) fn put(info: &mut DeviceInfo, place: Place) {
    let old = match &info.address {
        Some(Address::Pci(old)) => *old,
        _ => PciAddress::default(),
    };
    info.address = Some(Address::Pci(PciAddress {
        domain: 0,
        bus: place.bus,
        slot: place.slot,
        function: place.function,
        ..old
    }));
}
