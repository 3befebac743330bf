//! `<controller>`: bridges, ports, and controllers of USB, SCSI, SATA and virtio-serial.

use documents::domain::{Address, Controller, ControllerKind, DriverIoThread};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::domain::completion::os::word;
use crate::domain::machine::Family;
use crate::domain::{ControllerError, DomainError};

/// A controller as QEMU knows it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Device {
    driver: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    iothread: Option<String>,
    #[serde(flatten)]
    virtio: Virtio,
    #[serde(rename = "chassis_nr", skip_serializing_if = "Option::is_none")]
    chassis_nr: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chassis: Option<u32>,
    #[serde(rename = "bus_nr", skip_serializing_if = "Option::is_none")]
    bus_nr: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hotplug: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mem_reserve: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    iothread_vq_mapping: Vec<Queues>,
    #[serde(rename = "num_queues", skip_serializing_if = "Option::is_none")]
    num_queues: Option<u32>,
    #[serde(rename = "cmd_per_lun", skip_serializing_if = "Option::is_none")]
    cmd_per_lun: Option<u32>,
    #[serde(rename = "max_sectors", skip_serializing_if = "Option::is_none")]
    max_sectors: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ioeventfd: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p2: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p3: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    masterbus: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firstport: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "max_ports", skip_serializing_if = "Option::is_none")]
    max_ports: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vectors: Option<u32>,
    #[serde(rename = "numa_node", skip_serializing_if = "Option::is_none")]
    numa_node: Option<u32>,
    #[serde(flatten)]
    seat: Seat,
}

/// The queues that an I/O thread serves; all that are left when none are named.
#[derive(Debug, Serialize)]
struct Queues {
    iothread: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vqs: Vec<u32>,
}

fn queues(thread: &DriverIoThread) -> Queues {
    Queues {
        iothread: format!("iothread{}", thread.id),
        vqs: thread.queues.clone(),
    }
}

/// The kinds in the order in which they must be created: what others sit on comes first.
pub(crate) const ORDER: &[ControllerKind] = &[
    ControllerKind::Pci,
    ControllerKind::Usb,
    ControllerKind::Scsi,
    ControllerKind::Ide,
    ControllerKind::Sata,
    ControllerKind::VirtioSerial,
    ControllerKind::Ccid,
];

/// The controllers of a kind, each behind the bus that it sits on. Documents may number a bridge below its bus.
pub(crate) fn parents_first(controllers: &[Controller], kind: ControllerKind) -> Vec<&Controller> {
    let mut waiting: Vec<_> = controllers.iter().filter(|c| c.kind == kind).collect();
    if kind != ControllerKind::Pci {
        return waiting;
    }
    let bus = |controller: &Controller| match &controller.info.address {
        Some(Address::Pci(place)) => Some(place.bus),
        _ => None,
    };
    let mut ordered: Vec<&Controller> = Vec::new();
    while !waiting.is_empty() {
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|controller| {
            bus(controller).is_none_or(|bus| !waiting.iter().any(|c| c.index == Some(bus)))
        });
        if ready.is_empty() {
            // A ring of bridges, which QEMU will refuse by its own words.
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}

/// Everything that QEMU creates for a controller; nothing for one that the machine has built in.
pub(crate) fn parts(controller: &Controller, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    if is_built_in(controller, guest.family) {
        return Ok(built_in(controller, guest.family));
    }
    let device = match controller.kind {
        ControllerKind::Pci => pci(controller, guest)?,
        ControllerKind::Usb => usb(controller, guest)?,
        ControllerKind::Scsi => scsi(controller, guest)?,
        ControllerKind::Sata => plain("ahci", controller, guest),
        ControllerKind::VirtioSerial => virtio_serial(controller, guest),
        ControllerKind::Ccid => plain("usb-ccid", controller, guest),
        kind => {
            return Err(ControllerError::Model {
                kind: word(kind),
                model: model(controller).to_owned(),
            }
            .into());
        }
    };
    Ok(vec![Part::device(&device)?])
}

fn model(controller: &Controller) -> &str {
    controller.model.as_deref().unwrap_or_default()
}

fn is_built_in(controller: &Controller, family: Family) -> bool {
    let first = controller.index == Some(0);
    match controller.kind {
        ControllerKind::Pci => matches!(model(controller), "pci-root" | "pcie-root"),
        ControllerKind::Usb => model(controller) == "none",
        ControllerKind::Ide => first && family == Family::I440fx,
        ControllerKind::Sata => first && family == Family::Q35,
        // Where it is not built in, it comes with the first floppy drive.
        ControllerKind::Fdc | ControllerKind::Isa => true,
        _ => false,
    }
}

/// What is set on a controller that the machine has built in.
fn built_in(controller: &Controller, family: Family) -> Vec<Part> {
    let mut parts = Vec::new();
    if controller.kind != ControllerKind::Pci {
        return parts;
    }
    if let Some(kib) = controller.pcihole64 {
        let bridge = match family {
            Family::Q35 => "q35-pcihost",
            _ => "i440FX-pcihost",
        };
        parts.push(Part::option(
            "global",
            format!("{bridge}.pci-hole64-size={kib}K"),
        ));
    }
    let hotplug = controller.target.as_ref().and_then(|target| target.hotplug);
    if let Some(hotplug) = hotplug.filter(|_| family == Family::I440fx) {
        let word = if hotplug { "on" } else { "off" };
        parts.push(Part::option(
            "global",
            format!("PIIX4_PM.acpi-root-pci-hotplug={word}"),
        ));
    }
    parts
}

fn plain(driver: &str, controller: &Controller, guest: &Guest<'_>) -> Device {
    Device {
        driver: driver.to_owned(),
        id: Some(alias(&controller.info)),
        seat: guest.seat(&controller.info),
        ..Device::default()
    }
}

fn unknown(controller: &Controller) -> ControllerError {
    ControllerError::Model {
        kind: word(controller.kind),
        model: model(controller).to_owned(),
    }
}

fn pci(controller: &Controller, guest: &Guest<'_>) -> Result<Device, ControllerError> {
    let driver = controller
        .model_name
        .as_deref()
        .ok_or_else(|| unknown(controller))?;
    let base = plain(driver, controller, guest);
    let target = controller.target.clone().unwrap_or_default();
    Ok(match model(controller) {
        "pci-bridge" => Device {
            chassis_nr: target.chassis_nr,
            ..base
        },
        "pcie-root-port" | "pcie-switch-downstream-port" => Device {
            port: target.port,
            chassis: target.chassis,
            hotplug: target.hotplug,
            mem_reserve: target.mem_reserve.map(|kib| kib.saturating_mul(1024)),
            ..base
        },
        "pcie-switch-upstream-port" | "dmi-to-pci-bridge" | "pcie-to-pci-bridge" => base,
        "pci-expander-bus" | "pcie-expander-bus" => Device {
            bus_nr: target.bus_nr,
            numa_node: target.node,
            ..base
        },
        _ => return Err(unknown(controller)),
    })
}

fn usb(controller: &Controller, guest: &Guest<'_>) -> Result<Device, ControllerError> {
    let driver = match model(controller) {
        "piix3-uhci" => "piix3-usb-uhci",
        "piix4-uhci" => "piix4-usb-uhci",
        "ehci" => "usb-ehci",
        "ich9-ehci1" => "ich9-usb-ehci1",
        "ich9-uhci1" => "ich9-usb-uhci1",
        "ich9-uhci2" => "ich9-usb-uhci2",
        "ich9-uhci3" => "ich9-usb-uhci3",
        "pci-ohci" => "pci-ohci",
        "nec-xhci" => "nec-usb-xhci",
        "qemu-xhci" => "qemu-xhci",
        _ => return Err(unknown(controller)),
    };
    let mut device = plain(driver, controller, guest);
    if driver.ends_with("xhci") {
        (device.p2, device.p3) = (controller.ports, controller.ports);
    }
    if let Some(master) = &controller.info.master {
        // A companion has no name of its own: it is a part of its master.
        device.id = None;
        let index = controller.index.unwrap_or_default();
        device.masterbus = Some(format!(
            "{}.0",
            guest.controller(ControllerKind::Usb, index, "usb")
        ));
        device.firstport = Some(master.startport);
    }
    Ok(device)
}

fn scsi(controller: &Controller, guest: &Guest<'_>) -> Result<Device, ControllerError> {
    let options = controller.driver.clone().unwrap_or_default();
    let driver = match model(controller) {
        "virtio-scsi" => guest.virtio_driver("scsi", &controller.info, Transition::Either),
        "virtio-transitional" => {
            guest.virtio_driver("scsi", &controller.info, Transition::Transitional)
        }
        "virtio-non-transitional" => {
            guest.virtio_driver("scsi", &controller.info, Transition::NonTransitional)
        }
        "lsilogic" => "lsi".to_owned(),
        "lsisas1068" => "mptsas1068".to_owned(),
        "lsisas1078" => "megasas".to_owned(),
        "vmpvscsi" => "pvscsi".to_owned(),
        "am53c974" => "am53c974".to_owned(),
        "dc390" => "dc390".to_owned(),
        _ => return Err(unknown(controller)),
    };
    Ok(Device {
        iothread: options.iothread.map(|id| format!("iothread{id}")),
        virtio: Virtio::new(&options.virtio),
        num_queues: options.queues,
        cmd_per_lun: options.cmd_per_lun,
        max_sectors: options.max_sectors,
        ioeventfd: options.ioeventfd,
        iothread_vq_mapping: options.iothreads.iter().map(queues).collect(),
        ..plain(&driver, controller, guest)
    })
}

fn virtio_serial(controller: &Controller, guest: &Guest<'_>) -> Device {
    let transition = match model(controller) {
        "virtio-transitional" => Transition::Transitional,
        "virtio-non-transitional" => Transition::NonTransitional,
        _ => Transition::Either,
    };
    let driver = guest.virtio_driver("serial", &controller.info, transition);
    Device {
        virtio: Virtio::optional(controller.driver.as_ref().map(|driver| &driver.virtio)),
        max_ports: controller.ports,
        vectors: controller.vectors,
        ..plain(&driver, controller, guest)
    }
}
