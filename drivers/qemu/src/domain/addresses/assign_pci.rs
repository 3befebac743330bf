//! Hands out PCI addresses in the order that clients rely on: a guest keeps its hardware when it moves between hosts.

use documents::domain::{
    Address, Controller, ControllerKind, ControllerTarget, DeviceInfo, Devices, Disk, DiskBus,
    DiskModel, Domain, HostDevSource, Input, InputBus, Interface, IommuModel, MemBalloonModel,
    MemoryModel, PanicModel, PciAddress, SerialTargetKind, SoundModel, Video, VideoKind,
    VirtioModel, WatchdogModel,
};

use super::error::AddressError;
use super::pci::{BusModel, Origin, Place, Plug, Topology};
use crate::domain::completion::controller as controllers;
use crate::domain::machine::Family;

type Result<T> = std::result::Result<T, AddressError>;

/// Gives each PCI device its place, and adds the bridges and ports that this takes.
pub(super) fn assign(domain: &mut Domain) -> Result<()> {
    let family = Family::of_domain(domain);
    let devices = &mut *domain.devices;
    if !family.has_pci_root() && !family.has_pcie_root() {
        return refuse_all(devices);
    }
    add_missing_buses(devices, family)?;
    let mut topology = Topology::new(models(&devices.controllers, family), false);
    place_devices(devices, family, &mut topology)?;
    mark_shared_slots(devices, family)?;
    complete_controllers(&mut devices.controllers)
}

/// Rehearses the placing with a topology that may grow, and adds the controllers of what has grown.
fn add_missing_buses(devices: &mut Devices, family: Family) -> Result<()> {
    let given = models(&devices.controllers, family);
    let only_root = given.len() <= 1;
    let mut topology = Topology::new(given, true);
    let mut draft = devices.clone();
    reserve_named(&mut draft, family, &mut topology)?;
    place_chipset(&mut draft, family, &mut topology)?;
    if family.has_pci_root() && !topology.is_full() {
        // One slot stays free for a bridge, so that the guest can be extended.
        topology.reserve_next(Plug::Pci, None)?;
    }
    place_rest(&mut draft, family, &mut topology)?;
    if only_root && topology.len() > 1 && family.has_pcie_root() {
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

fn place_devices(devices: &mut Devices, family: Family, topology: &mut Topology) -> Result<()> {
    reserve_named(devices, family, topology)?;
    place_chipset(devices, family, topology)?;
    place_rest(devices, family, topology)
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

fn bus_model(name: &str) -> Option<BusModel> {
    MODEL_NAMES
        .iter()
        .find(|(_, n)| *n == name)
        .map(|(model, _)| *model)
}

fn bus_controller(index: u32, model: BusModel) -> Controller {
    let name = MODEL_NAMES
        .iter()
        .find(|(m, _)| *m == model)
        .map(|(_, name)| (*name).to_owned());
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

fn reserve_named(devices: &mut Devices, family: Family, topology: &mut Topology) -> Result<()> {
    for_each_pci(devices, family, &mut |seat, info| {
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
        if is_built_in(family, place) {
            return Ok(());
        }
        topology
            .reserve(place, seat.plug, Origin::Document)
            .map(drop)
    })
}

/// Places that belong to functions of the chipset, which are reserved for them in any case.
fn is_built_in(family: Family, place: Place) -> bool {
    match family {
        Family::I440fx => place.bus == 0 && place.slot == 1 && matches!(place.function, 1 | 2),
        Family::Q35 => place.bus == 0 && place.slot == 0x1f && place.function == 2,
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
                if controller.info.address.is_none() =>
            {
                if !topology.slot_in_use(0, 0x1e) {
                    let place = Place {
                        bus: 0,
                        slot: 0x1e,
                        function: 0,
                    };
                    topology.reserve(place, Plug::Pcie, Origin::Document)?;
                    put(&mut controller.info, place);
                }
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

fn place_rest(devices: &mut Devices, family: Family, topology: &mut Topology) -> Result<()> {
    let mut groups = usb2_groups(&devices.controllers);
    for_each_pci(devices, family, &mut |seat, info| {
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

/// The function that each part of a USB 2 controller has.
fn usb2_function(controller: &Controller) -> Option<u32> {
    match (controller.kind, controller.model.as_deref()?) {
        (ControllerKind::Usb, "ich9-ehci1") => Some(7),
        (ControllerKind::Usb, "ich9-uhci1") => Some(0),
        (ControllerKind::Usb, "ich9-uhci2") => Some(1),
        (ControllerKind::Usb, "ich9-uhci3") => Some(2),
        _ => None,
    }
}

/// How a device sits on a bus.
#[derive(Debug, Clone, Copy)]
struct Seat {
    plug: Plug,
    /// Number of the USB 2 controller that the device is a part of, and its function there.
    companion: Option<(u32, u32)>,
}

/// What reserves a place for one device.
type Visit<'a> = &'a mut dyn FnMut(Seat, &mut DeviceInfo) -> Result<()>;

/// Visits all PCI devices in the order in which places are handed out.
fn for_each_pci(devices: &mut Devices, family: Family, visit: Visit<'_>) -> Result<()> {
    let express = family.has_pcie_root();
    let mut plain = |plug: Option<Plug>, info: &mut DeviceInfo| match plug {
        Some(plug) => visit(
            Seat {
                plug,
                companion: None,
            },
            info,
        ),
        None => Ok(()),
    };
    for controller in devices
        .controllers
        .iter_mut()
        .filter(|c| c.kind == ControllerKind::Pci)
    {
        let model = controller.model.as_deref().and_then(bus_model);
        plain(model.and_then(BusModel::plug), &mut controller.info)?;
    }
    for filesystem in &mut devices.filesystems {
        let transitional = filesystem.model == Some(VirtioModel::VirtioTransitional);
        plain(Some(virtio(transitional, express)), &mut filesystem.info)?;
    }
    for interface in &mut devices.interfaces {
        plain(interface_plug(interface, express), &mut interface.info)?;
    }
    for sound in &mut devices.sounds {
        plain(sound_plug(sound.model, express), &mut sound.info)?;
    }
    for controller in devices
        .controllers
        .iter_mut()
        .filter(|c| c.kind != ControllerKind::Pci)
    {
        let Some(plug) = controller_plug(controller, express) else {
            continue;
        };
        let companion = usb2_function(controller)
            .zip(controller.index)
            .map(|(f, index)| (index, f));
        visit(Seat { plug, companion }, &mut controller.info)?;
    }
    let mut plain = |plug: Option<Plug>, info: &mut DeviceInfo| match plug {
        Some(plug) => visit(
            Seat {
                plug,
                companion: None,
            },
            info,
        ),
        None => Ok(()),
    };
    for disk in &mut devices.disks {
        plain(disk_plug(disk, express), &mut disk.info)?;
    }
    for hostdev in &mut devices.hostdevs {
        let pci = matches!(
            hostdev.source,
            HostDevSource::Pci(_) | HostDevSource::ScsiHost(_)
        );
        plain(pci.then_some(virtio(false, express)), &mut hostdev.info)?;
    }
    if let Some(balloon) = &mut devices.memballoon {
        plain(balloon_plug(balloon.model, express), &mut balloon.info)?;
    }
    for rng in &mut devices.rngs {
        plain(
            Some(virtio(
                rng.model == VirtioModel::VirtioTransitional,
                express,
            )),
            &mut rng.info,
        )?;
    }
    for watchdog in devices
        .watchdogs
        .iter_mut()
        .filter(|w| w.model == WatchdogModel::I6300esb)
    {
        plain(Some(Plug::Pci), &mut watchdog.info)?;
    }
    for video in &mut devices.videos {
        plain(video_plug(video, express), &mut video.info)?;
    }
    for shmem in &mut devices.shmems {
        plain(Some(Plug::Pci), &mut shmem.info)?;
    }
    for input in &mut devices.inputs {
        plain(input_plug(input, express), &mut input.info)?;
    }
    for serial in &mut devices.serials {
        let kind = serial.target.as_ref().and_then(|target| target.kind);
        plain(
            (kind == Some(SerialTargetKind::PciSerial)).then_some(Plug::Pci),
            &mut serial.info,
        )?;
    }
    if let Some(iommu) = devices
        .iommu
        .as_mut()
        .filter(|iommu| iommu.model == IommuModel::Virtio)
    {
        plain(Some(virtio(false, express)), &mut iommu.info)?;
    }
    if let Some(vsock) = &mut devices.vsock {
        let transitional = vsock.model == Some(VirtioModel::VirtioTransitional);
        plain(Some(virtio(transitional, express)), &mut vsock.info)?;
    }
    for memory in &mut devices.memories {
        let plugged = matches!(
            memory.model,
            MemoryModel::VirtioPmem | MemoryModel::VirtioMem
        );
        plain(plugged.then_some(virtio(false, express)), &mut memory.info)?;
    }
    for crypto in &mut devices.cryptos {
        plain(Some(virtio(false, express)), &mut crypto.info)?;
    }
    for panic in devices
        .panics
        .iter_mut()
        .filter(|panic| panic.model == Some(PanicModel::Pvpanic))
    {
        plain(Some(Plug::Pci), &mut panic.info)?;
    }
    Ok(())
}

/// A modern device is an express one where there are express buses; a transitional one has I/O ports, which only
/// legacy buses carry.
fn virtio(transitional: bool, express: bool) -> Plug {
    if express && !transitional {
        Plug::Pcie
    } else {
        Plug::Pci
    }
}

fn interface_plug(interface: &Interface, express: bool) -> Option<Plug> {
    match interface.model.as_deref() {
        Some("usb-net") => None,
        Some("virtio" | "virtio-non-transitional" | "e1000e" | "igb") => {
            Some(virtio(false, express))
        }
        None => Some(virtio(false, express)),
        Some(_) => Some(Plug::Pci),
    }
}

fn controller_plug(controller: &Controller, express: bool) -> Option<Plug> {
    let model = controller.model.as_deref().unwrap_or_default();
    match controller.kind {
        ControllerKind::Usb => match model {
            "none" | "qusb1" | "qusb2" => None,
            "nec-xhci" | "qemu-xhci" => Some(virtio(false, express)),
            _ => Some(Plug::Pci),
        },
        ControllerKind::Scsi => match model {
            "ncr53c90" => None,
            "virtio-scsi" | "virtio-non-transitional" => Some(virtio(false, express)),
            _ => Some(Plug::Pci),
        },
        ControllerKind::VirtioSerial => Some(virtio(model == "virtio-transitional", express)),
        ControllerKind::Sata => Some(Plug::Pci),
        ControllerKind::Ide if controller.index != Some(0) => Some(Plug::Pci),
        _ => None,
    }
}

fn disk_plug(disk: &Disk, express: bool) -> Option<Plug> {
    let transitional = disk.model == Some(DiskModel::VirtioTransitional);
    (disk.target.bus == Some(DiskBus::Virtio)).then(|| virtio(transitional, express))
}

fn balloon_plug(model: MemBalloonModel, express: bool) -> Option<Plug> {
    match model {
        MemBalloonModel::None | MemBalloonModel::Xen => None,
        MemBalloonModel::VirtioTransitional => Some(Plug::Pci),
        MemBalloonModel::Virtio | MemBalloonModel::VirtioNonTransitional => {
            Some(virtio(false, express))
        }
    }
}

fn video_plug(video: &Video, express: bool) -> Option<Plug> {
    match video.model.as_ref()?.kind {
        VideoKind::None | VideoKind::Ramfb | VideoKind::Gop | VideoKind::Default => None,
        VideoKind::Virtio | VideoKind::Bochs => Some(virtio(false, express)),
        _ => Some(Plug::Pci),
    }
}

fn sound_plug(model: SoundModel, express: bool) -> Option<Plug> {
    match model {
        SoundModel::Es1370 | SoundModel::Ac97 | SoundModel::Ich6 | SoundModel::Ich9 => {
            Some(Plug::Pci)
        }
        SoundModel::Virtio => Some(virtio(false, express)),
        SoundModel::Sb16 | SoundModel::Pcspk | SoundModel::Usb | SoundModel::Ich7 => None,
    }
}

fn input_plug(input: &Input, express: bool) -> Option<Plug> {
    let transitional = input.model == Some(VirtioModel::VirtioTransitional);
    (input.bus == Some(InputBus::Virtio)).then(|| virtio(transitional, express))
}

/// A machine without a PCI bus takes no PCI device.
fn refuse_all(devices: &mut Devices) -> Result<()> {
    for_each_pci(devices, Family::Other, &mut |_, info| match info.address {
        None | Some(Address::Pci(_)) => Err(AddressError::NoBus {
            from_document: true,
        }),
        Some(_) => Ok(()),
    })
}

/// Function 0 must say that there are others in its slot.
fn mark_shared_slots(devices: &mut Devices, family: Family) -> Result<()> {
    let mut others = Vec::new();
    for_each_pci(devices, family, &mut |_, info| {
        others.extend(
            named(info)
                .filter(|pci| pci.function > 0)
                .map(|pci| (pci.bus, pci.slot)),
        );
        Ok(())
    })?;
    for_each_pci(devices, family, &mut |_, info| {
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
            BusModel::PciExpanderBus | BusModel::PcieExpanderBus => {
                if target(controller).bus_nr.is_none() {
                    // An expander takes two numbers: its own and its inner bridge's.
                    lowest_bus = lowest_bus
                        .checked_sub(2)
                        .filter(|bus| *bus > 0)
                        .ok_or(AddressError::NoBusNumber)?;
                    target(controller).bus_nr = Some(lowest_bus);
                }
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
