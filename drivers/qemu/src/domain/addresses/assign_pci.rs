//! Hands out PCI addresses in the order that clients rely on: a guest keeps its hardware when it moves between hosts.

use std::collections::BTreeSet;

use documents::domain::{
    Address, Controller, ControllerKind, ControllerTarget, DeviceInfo, Devices, Domain, PciAddress,
    SoundModel,
};

use super::error::AddressError;
use super::pci::{BusModel, Origin, Place, Plug, Topology};
use super::seats::{Board, Result, bus_model, for_each_pci, model_name, usb2_function, video_plug};
use super::{for_each_info, infos};
use crate::domain::completion::controller as controllers;
use crate::domain::machine::Family;

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
    add_missing_buses(devices, board)?;
    let mut topology = Topology::new(models(&devices.controllers, family), false);
    place_devices(devices, board, &mut topology)?;
    mark_shared_slots(devices, board)?;
    complete_controllers(&mut devices.controllers)
}

/// Rehearses the placing with a topology that may grow, and adds the controllers of what has grown.
fn add_missing_buses(devices: &mut Devices, board: Board<'_>) -> Result<()> {
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
    place_chipset(devices, board.family, topology)?;
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

fn place_devices(devices: &mut Devices, board: Board<'_>, topology: &mut Topology) -> Result<()> {
    reserve_named(devices, board, topology)?;
    place_chipset(devices, board.family, topology)?;
    place_rest(devices, board, topology)
}

/// The buses of the controllers that are there; a gap in their numbers is filled as it would be extended.
fn models(list: &[Controller], family: Family) -> Vec<BusModel> {
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

fn bus_controller(index: u32, model: BusModel) -> Controller {
    let name = model_name(model).map(str::to_owned);
    Controller {
        kind: ControllerKind::Pci,
        index: Some(index),
        model: name,
        ..Controller::default()
    }
}

/// The address that the document names, if it names one.
fn named(info: &DeviceInfo) -> Option<&PciAddress> {
    match &info.address {
        Some(Address::Pci(pci)) if !pci.is_empty() => Some(pci),
        _ => None,
    }
}

/// Whether an address is still to be found.
fn wanted(info: &DeviceInfo) -> bool {
    match &info.address {
        None => true,
        Some(Address::Pci(pci)) => pci.is_empty(),
        Some(_) => false,
    }
}

fn put(info: &mut DeviceInfo, place: Place) {
    let old = match &info.address {
        Some(Address::Pci(old)) => *old,
        _ => PciAddress::default(),
    };
    let Place {
        bus,
        slot,
        function,
    } = place;
    info.address = Some(Address::Pci(PciAddress {
        domain: 0,
        bus,
        slot,
        function,
        ..old
    }));
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
        let place = Place {
            bus: pci.bus,
            slot: pci.slot,
            function: pci.function,
        };
        if seat.built_in && is_chipsets(board.family, place) {
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

/// Whether it is the place that the chipset's USB or SATA function has.
fn is_chipsets(family: Family, place: Place) -> bool {
    let place = (place.bus, place.slot, place.function);
    match family {
        Family::I440fx => place == (0, 1, 2),
        Family::Q35 => place == (0, 0x1f, 2),
        _ => false,
    }
}

fn place_chipset(devices: &mut Devices, family: Family, topology: &mut Topology) -> Result<()> {
    match family {
        Family::I440fx => place_piix3(devices, topology),
        Family::Q35 => place_ich9(devices, topology),
        _ => Ok(()),
    }
}

/// The PIIX3 is slot 1: ISA bridge, IDE, USB and power management; the first video card comes next.
fn place_piix3(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    for controller in &mut devices.controllers {
        let function = match (
            controller.kind,
            controller.index,
            controller.model.as_deref(),
        ) {
            (ControllerKind::Ide, Some(0), _) => 1,
            (ControllerKind::Usb, Some(0), Some("piix3-uhci")) => 2,
            _ => continue,
        };
        let place = Place {
            bus: 0,
            slot: 1,
            function,
        };
        fix(&mut controller.info, place)?;
        topology.reserve(place, Plug::Pci, Origin::Document)?;
    }
    for function in [0, 3] {
        topology.reserve(
            Place {
                bus: 0,
                slot: 1,
                function,
            },
            Plug::Pci,
            Origin::Document,
        )?;
    }
    place_first_video(devices, topology, 2)
}

/// The ICH9 is slot 31: LPC bridge, SATA and SMBus; its USB functions have slots that they are used to.
fn place_ich9(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    for controller in &mut devices.controllers {
        match (
            controller.kind,
            controller.index,
            controller.model.as_deref(),
        ) {
            (ControllerKind::Sata, Some(0), _) => {
                fix(
                    &mut controller.info,
                    Place {
                        bus: 0,
                        slot: 0x1f,
                        function: 2,
                    },
                )?;
                // Its place is nobody else's, whether the document names it or not.
                topology.reserve(
                    Place {
                        bus: 0,
                        slot: 0x1f,
                        function: 2,
                    },
                    Plug::Pcie,
                    Origin::Document,
                )?;
            }
            (ControllerKind::Usb, _, Some("ich9-uhci1")) if controller.info.address.is_none() => {
                let Some(slot) = [0x1d, 0x1a]
                    .into_iter()
                    .find(|slot| !topology.slot_in_use(0, *slot))
                else {
                    continue;
                };
                let place = Place {
                    bus: 0,
                    slot,
                    function: 0,
                };
                topology.reserve(place, Plug::Pcie, Origin::Document)?;
                put(&mut controller.info, place);
            }
            (ControllerKind::Pci, _, Some("dmi-to-pci-bridge"))
                if controller.info.address.is_none() && !topology.slot_in_use(0, 0x1e) =>
            {
                let place = Place {
                    bus: 0,
                    slot: 0x1e,
                    function: 0,
                };
                topology.reserve(place, Plug::Pcie, Origin::Document)?;
                put(&mut controller.info, place);
            }
            _ => {}
        }
    }
    for function in [0, 3] {
        topology.reserve(
            Place {
                bus: 0,
                slot: 0x1f,
                function,
            },
            Plug::Pcie,
            Origin::Document,
        )?;
    }
    place_first_video(devices, topology, 1)?;
    place_ich9_sound(devices, topology)
}

/// A built-in function has its one place.
fn fix(info: &mut DeviceInfo, place: Place) -> Result<()> {
    match named(info) {
        Some(pci)
            if (pci.bus, pci.slot, pci.function) != (place.bus, place.slot, place.function) =>
        {
            Err(AddressError::BuiltIn { place })
        }
        _ => {
            put(info, place);
            Ok(())
        }
    }
}

/// The chipset's sound function has a slot that it is used to.
fn place_ich9_sound(devices: &mut Devices, topology: &mut Topology) -> Result<()> {
    let place = Place {
        bus: 0,
        slot: 0x1b,
        function: 0,
    };
    let sound = devices
        .sounds
        .iter_mut()
        .find(|s| s.model == SoundModel::Ich9 && wanted(&s.info));
    if let Some(sound) = sound
        && !topology.slot_in_use(0, place.slot)
    {
        topology.reserve(place, Plug::Pcie, Origin::Document)?;
        put(&mut sound.info, place);
    }
    Ok(())
}

/// QEMU puts the first card into the first slot behind the chipset.
fn place_first_video(devices: &mut Devices, topology: &mut Topology, slot: u32) -> Result<()> {
    let express = topology.models().next() == Some(BusModel::PcieRoot);
    let Some(video) = devices.videos.first_mut() else {
        return Ok(());
    };
    let Some(plug) = video_plug(video, express) else {
        return Ok(());
    };
    if !wanted(&video.info) {
        return Ok(());
    }
    let place = if topology.slot_in_use(0, slot) {
        topology.reserve_next(plug, None)?
    } else {
        topology.reserve(
            Place {
                bus: 0,
                slot,
                function: 0,
            },
            plug,
            Origin::Document,
        )?
    };
    put(&mut video.info, place);
    Ok(())
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
        let pci = named(&c.info)?;
        Some((
            c.index?,
            Place {
                bus: pci.bus,
                slot: pci.slot,
                function: pci.function,
            },
        ))
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

/// Function 0 must say that there are others in its slot.
fn mark_shared_slots(devices: &mut Devices, board: Board<'_>) -> Result<()> {
    let mut others = BTreeSet::new();
    for_each_pci(devices, board, &mut |_, info| {
        others.extend(
            named(info)
                .filter(|pci| pci.function > 0)
                .map(|pci| (pci.bus, pci.slot)),
        );
        Ok(())
    })?;
    for_each_pci(devices, board, &mut |_, info| {
        if let Some(Address::Pci(pci)) = &mut info.address
            && pci.function == 0
            && others.contains(&(pci.bus, pci.slot))
        {
            pci.multifunction.get_or_insert(true);
        }
        Ok(())
    })
}

/// The options of bridges and ports that follow from where they are.
fn complete_controllers(list: &mut [Controller]) -> Result<()> {
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
