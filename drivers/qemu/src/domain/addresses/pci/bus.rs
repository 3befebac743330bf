//! One PCI bus: its slots, which of them are free, and for what.

use super::{BusModel, Origin, Plug};

/// One bus and what is in its slots.
#[derive(Debug, Clone)]
pub(super) struct Bus {
    pub(super) model: BusModel,
    pub(super) accepts: &'static [Plug],
    pub(super) first_slot: u32,
    pub(super) last_slot: u32,
    pub(super) auto_assign: bool,
    pub(super) slots: [Slot; 32],
}

impl Bus {
    pub(super) fn new(model: BusModel) -> Self {
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
    pub(super) fn takes(&self, plug: Plug, origin: Origin) -> bool {
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

    pub(super) fn slot(&self, slot: u32) -> Slot {
        usize::try_from(slot)
            .ok()
            .and_then(|i| self.slots.get(i))
            .copied()
            .unwrap_or_default()
    }

    /// The first place that is free for `plug`; `alone` keeps it from joining the functions of a shared slot.
    pub(super) fn free(&self, plug: Plug, alone: bool) -> Option<(u32, u32)> {
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

    /// Whether it has one slot, which is taken: a port with its device.
    pub(super) fn is_spent(&self) -> bool {
        let slot = self.slot(self.first_slot);
        self.first_slot == self.last_slot && slot.functions != 0 && !slot.shared
    }

    pub(super) fn is_full(&self) -> bool {
        (self.first_slot..=self.last_slot).all(|slot| self.slot(slot).functions != 0)
    }
}

/// The functions in use of one slot, as bits, and whether further ports may join it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slot {
    pub(super) functions: u8,
    pub(super) shared: bool,
}
