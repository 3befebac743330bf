//! Controllers: numbers, models, and those that other devices or the machine imply.

use documents::domain::{
    Address, ChannelTarget, Console, ConsoleTargetKind, Controller, ControllerKind, DeviceInfo,
    Devices, DiskBus, Domain,
};

use super::controller_number;
pub(crate) use super::controller_number::insert;
use super::hostdev::{is_scsi, place};
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
    controller_number::complete(&mut devices.controllers);
    place(devices);
    add_for_units(devices, capabilities);
    add_machines_own(&mut devices.controllers, family, capabilities)?;
    placeable(&devices.controllers, family)?;
    for controller in &mut devices.controllers {
        forget_nothings(controller);
        complete_one(controller, family, capabilities)?;
    }
    add_for_disks(devices, capabilities);
    add_for_ports(devices);
    Ok(())
}

/// Whether there is a controller of that kind and number.
pub(crate) fn exists(controllers: &[Controller], kind: ControllerKind, index: u32) -> bool {
    controllers
        .iter()
        .any(|c| c.kind == kind && c.index == Some(index))
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
    let model = controller.model.as_deref().unwrap_or_default();
    let threaded = (controller.driver.as_ref()).is_some_and(|driver| driver.iothread.is_some());
    let virtio_scsi = controller.kind == ControllerKind::Scsi && model.starts_with("virtio-");
    if threaded && !virtio_scsi {
        return Err(ControllerError::ThreadModel);
    }
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
            controller.pcihole64.take_if(|_| !root);
            match controller.model {
                Some(_) => Ok(()),
                None => Err(ControllerError::NoModel),
            }
        }
        _ => Ok(()),
    }
}

/// Takes out what means nothing for the kind of controller, and numbers that say nothing.
fn forget_nothings(controller: &mut Controller) {
    if controller.kind != ControllerKind::Pci {
        controller.model_name = None;
        controller.target = None;
    }
    let Some(driver) = &mut controller.driver else {
        return;
    };
    for number in [
        &mut driver.queues,
        &mut driver.cmd_per_lun,
        &mut driver.max_sectors,
        &mut driver.iothread,
    ] {
        number.take_if(|number| *number == 0);
    }
}

fn default_usb(family: Family) -> &'static str {
    if matches!(family, Family::I440fx | Family::Q35 | Family::RiscvVirt) {
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

/// A controller for each that the address of a SCSI unit of the host names, like the last one that has such units.
fn add_for_units(devices: &mut Devices, capabilities: &Capabilities) {
    let units = devices.hostdevs.iter().filter(|device| is_scsi(device));
    let mut model = default_scsi(capabilities).to_owned();
    let mut highest = None;
    for device in units {
        if let Some(Address::Drive(place)) = device.info.address
            && highest.is_none_or(|highest| place.controller > highest)
        {
            highest = Some(place.controller);
            let number = Some(place.controller);
            let mut controllers = devices.controllers.iter();
            let found = controllers.find(|c| c.kind == ControllerKind::Scsi && c.index == number);
            if let Some(known) = found.and_then(|controller| controller.model.as_ref()) {
                model.clone_from(known);
            }
        }
    }
    let Some(highest) = highest else { return };
    for index in 0..=highest {
        let kind = ControllerKind::Scsi;
        add(&mut devices.controllers, kind, index, Some(&model));
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
    let ports = ports.map(|info| (ControllerKind::VirtioSerial, controller_of(info)));
    let cards = devices.smartcards.iter();
    let cards = cards.map(|card| (ControllerKind::Ccid, controller_of(&card.info)));
    let named: Vec<_> = ports.chain(cards).collect();
    for (kind, index) in named {
        add(&mut devices.controllers, kind, index, None);
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

/// Adds a controller unless there is one of that kind and number.
pub(crate) fn add(
    controllers: &mut Vec<Controller>,
    kind: ControllerKind,
    index: u32,
    model: Option<&str>,
) {
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
