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
    for (index, model) in pci.filter_map(|c| Some((c.index?, bus_model(c.model.as_deref()?)?))) {
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

pub(super) fn bus_controller(index: u32, model: BusModel) -> Controller {
    let name = model_name(model).map(str::to_owned);
    Controller {
        kind: ControllerKind::Pci,
        index: Some(index),
        model: name,
        ..Controller::default()
    }
}

const MODEL_NAMES: &[(BusModel, &str)] = &[
    (BusModel::PciRoot, "pci-root"),
    (BusModel::PcieRoot, "pcie-root"),
    (BusModel::PciBridge, "pci-bridge"),
    (BusModel::DmiToPciBridge, "dmi-to-pci-bridge"),
    (BusModel::PcieToPciBridge, "pcie-to-pci-bridge"),
    (BusModel::PcieRootPort, "pcie-root-port"),
    (
        BusModel::PcieSwitchUpstreamPort,
        "pcie-switch-upstream-port",
    ),
    (
        BusModel::PcieSwitchDownstreamPort,
        "pcie-switch-downstream-port",
    ),
    (BusModel::PciExpanderBus, "pci-expander-bus"),
    (BusModel::PcieExpanderBus, "pcie-expander-bus"),
];

/// The model that a document names.
pub(super) fn bus_model(name: &str) -> Option<BusModel> {
    MODEL_NAMES
        .iter()
        .find(|(_, n)| *n == name)
        .map(|(model, _)| *model)
}

/// The name that documents have for a model.
pub(super) fn model_name(model: BusModel) -> Option<&'static str> {
    MODEL_NAMES
        .iter()
        .find(|(m, _)| *m == model)
        .map(|(_, name)| *name)
}
