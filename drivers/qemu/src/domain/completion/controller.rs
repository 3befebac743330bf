//! Controllers: numbers, models, and those that other devices or the machine imply.

use documents::domain::{
    Address, ChannelTarget, Console, ConsoleTargetKind, Controller, ControllerKind, DeviceInfo,
    Devices, DiskBus, Domain,
};

use super::hostdev::{is_scsi, is_wide, place};
use crate::capabilities::Capabilities;
use crate::domain::addresses::drive;
use crate::domain::checks::controllers::placeable;
use crate::domain::error::ControllerError;
use crate::domain::machine::Family;

/// Numbers the controllers, fills in their models, and adds the ones that are implied.
pub(super) fn complete(
    domain: &mut Domain,
    capabilities: &Capabilities,
) -> Result<(), ControllerError> {
    let family = Family::of_domain(domain);
    let devices = &mut domain.devices;
    placeable(&devices.controllers, family)?;
    number(&mut devices.controllers);
    place(devices, is_wide);
    add_for_units(devices, capabilities);
    add_machines_own(&mut devices.controllers, family, capabilities)?;
    for controller in &mut devices.controllers {
        complete_one(controller, family, capabilities)?;
    }
    add_for_disks(devices, capabilities);
    add_for_ports(devices);
    Ok(())
}

/// Puts a controller behind the others of its kind with lower numbers, or at the end.
pub(crate) fn insert(controllers: &mut Vec<Controller>, controller: Controller) {
    let same = |other: &Controller| other.kind == controller.kind;
    let at = match controllers
        .iter()
        .rposition(|other| same(other) && other.index <= controller.index)
    {
        Some(before) => before + 1,
        None => controllers
            .iter()
            .position(same)
            .unwrap_or(controllers.len()),
    };
    controllers.insert(at, controller);
}

/// Whether there is a controller of that kind and number.
pub(crate) fn exists(controllers: &[Controller], kind: ControllerKind, index: u32) -> bool {
    controllers
        .iter()
        .any(|c| c.kind == kind && c.index == Some(index))
}

/// A controller without a number gets the lowest free one of its kind; the companions of a USB 2 controller share
/// the number of the one before them.
fn number(controllers: &mut Vec<Controller>) {
    let given = std::mem::take(controllers);
    let (numbered, open): (Vec<_>, Vec<_>) = given
        .into_iter()
        .enumerate()
        .partition(|(_, c)| c.index.is_some());
    let mut all: Vec<Option<Controller>> = Vec::new();
    all.resize_with(numbered.len() + open.len(), || None);
    for (at, controller) in numbered.into_iter().chain(open) {
        let mut controller = controller;
        if controller.index.is_none() {
            let before = all
                .get(..at)
                .and_then(|before| before.last())
                .and_then(Option::as_ref);
            let companion = before.filter(|before| is_usb2(before) && is_companion(&controller));
            controller.index = companion
                .and_then(|before| before.index)
                .or_else(|| lowest_free(&all, controller.kind));
        }
        if let Some(place) = all.get_mut(at) {
            *place = Some(controller);
        }
    }
    for controller in all.into_iter().flatten() {
        if controllers
            .iter()
            .any(|other| other.kind == controller.kind && other.index > controller.index)
        {
            insert(controllers, controller);
        } else {
            append(controllers, controller);
        }
    }
}

/// Behind the last of its kind, so that a kind stays together.
fn append(controllers: &mut Vec<Controller>, controller: Controller) {
    let last = controllers
        .iter()
        .rposition(|other| other.kind == controller.kind);
    controllers.insert(last.map_or(controllers.len(), |last| last + 1), controller);
}

fn lowest_free(all: &[Option<Controller>], kind: ControllerKind) -> Option<u32> {
    let taken = |index| {
        all.iter()
            .flatten()
            .any(|c| c.kind == kind && c.index == Some(index))
    };
    (0..=u32::MAX).find(|index| !taken(*index))
}

fn is_usb2(controller: &Controller) -> bool {
    controller.kind == ControllerKind::Usb
        && controller
            .model
            .as_deref()
            .is_some_and(|model| model.starts_with("ich9-"))
}

fn is_companion(controller: &Controller) -> bool {
    is_usb2(controller) && controller.info.master.is_some()
}

/// What the machine has built in.
fn add_machines_own(
    controllers: &mut Vec<Controller>,
    family: Family,
    capabilities: &Capabilities,
) -> Result<(), ControllerError> {
    if matches!(family, Family::I440fx | Family::Q35)
        && !exists(controllers, ControllerKind::Usb, 0)
        && capabilities.has_device("piix3-usb-uhci")
    {
        add_usb(controllers, family);
    }
    if family == Family::Q35 {
        add(controllers, ControllerKind::Sata, 0, None);
    }
    let root = match family {
        family if family.has_pci_root() => "pci-root",
        family if family.has_pcie_root() => "pcie-root",
        _ => return Ok(()),
    };
    let found = controllers
        .iter_mut()
        .find(|c| c.kind == ControllerKind::Pci && c.index == Some(0));
    match found {
        None => add(controllers, ControllerKind::Pci, 0, Some(root)),
        Some(controller) => {
            let model = controller.model.get_or_insert_with(|| root.to_owned());
            if model != root {
                return Err(ControllerError::WrongRoot {
                    needed: root,
                    found: model.clone(),
                });
            }
        }
    }
    Ok(())
}

/// The USB controller of a guest that names none.
fn add_usb(controllers: &mut Vec<Controller>, family: Family) {
    let model = if family == Family::I440fx {
        "piix3-uhci"
    } else {
        "qemu-xhci"
    };
    add(controllers, ControllerKind::Usb, 0, Some(model));
}

fn complete_one(
    controller: &mut Controller,
    family: Family,
    capabilities: &Capabilities,
) -> Result<(), ControllerError> {
    match controller.kind {
        ControllerKind::Usb => {
            controller
                .model
                .get_or_insert_with(|| default_usb(family).to_owned());
            if controller.model.as_deref() == Some("none") {
                controller.info.address = None;
            }
            check_usb_ports(controller)
        }
        ControllerKind::Scsi => {
            if matches!(controller.model.as_deref(), None | Some("auto")) {
                controller.model = Some(default_scsi(capabilities).to_owned());
            }
            Ok(())
        }
        ControllerKind::Pci => {
            let root = matches!(controller.model.as_deref(), Some("pci-root" | "pcie-root"));
            if root && controller.index != Some(0) {
                return Err(ControllerError::RootIndex);
            }
            match controller.model {
                Some(_) => Ok(()),
                None => Err(ControllerError::NoModel),
            }
        }
        _ => Ok(()),
    }
}

fn default_usb(family: Family) -> &'static str {
    if matches!(family, Family::I440fx | Family::Q35) {
        "piix3-uhci"
    } else {
        "qemu-xhci"
    }
}

fn default_scsi(capabilities: &Capabilities) -> &'static str {
    if capabilities.has_device("lsi53c895a") || capabilities.has_device("lsi") {
        "lsilogic"
    } else {
        "virtio-scsi"
    }
}

/// QEMU's xHCI controllers have at most 15 ports.
fn check_usb_ports(controller: &Controller) -> Result<(), ControllerError> {
    let too_many = controller.ports.is_some_and(|ports| ports > 15);
    match controller.model.as_deref() {
        Some("qemu-xhci") if too_many => Err(ControllerError::UsbPorts { model: "qemu-xhci" }),
        Some("nec-xhci") if too_many => Err(ControllerError::UsbPorts { model: "nec-xhci" }),
        _ => Ok(()),
    }
}

/// A controller for each that the address of a SCSI unit of the host names.
fn add_for_units(devices: &mut Devices, capabilities: &Capabilities) {
    let units = devices.hostdevs.iter().filter(|device| is_scsi(device));
    let numbers = units.filter_map(|device| match device.info.address {
        Some(Address::Drive(place)) => Some(place.controller),
        _ => None,
    });
    let model = default_scsi(capabilities);
    for index in 0..numbers.max().map_or(0, |highest| highest.saturating_add(1)) {
        add(
            &mut devices.controllers,
            ControllerKind::Scsi,
            index,
            Some(model),
        );
    }
}

/// A controller for each that a disk's address names.
fn add_for_disks(devices: &mut Devices, capabilities: &Capabilities) {
    let kinds = [
        (DiskBus::Scsi, ControllerKind::Scsi),
        (DiskBus::Fdc, ControllerKind::Fdc),
        (DiskBus::Ide, ControllerKind::Ide),
        (DiskBus::Sata, ControllerKind::Sata),
    ];
    for (bus, kind) in kinds {
        let on_bus = devices
            .disks
            .iter()
            .filter(|disk| disk.target.bus == Some(bus));
        let highest = on_bus
            .filter_map(drive::of)
            .map(|place| place.controller)
            .max();
        let Some(highest) = highest else { continue };
        let model = (kind == ControllerKind::Scsi).then(|| default_scsi(capabilities));
        for index in 0..=highest {
            add(&mut devices.controllers, kind, index, model);
        }
    }
}

/// A controller for each that a virtio port's address names, and one for ports that name none; likewise for cards.
fn add_for_ports(devices: &mut Devices) {
    let is_virtio = |console: &&Console| {
        console.target.as_ref().and_then(|target| target.kind) == Some(ConsoleTargetKind::Virtio)
    };
    let consoles = devices
        .consoles
        .iter()
        .filter(is_virtio)
        .map(|console| &console.info);
    let channels = devices
        .channels
        .iter()
        .filter(|channel| matches!(channel.target, ChannelTarget::Virtio(_)));
    let ports = consoles.chain(channels.map(|channel| &channel.info));
    let highest = ports.map(controller_of).max();
    let cards = devices
        .smartcards
        .iter()
        .map(|card| controller_of(&card.info))
        .max();
    for (kind, highest) in [
        (ControllerKind::VirtioSerial, highest),
        (ControllerKind::Ccid, cards),
    ] {
        for index in 0..highest.map_or(0, |highest| highest.saturating_add(1)) {
            add(&mut devices.controllers, kind, index, None);
        }
    }
}

/// The number of the controller that an address names; the first one when it names none.
fn controller_of(info: &DeviceInfo) -> u32 {
    match &info.address {
        Some(Address::VirtioSerial(place)) => place.controller,
        Some(Address::Ccid(place)) => place.controller,
        _ => 0,
    }
}

fn add(controllers: &mut Vec<Controller>, kind: ControllerKind, index: u32, model: Option<&str>) {
    if !exists(controllers, kind, index) {
        insert(controllers, new(kind, index, model));
    }
}

fn new(kind: ControllerKind, index: u32, model: Option<&str>) -> Controller {
    Controller {
        kind,
        index: Some(index),
        model: model.map(str::to_owned),
        ..Controller::default()
    }
}
