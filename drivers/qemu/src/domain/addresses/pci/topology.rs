//! All PCI buses of a guest, with those that are added when there is no place.

use super::bus::Bus;
use super::{BusModel, Origin, Place, Plug};
use crate::domain::addresses::AddressError;

/// All buses of a guest; the index of a bus is the index of its controller.
#[derive(Debug, Clone)]
pub(crate) struct Topology {
    buses: Vec<Bus>,
    may_grow: bool,
    /// So many buses behind the root in a row are spent: nobody need look there for a place.
    spent: usize,
}

impl Topology {
    /// A topology of the given buses; `may_grow` lets missing buses be added.
    pub(crate) fn new(models: impl IntoIterator<Item = BusModel>, may_grow: bool) -> Self {
        Self {
            buses: models.into_iter().map(Bus::new).collect(),
            may_grow,
            spent: 0,
        }
    }

    /// How many buses there are.
    pub(crate) fn len(&self) -> usize {
        self.buses.len()
    }

    /// The model of one bus.
    pub(crate) fn model(&self, index: usize) -> Option<BusModel> {
        self.buses.get(index).map(|bus| bus.model)
    }

    /// The models of all buses, in order.
    pub(crate) fn models(&self) -> impl Iterator<Item = BusModel> {
        self.buses.iter().map(|bus| bus.model)
    }

    /// Whether anything is in the slot.
    pub(crate) fn slot_in_use(&self, bus: u32, slot: u32) -> bool {
        self.bus(bus)
            .is_some_and(|bus| bus.slot(slot).functions != 0)
    }

    /// Whether no slot is left on any bus.
    pub(crate) fn is_full(&self) -> bool {
        self.buses.iter().all(Bus::is_full)
    }

    /// Takes the place that the document names or that the chipset dictates.
    pub(crate) fn reserve(
        &mut self,
        mut at: Place,
        plug: Plug,
        origin: Origin,
    ) -> Result<Place, AddressError> {
        if plug == Plug::Integrated && at.bus != 0 {
            return Err(AddressError::NotIntegrated { place: at });
        }
        if self.may_grow && !self.buses.is_empty() {
            self.grow_to(&mut at, plug)?;
        }
        let bus = self.validate(at, plug, origin)?;
        let slot = usize::try_from(at.slot)
            .ok()
            .and_then(|i| bus.slots.get_mut(i));
        let Some(slot) = slot else {
            return Err(AddressError::SlotRange {
                place: at,
                first: bus.first_slot,
                last: bus.last_slot,
            });
        };
        let bit = 1u8 << at.function;
        if slot.functions & bit != 0 {
            return Err(AddressError::InUse {
                place: at,
                from_document: origin == Origin::Document,
            });
        }
        slot.shared |= slot.functions == 0 && plug == Plug::RootPort;
        slot.functions |= bit;
        while self.buses.get(self.spent + 1).is_some_and(Bus::is_spent) {
            self.spent += 1;
        }
        Ok(at)
    }

    /// Finds a place for a device that names none. `function` asks for that function of a slot of its own.
    pub(crate) fn reserve_next(
        &mut self,
        plug: Plug,
        function: Option<u32>,
    ) -> Result<Place, AddressError> {
        let at = self.find(plug, function)?;
        self.reserve(at, plug, Origin::Chosen)
    }

    fn find(&mut self, plug: Plug, function: Option<u32>) -> Result<Place, AddressError> {
        if self.buses.is_empty() {
            return Err(AddressError::NoBus {
                from_document: false,
            });
        }
        let root = self.buses.iter().enumerate().take(1);
        let rest = self.buses.iter().enumerate().skip(1 + self.spent);
        for (index, bus) in root.chain(rest) {
            if !bus.takes(plug, Origin::Chosen) {
                continue;
            }
            if let Some((slot, free)) = bus.free(plug, function.is_some()) {
                return Ok(Place {
                    bus: u32::try_from(index).unwrap_or(u32::MAX),
                    slot,
                    function: function.unwrap_or(free),
                });
            }
        }
        if !self.may_grow {
            return Err(AddressError::NoMoreSlots);
        }
        let mut at = Place {
            bus: self.next_index(),
            slot: 0,
            function: function.unwrap_or(0),
        };
        self.grow_to(&mut at, plug)?;
        at.slot = self.bus(at.bus).map_or(0, |bus| bus.first_slot);
        Ok(at)
    }

    /// Adds the buses that are missing up to `at.bus`. In a guest that has only express buses, a legacy device needs
    /// a port and a bridge, so that its own bus moves up by one.
    fn grow_to(&mut self, at: &mut Place, plug: Plug) -> Result<(), AddressError> {
        let missing = (at.bus + 1).saturating_sub(self.next_index());
        if missing == 0 {
            return Ok(());
        }
        let model = match plug {
            Plug::Pci => BusModel::PciBridge,
            Plug::Pcie | Plug::UpstreamPort => BusModel::PcieRootPort,
            other => {
                return Err(AddressError::CannotAddBus {
                    device: other.words(),
                });
            }
        };
        let mut missing = missing;
        if model == BusModel::PciBridge && !self.has_legacy() {
            if missing == 1 {
                missing += 1;
                at.bus += 1;
            }
            let mut port = Bus::new(BusModel::PcieRootPort);
            // Kept for the bridge: no device shall take the port before it.
            port.accepts = &[Plug::PcieToPciBridge];
            self.buses.push(port);
            self.buses.push(Bus::new(BusModel::PcieToPciBridge));
            missing -= 2;
        }
        self.buses.extend((0..missing).map(|_| Bus::new(model)));
        Ok(())
    }

    /// Whether there is a bus that legacy devices, or a bridge for them, plug into.
    fn has_legacy(&self) -> bool {
        let mut buses = self.buses.iter();
        buses.any(|bus| bus.accepts.contains(&Plug::PciBridge))
    }

    fn validate(
        &mut self,
        at: Place,
        plug: Plug,
        origin: Origin,
    ) -> Result<&mut Bus, AddressError> {
        let from_document = origin == Origin::Document;
        let last = self.next_index().saturating_sub(1);
        if self.buses.is_empty() {
            return Err(AddressError::NoBus { from_document });
        }
        let bus = usize::try_from(at.bus)
            .ok()
            .and_then(|i| self.buses.get_mut(i));
        let Some(bus) = bus else {
            return Err(AddressError::BusRange { place: at, last });
        };
        if !bus.takes(plug, origin) {
            return Err(AddressError::WrongBus {
                place: at,
                needs: plug.words(),
                from_document,
            });
        }
        if at.slot < bus.first_slot || at.slot > bus.last_slot {
            return Err(AddressError::SlotRange {
                place: at,
                first: bus.first_slot,
                last: bus.last_slot,
            });
        }
        Ok(bus)
    }

    fn bus(&self, index: u32) -> Option<&Bus> {
        usize::try_from(index).ok().and_then(|i| self.buses.get(i))
    }

    fn next_index(&self) -> u32 {
        u32::try_from(self.buses.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(bus: u32, slot: u32, function: u32) -> Place {
        Place {
            bus,
            slot,
            function,
        }
    }

    #[test]
    fn legacy_devices_fill_the_root_bus_slot_by_slot() {
        let mut pc = Topology::new([BusModel::PciRoot], true);
        assert_eq!(pc.reserve_next(Plug::Pci, None).unwrap(), place(0, 1, 0));
        assert_eq!(pc.reserve_next(Plug::Pci, None).unwrap(), place(0, 2, 0));
    }

    #[test]
    fn a_full_legacy_bus_gets_a_bridge() {
        let mut pc = Topology::new([BusModel::PciRoot], true);
        for _ in 0..31 {
            pc.reserve_next(Plug::Pci, None).unwrap();
        }
        assert!(pc.is_full());
        assert_eq!(pc.reserve_next(Plug::Pci, None).unwrap(), place(1, 1, 0));
        assert_eq!(pc.models().last(), Some(BusModel::PciBridge));
    }

    #[test]
    fn each_express_device_gets_a_port_of_its_own() {
        let mut q35 = Topology::new([BusModel::PcieRoot], true);
        assert_eq!(q35.reserve_next(Plug::Pcie, None).unwrap(), place(1, 0, 0));
        assert_eq!(q35.reserve_next(Plug::Pcie, None).unwrap(), place(2, 0, 0));
        assert_eq!(q35.len(), 3);
    }

    #[test]
    fn ports_share_a_slot_as_its_functions() {
        let mut q35 = Topology::new([BusModel::PcieRoot], true);
        for function in 0..8 {
            assert_eq!(
                q35.reserve_next(Plug::RootPort, None).unwrap(),
                place(0, 1, function)
            );
        }
        assert_eq!(
            q35.reserve_next(Plug::RootPort, None).unwrap(),
            place(0, 2, 0)
        );
    }

    #[test]
    fn a_legacy_device_in_an_express_guest_gets_port_and_bridge() {
        let mut q35 = Topology::new([BusModel::PcieRoot], true);
        assert_eq!(q35.reserve_next(Plug::Pci, None).unwrap(), place(2, 1, 0));
        let models: Vec<_> = q35.models().collect();
        assert_eq!(
            models,
            [
                BusModel::PcieRoot,
                BusModel::PcieRootPort,
                BusModel::PcieToPciBridge
            ]
        );
        // The port is the bridge's; an express device gets another one.
        assert_eq!(q35.reserve_next(Plug::Pcie, None).unwrap(), place(3, 0, 0));
    }

    #[test]
    fn what_the_document_names_is_taken_once_and_may_mix_kinds() {
        let mut q35 = Topology::new([BusModel::PcieRoot], false);
        q35.reserve(place(0, 3, 0), Plug::Pci, Origin::Document)
            .unwrap();
        let twice = q35
            .reserve(place(0, 3, 0), Plug::Pcie, Origin::Document)
            .unwrap_err();
        assert_eq!(
            twice.to_string(),
            "Attempted double use of PCI Address 0000:00:03.0"
        );
        let chosen = q35
            .reserve(place(0, 4, 0), Plug::Pci, Origin::Chosen)
            .unwrap_err();
        assert!(matches!(chosen, AddressError::WrongBus { .. }));
    }

    #[test]
    fn what_does_not_exist_is_named() {
        let mut pc = Topology::new([BusModel::PciRoot], false);
        let check = |error: AddressError, text: &str| assert_eq!(error.to_string(), text);
        check(
            pc.reserve(place(2, 1, 0), Plug::Pci, Origin::Document)
                .unwrap_err(),
            "Invalid PCI address 0000:02:01.0. Only PCI buses up to 0 are available",
        );
        check(
            pc.reserve(place(0, 0, 0), Plug::Pci, Origin::Document)
                .unwrap_err(),
            "Invalid PCI address 0000:00:00.0. slot must be >= 1",
        );
        let mut port = Topology::new([BusModel::PcieRoot, BusModel::PcieRootPort], false);
        check(
            port.reserve(place(1, 1, 0), Plug::Pcie, Origin::Document)
                .unwrap_err(),
            "Invalid PCI address 0000:01:01.0. slot must be <= 0",
        );
    }
}
