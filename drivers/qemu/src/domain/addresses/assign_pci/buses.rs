//! The buses that the controllers of a document provide.

use documents::domain::{Controller, ControllerKind};

use crate::domain::addresses::pci::BusModel;
use crate::domain::machine::Family;

/// The buses of the controllers that are there; a gap in their numbers is filled as it would be extended.
pub(super) fn models(list: &[Controller], family: Family) -> Vec<BusModel> {
    let (root, extension) = if family.has_pcie_root() {
        (BusModel::PcieRoot, BusModel::PcieRootPort)
    } else {
        (BusModel::PciRoot, BusModel::PciBridge)
    };
    let mut models = vec![root];
    let pci = list.iter().filter(|c| c.kind == ControllerKind::Pci);
    for (index, model) in pci.filter_map(|c| Some((c.index?, BusModel::of(c)?))) {
        // A bus number has 8 bits.
        let Some(index) = usize::try_from(index).ok().filter(|index| *index < 256) else {
            continue;
        };
        if models.len() <= index {
            models.resize(index + 1, extension);
        }
        if let Some(place) = models.get_mut(index) {
            *place = model;
        }
    }
    models
}

/// The controller that provides a bus which is missing.
pub(super) fn bus_controller(index: u32, model: BusModel) -> Controller {
    Controller {
        kind: ControllerKind::Pci,
        index: Some(index),
        model: model.name().map(str::to_owned),
        ..Controller::default()
    }
}
