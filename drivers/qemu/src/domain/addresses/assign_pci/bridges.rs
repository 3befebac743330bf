//! The options of bridges, ports and expanders that follow from their places.

use documents::domain::{Controller, ControllerKind, ControllerTarget};

use super::Result;
use super::buses::bus_model;
use super::info::named;
use crate::domain::addresses::AddressError;
use crate::domain::addresses::pci::BusModel;

/// The options of bridges and ports that follow from where they are.
pub(super) fn complete_controllers(list: &mut [Controller]) -> Result<()> {
    let mut lowest_bus = list
        .iter()
        .filter_map(|c| c.target.as_ref()?.bus_nr)
        .min()
        .unwrap_or(256);
    for controller in list.iter_mut().filter(|c| c.kind == ControllerKind::Pci) {
        let Some(model) = controller.model.as_deref().and_then(bus_model) else {
            continue;
        };
        let place = named(&controller.info).copied().unwrap_or_default();
        let index = controller.index.unwrap_or_default();
        if let Some(name) = device_name(model) {
            controller.model_name.get_or_insert_with(|| name.to_owned());
        }
        match model {
            BusModel::PciBridge => {
                if index <= place.bus {
                    return Err(AddressError::BridgeOrder {
                        index,
                        bus: place.bus,
                    });
                }
                target(controller).chassis_nr.get_or_insert(index);
            }
            BusModel::PcieRootPort => {
                target(controller).chassis.get_or_insert(index);
                target(controller)
                    .port
                    .get_or_insert((place.slot << 3) + place.function);
            }
            BusModel::PcieSwitchDownstreamPort => {
                target(controller).chassis.get_or_insert(index);
                target(controller).port.get_or_insert(place.slot);
            }
            BusModel::PciExpanderBus | BusModel::PcieExpanderBus
                if target(controller).bus_nr.is_none() =>
            {
                // An expander takes two numbers: its own and its inner bridge's.
                lowest_bus = lowest_bus
                    .checked_sub(2)
                    .filter(|bus| *bus > 0)
                    .ok_or(AddressError::NoBusNumber)?;
                target(controller).bus_nr = Some(lowest_bus);
            }
            _ => {}
        }
    }
    Ok(())
}

fn target(controller: &mut Controller) -> &mut ControllerTarget {
    controller.target.get_or_insert_default()
}

/// QEMU's device for a model of controller.
fn device_name(model: BusModel) -> Option<&'static str> {
    match model {
        BusModel::PciRoot | BusModel::PcieRoot => None,
        BusModel::PciBridge => Some("pci-bridge"),
        BusModel::DmiToPciBridge => Some("i82801b11-bridge"),
        BusModel::PcieToPciBridge => Some("pcie-pci-bridge"),
        BusModel::PcieRootPort => Some("pcie-root-port"),
        BusModel::PcieSwitchUpstreamPort => Some("x3130-upstream"),
        BusModel::PcieSwitchDownstreamPort => Some("xio3130-downstream"),
        BusModel::PciExpanderBus => Some("pxb"),
        BusModel::PcieExpanderBus => Some("pxb-pcie"),
    }
}
