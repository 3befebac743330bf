//! The options of bridges, ports and expanders that follow from their places.

use documents::domain::{Controller, ControllerKind};

use super::Result;
use super::info::named;
use crate::domain::addresses::AddressError;
use crate::domain::addresses::pci::{BusModel, Place};

/// Completes the controllers whose places are known; those of a model that is not known are left to the checks.
pub(super) fn complete_controllers(list: &mut [Controller]) -> Result<()> {
    let given = list.iter().filter_map(|c| c.target.as_ref()?.bus_nr);
    let mut lowest_bus = given.min().unwrap_or(256);
    for controller in list.iter_mut().filter(|c| c.kind == ControllerKind::Pci) {
        if let Some(model) = BusModel::of(controller) {
            if let Some(device) = model.device() {
                let name = &mut controller.model_name;
                name.get_or_insert_with(|| device.to_owned());
            }
            complete_target(controller, model, &mut lowest_bus)?;
        }
    }
    Ok(())
}

/// `lowest_bus` is the lowest bus number that an expander has; expanders are numbered from above.
fn complete_target(
    controller: &mut Controller,
    model: BusModel,
    lowest_bus: &mut u32,
) -> Result<()> {
    let place = named(&controller.info).map_or(Place::on_root(0, 0), Place::from);
    let index = controller.index.unwrap_or_default();
    let target = &mut controller.target;
    match model {
        BusModel::PciBridge if index <= place.bus => {
            let bus = place.bus;
            return Err(AddressError::BridgeOrder { index, bus });
        }
        BusModel::PciBridge => {
            let chassis = &mut target.get_or_insert_default().chassis_nr;
            chassis.get_or_insert(index);
        }
        BusModel::PcieRootPort | BusModel::PcieSwitchDownstreamPort => {
            let target = target.get_or_insert_default();
            target.chassis.get_or_insert(index);
            target.port.get_or_insert(match model {
                BusModel::PcieRootPort => (place.slot << 3) + place.function,
                _ => place.slot,
            });
        }
        BusModel::PciExpanderBus | BusModel::PcieExpanderBus => {
            let number = &mut target.get_or_insert_default().bus_nr;
            if number.is_none() {
                // An expander takes two numbers: its own and its inner bridge's.
                let free = lowest_bus.checked_sub(2).filter(|bus| *bus > 0);
                *lowest_bus = free.ok_or(AddressError::NoBusNumber)?;
                *number = Some(*lowest_bus);
            }
        }
        _ => {}
    }
    Ok(())
}
