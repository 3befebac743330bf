//! The buses that a document needs and does not name: found by placing its devices once for trial.

use documents::domain::{Address, ControllerKind, Devices};

use super::buses::{bus_controller, models};
use super::seats::Board;
use super::{Result, chipset, place_rest, reserve_named};
use crate::domain::addresses::pci::{Plug, Topology};
use crate::domain::addresses::{for_each_info, infos};
use crate::domain::completion::controller as controllers;

/// Rehearses the placing with a topology that may grow, and adds the controllers of what has grown.
pub(super) fn add_missing_buses(devices: &mut Devices, board: Board<'_>) -> Result<()> {
    let given = models(&devices.controllers, board.family);
    let only_root = given.len() <= 1;
    let mut topology = Topology::new(given, true);
    reserve_named(devices, board, &mut topology)?;
    let before = addresses(devices);
    let rehearsed = rehearse(devices, board, &mut topology);
    restore(devices, before);
    rehearsed?;
    if only_root && topology.len() > 1 && board.family.has_pcie_root() {
        // Whoever leaves the topology to us gets one free port for hot plug.
        topology.reserve_next(Plug::Pcie, None)?;
    }
    let mut index = 1;
    while index < topology.len() {
        let Some(model) = topology.model(index) else {
            break;
        };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        if !controllers::exists(&devices.controllers, ControllerKind::Pci, number) {
            controllers::insert(&mut devices.controllers, bus_controller(number, model));
            if let Some(plug) = model.plug() {
                topology.reserve_next(plug, None)?;
            }
        }
        index += 1;
    }
    Ok(())
}

fn rehearse(devices: &mut Devices, board: Board<'_>, topology: &mut Topology) -> Result<()> {
    chipset::place_chipset(devices, board.family, topology)?;
    if board.family.has_pci_root() && !topology.is_full() {
        // One slot stays free for a bridge, so that the guest can be extended.
        topology.reserve_next(Plug::Pci, None)?;
    }
    place_rest(devices, board, topology)
}

/// The addresses of all devices: all that placing changes.
fn addresses(devices: &Devices) -> Vec<Option<Address>> {
    let infos = infos(devices).into_iter();
    infos.map(|(_, info)| info.address.clone()).collect()
}

fn restore(devices: &mut Devices, addresses: Vec<Option<Address>>) {
    let mut addresses = addresses.into_iter();
    for_each_info(devices, |_, info| {
        info.address = addresses.next().flatten();
    });
}
