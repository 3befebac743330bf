//! Hands out PCI addresses in the order that clients rely on: a guest keeps its hardware when it moves between hosts.

mod bridges;
mod buses;
mod chipset;
mod info;
mod multifunction;
mod plugs;
mod rehearsal;
mod seats;

use documents::domain::{Address, Controller, Devices, Domain, PciAddress};

use self::info::{named, put, wanted};
use self::seats::{Board, for_each_pci, usb2_function};
use super::AddressError;
use super::pci::{Origin, Place, Topology};
use crate::domain::machine::Family;

type Result<T> = std::result::Result<T, AddressError>;

/// Gives each PCI device its place, and adds the bridges and ports that this takes. `conventional` are the devices of
/// the host that know no PCI Express.
pub(super) fn assign(domain: &mut Domain, conventional: &[PciAddress]) -> Result<()> {
    let family = Family::of_domain(domain);
    let board = Board {
        family,
        conventional,
    };
    if family == Family::Foreign {
        return Ok(());
    }
    let devices = &mut *domain.devices;
    if !family.has_pci_root() && !family.has_pcie_root() {
        return refuse_all(devices, board);
    }
    rehearsal::add_missing_buses(devices, board)?;
    let mut topology = Topology::new(buses::models(&devices.controllers, family), false);
    place_devices(devices, board, &mut topology)?;
    multifunction::mark_shared_slots(devices, board)?;
    bridges::complete_controllers(&mut devices.controllers)
}

/// Places the devices on the buses that there are: what the document names, what the chipset dictates, then the rest.
fn place_devices(devices: &mut Devices, board: Board<'_>, topology: &mut Topology) -> Result<()> {
    reserve_named(devices, board, topology)?;
    chipset::place_chipset(devices, board.family, topology)?;
    place_rest(devices, board, topology)
}

fn reserve_named(devices: &mut Devices, board: Board<'_>, topology: &mut Topology) -> Result<()> {
    for_each_pci(devices, board, &mut |seat, info| {
        let Some(pci) = named(info) else {
            return Ok(());
        };
        if pci.domain != 0 {
            return Err(AddressError::Domain {
                address: pci.to_string(),
            });
        }
        let place = Place::from(pci);
        if seat.built_in && chipset::is_chipsets(board.family, place) {
            return Ok(());
        }
        let placed = topology.reserve(place, seat.plug, Origin::Document)?;
        // It moves with the bridge that its bus turns out to need.
        info.address = Some(Address::Pci(PciAddress {
            bus: placed.bus,
            ..*pci
        }));
        Ok(())
    })
}

fn place_rest(devices: &mut Devices, board: Board<'_>, topology: &mut Topology) -> Result<()> {
    let mut groups = usb2_groups(&devices.controllers);
    for_each_pci(devices, board, &mut |seat, info| {
        if !wanted(info) {
            return Ok(());
        }
        let place = match seat.companion {
            None => topology.reserve_next(seat.plug, None)?,
            Some((index, function)) => match groups.iter().find(|(group, _)| *group == index) {
                Some((_, first)) => {
                    topology.reserve(Place { function, ..*first }, seat.plug, Origin::Document)?
                }
                None => {
                    let place = topology.reserve_next(seat.plug, Some(function))?;
                    groups.push((index, place));
                    place
                }
            },
        };
        put(info, place);
        Ok(())
    })
}

/// The slots that USB 2 controllers have already; their companions join them there.
fn usb2_groups(list: &[Controller]) -> Vec<(u32, Place)> {
    let usb2 = list.iter().filter(|c| usb2_function(c).is_some());
    usb2.filter_map(|c| {
        let place = Place::from(named(&c.info)?);
        Some((c.index?, place))
    })
    .collect()
}

/// A machine without a PCI bus takes no PCI device.
fn refuse_all(devices: &mut Devices, board: Board<'_>) -> Result<()> {
    for_each_pci(devices, board, &mut |_, info| match info.address {
        None | Some(Address::Pci(_)) => Err(AddressError::NoBus {
            from_document: true,
        }),
        Some(_) => Ok(()),
    })
}
