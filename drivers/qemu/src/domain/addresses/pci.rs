//! The PCI topology of a guest while addresses are handed out: buses, slots and what may be plugged where.
//!
//! The rules are those that clients know from the public API ("PCI topology and hotplug"): a legacy device goes to
//! a legacy bus, an express device gets a port of its own, and a missing bus is added.

use super::error::AddressError;

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

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "0000:{:02x}:{:02x}.{:x}",
            self.bus, self.slot, self.function
        )
    }
}

/// The kinds of things that plug into a PCI bus, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plug {
    /// A conventional PCI device.
    Pci,
    /// A PCI Express device.
    Pcie,
    /// An endpoint that is a part of the root complex.
    Integrated,
    /// A `pci-bridge`.
    PciBridge,
    /// A `pcie-root-port`; several may share a slot as its functions.
    RootPort,
    /// A `pcie-switch-upstream-port`.
    UpstreamPort,
    /// A `pcie-switch-downstream-port`.
    DownstreamPort,
    /// A `dmi-to-pci-bridge`.
    DmiToPciBridge,
    /// A `pcie-to-pci-bridge`.
    PcieToPciBridge,
    /// A `pci-expander-bus`.
    PciExpander,
    /// A `pcie-expander-bus`.
    PcieExpander,
}

/// The models of PCI controllers, spelled as documents spell them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum BusModel {
    PciRoot,
    PcieRoot,
    PciBridge,
    DmiToPciBridge,
    PcieToPciBridge,
    PcieRootPort,
    PcieSwitchUpstreamPort,
    PcieSwitchDownstreamPort,
    PciExpanderBus,
    PcieExpanderBus,
}

/// Where an address comes from, which decides how strictly it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The document names it: a legacy device may be put on an express bus and the other way round.
    Document,
    /// It was chosen here.
    Chosen,
}

/// One bus and what is in its slots.
#[derive(Debug, Clone)]
struct Bus {
    model: BusModel,
    accepts: &'static [Plug],
    first_slot: u32,
    last_slot: u32,
    auto_assign: bool,
    slots: [Slot; 32],
}

/// The functions in use of one slot, as bits, and whether further ports may join it.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    functions: u8,
    shared: bool,
}

/// All buses of a guest; the index of a bus is the index of its controller.
#[derive(Debug, Clone)]
pub(crate) struct Topology {
    buses: Vec<Bus>,
    may_grow: bool,
}

impl BusModel {
    /// What plugs into the bus that the controller provides, its first and last slot, and whether devices are put
    /// there without being asked to.
    fn offers(self) -> (&'static [Plug], u32, u32, bool) {
        use Plug::{
            DmiToPciBridge, DownstreamPort, Integrated, Pci, PciBridge, PciExpander, Pcie,
            PcieExpander, PcieToPciBridge, RootPort, UpstreamPort,
        };
        match self {
            Self::PciRoot => (&[Pci, PciBridge, PciExpander], 1, 31, true),
            Self::PciBridge | Self::PcieToPciBridge => (&[Pci, PciBridge], 1, 31, true),
            Self::PciExpanderBus => (&[Pci, PciBridge], 0, 31, true),
            Self::PcieRoot => (
                &[Pcie, Integrated, RootPort, DmiToPciBridge, PcieExpander],
                1,
                31,
                false,
            ),
            Self::DmiToPciBridge => (&[Pci, PciBridge], 0, 31, false),
            Self::PcieRootPort | Self::PcieSwitchDownstreamPort => {
                (&[Pcie, UpstreamPort, PcieToPciBridge], 0, 0, true)
            }
            Self::PcieSwitchUpstreamPort => (&[DownstreamPort], 0, 31, false),
            Self::PcieExpanderBus => (&[RootPort, DmiToPciBridge], 0, 31, false),
        }
    }

    /// What the controller itself plugs into; the roots plug into nothing.
    pub(crate) fn plug(self) -> Option<Plug> {
        match self {
            Self::PciRoot | Self::PcieRoot => None,
            Self::PciBridge => Some(Plug::PciBridge),
            Self::DmiToPciBridge => Some(Plug::DmiToPciBridge),
            Self::PcieToPciBridge => Some(Plug::PcieToPciBridge),
            Self::PcieRootPort => Some(Plug::RootPort),
            Self::PcieSwitchUpstreamPort => Some(Plug::UpstreamPort),
            Self::PcieSwitchDownstreamPort => Some(Plug::DownstreamPort),
            Self::PciExpanderBus => Some(Plug::PciExpander),
            Self::PcieExpanderBus => Some(Plug::PcieExpander),
        }
    }
}

impl Plug {
    /// Whether such a device waits for a bus that takes devices by itself (controllers do not).
    fn auto_assigned(self) -> bool {
        matches!(self, Self::Pci | Self::Pcie)
    }

    /// The words for "it requires a controller that accepts a …".
    fn words(self) -> &'static str {
        match self {
            Self::Pci => "standard PCI device",
            Self::Pcie | Self::Integrated => "PCI Express device",
            Self::PciBridge => "pci-bridge",
            Self::RootPort => "pcie-root-port",
            Self::UpstreamPort => "pcie-switch-upstream-port",
            Self::DownstreamPort => "pcie-switch-downstream-port",
            Self::DmiToPciBridge => "dmi-to-pci-bridge",
            Self::PcieToPciBridge => "pcie-to-pci-bridge",
            Self::PciExpander => "pci-expander-bus",
            Self::PcieExpander => "pcie-expander-bus",
        }
    }
}

impl Bus {
    fn new(model: BusModel) -> Self {
        let (accepts, first_slot, last_slot, auto_assign) = model.offers();
        Self {
            model,
            accepts,
            first_slot,
            last_slot,
            auto_assign,
            slots: [Slot::default(); 32],
        }
    }

    /// Whether a device may sit here. A place that the document names mixes legacy and express endpoints.
    fn takes(&self, plug: Plug, origin: Origin) -> bool {
        let accepts = |plug| self.accepts.contains(&plug);
        match origin {
            Origin::Chosen => accepts(plug) && (self.auto_assign || !plug.auto_assigned()),
            Origin::Document => match plug {
                Plug::Pci | Plug::Pcie | Plug::Integrated => {
                    accepts(Plug::Pci) || accepts(Plug::Pcie)
                }
                Plug::PciBridge => {
                    accepts(Plug::PciBridge) || accepts(Plug::Pci) || accepts(Plug::Pcie)
                }
                other => accepts(other),
            },
        }
    }

    fn slot(&self, slot: u32) -> Slot {
        usize::try_from(slot)
            .ok()
            .and_then(|i| self.slots.get(i))
            .copied()
            .unwrap_or_default()
    }

    /// The first place that is free for `plug`; `alone` keeps it from joining the functions of a shared slot.
    fn free(&self, plug: Plug, alone: bool) -> Option<(u32, u32)> {
        (self.first_slot..=self.last_slot).find_map(|number| {
            let slot = self.slot(number);
            if slot.functions == 0 {
                return Some((number, 0));
            }
            let joins = plug == Plug::RootPort && slot.shared && !alone;
            let function = slot.functions.trailing_ones();
            (joins && function < 8).then_some((number, function))
        })
    }

    fn is_full(&self) -> bool {
        (self.first_slot..=self.last_slot).all(|slot| self.slot(slot).functions != 0)
    }
}

impl Topology {
    /// A topology of the given buses; `may_grow` lets missing buses be added.
    pub(crate) fn new(models: impl IntoIterator<Item = BusModel>, may_grow: bool) -> Self {
        Self {
            buses: models.into_iter().map(Bus::new).collect(),
            may_grow,
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
        for (index, bus) in (0u32..).zip(&self.buses) {
            if !bus.takes(plug, Origin::Chosen) {
                continue;
            }
            if let Some((slot, free)) = bus.free(plug, function.is_some()) {
                return Ok(Place {
                    bus: index,
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
        let has_legacy = self
            .buses
            .iter()
            .any(|bus| bus.accepts.contains(&Plug::PciBridge));
        if model == BusModel::PciBridge && !has_legacy {
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
