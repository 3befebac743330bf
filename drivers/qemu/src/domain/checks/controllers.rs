//! Controllers: which models there are, where they can be, and what may be set on which.

use documents::domain::{Address, Controller, ControllerKind, ControllerTarget, Domain};

use super::queue_map;
use crate::capabilities::Capabilities;
use crate::domain::completion::controller_number::companion_port;
use crate::domain::completion::os::word;
use crate::domain::error::ControllerError;
use crate::domain::machine::{Family, machine_name};
use crate::domain::rules::controller::{PSERIES_BRIDGE, pci_names};

type Result = std::result::Result<(), ControllerError>;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result {
    let controllers = &domain.devices.controllers;
    for (at, controller) in controllers.iter().enumerate() {
        // The parts of a USB 2 controller share a number.
        if companion_port(controller).is_some() {
            continue;
        }
        let same = |other: &Controller| {
            other.kind == controller.kind
                && other.index == controller.index
                && companion_port(other).is_none()
        };
        if controllers.iter().take(at).any(same) {
            let index = controller.index.unwrap_or_default();
            return Err(ControllerError::Duplicate {
                kind: word(controller.kind),
                index,
            });
        }
    }
    for controller in controllers {
        check_one(controller, domain, capabilities)?;
    }
    Ok(())
}

fn check_one(controller: &Controller, domain: &Domain, capabilities: &Capabilities) -> Result {
    let family = Family::of_domain(domain);
    check_driver(controller)?;
    match controller.kind {
        ControllerKind::Pci => check_pci(controller, domain),
        ControllerKind::Scsi => check_scsi(controller, domain, capabilities),
        ControllerKind::Usb => match model(controller) {
            "qusb1" | "qusb2" => Err(ControllerError::Qusb),
            _ => Ok(()),
        },
        ControllerKind::Ide if family != Family::I440fx => Err(ControllerError::Ide),
        ControllerKind::Ide if controller.index != Some(0) => Err(ControllerError::SecondIde),
        _ => Ok(()),
    }
}

fn model(controller: &Controller) -> &str {
    controller.model.as_deref().unwrap_or_default()
}

fn check_pci(controller: &Controller, domain: &Domain) -> Result {
    let target = controller.target.clone().unwrap_or_default();
    check_numbers(&target)?;
    if is_root(controller) && controller.info.address.is_some() {
        return Err(ControllerError::RootAddress);
    }
    check_options(controller, &target)?;
    let family = Family::of_domain(domain);
    check_name(controller, family)?;
    if controller.pcihole64.is_some() && !matches!(family, Family::I440fx | Family::Q35) {
        return Err(ControllerError::PciHole {
            machine: machine_name(domain).to_owned(),
        });
    }
    let cells = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = cells.map_or(0, |numa| numa.cells.len());
    match target.node {
        Some(node) if usize::try_from(node).is_ok_and(|node| node >= cells) => {
            Err(ControllerError::ExpanderNode {
                model: model(controller).to_owned(),
                index: controller.index.unwrap_or_default(),
                node,
                cells,
            })
        }
        _ => Ok(()),
    }
}

fn is_root(controller: &Controller) -> bool {
    matches!(model(controller), "pci-root" | "pcie-root")
}

fn check_numbers(target: &ControllerTarget) -> Result {
    let numbers = [
        ("chassisNr", target.chassis_nr, 1, 255),
        ("chassis", target.chassis, 0, 255),
        ("port", target.port, 0, 255),
        ("busNr", target.bus_nr, 1, 254),
    ];
    for (name, value, least, most) in numbers {
        if let Some(value) = value.filter(|value| !(least..=most).contains(value)) {
            return Err(ControllerError::OptionRange {
                name,
                value,
                least,
                most,
            });
        }
    }
    Ok(())
}

/// Each model of bus has its options.
fn check_options(controller: &Controller, target: &ControllerTarget) -> Result {
    let model = model(controller);
    let port = matches!(model, "pcie-root-port" | "pcie-switch-downstream-port");
    let bridge = model == "pci-bridge";
    let expander = model.ends_with("expander-bus");
    let options = [
        ("chassisNr", target.chassis_nr.is_some(), bridge),
        ("chassis", target.chassis.is_some(), port),
        ("port", target.port.is_some(), port),
        ("busNr", target.bus_nr.is_some(), expander),
        (
            "hotplug",
            target.hotplug.is_some(),
            port || model == "pci-root",
        ),
    ];
    let mut wrong = options.into_iter();
    match wrong.find(|(_, present, fits)| *present && !fits) {
        Some((option, ..)) => Err(ControllerError::Option {
            option,
            index: controller.index.unwrap_or_default(),
            model: model.to_owned(),
            name: controller.model_name.clone().unwrap_or_default(),
        }),
        None => Ok(()),
    }
}

/// The device that makes a bus is one of those that make it.
fn check_name(controller: &Controller, family: Family) -> Result {
    let model = model(controller);
    let names = pci_names(model).iter();
    let mut names = names.filter(|name| **name != PSERIES_BRIDGE || family == Family::Foreign);
    match controller.model_name.as_deref() {
        Some(name) if !names.any(|known| *known == name) => Err(ControllerError::Name {
            name: name.to_owned(),
            index: controller.index.unwrap_or_default(),
            model: model.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// What only SCSI of virtio has, whatever the controller is.
fn check_driver(controller: &Controller) -> Result {
    let virtio =
        controller.kind == ControllerKind::Scsi && model(controller).starts_with("virtio-");
    let Some(driver) = controller.driver.as_ref().filter(|_| !virtio) else {
        return Ok(());
    };
    if !driver.iothreads.is_empty() {
        return Err(ControllerError::ThreadsModel);
    }
    let options = [
        ("queues", driver.queues.is_some()),
        ("cmd_per_lun", driver.cmd_per_lun.is_some()),
        ("max_sectors", driver.max_sectors.is_some()),
        ("ioeventfd", driver.ioeventfd.is_some()),
    ];
    match options.into_iter().find(|(_, present)| *present) {
        Some((option, _)) => Err(ControllerError::VirtioScsiOnly { option }),
        None => Ok(()),
    }
}

fn check_scsi(controller: &Controller, domain: &Domain, capabilities: &Capabilities) -> Result {
    check_scsi_driver(controller)?;
    check_scsi_threads(controller, domain)?;
    let model = model(controller);
    let device = match model {
        "ncr53c90" => return Err(ControllerError::NotBuiltIn),
        "buslogic" => return Err(ControllerError::ScsiModel { model: "buslogic" }),
        "lsilogic" => "lsi53c895a",
        "lsisas1068" => "mptsas1068",
        "lsisas1078" => "megasas",
        "vmpvscsi" => "pvscsi",
        "am53c974" => "am53c974",
        "dc390" => "dc390",
        _ => return Ok(()),
    };
    // QEMU lists the older name of LSI's only as an alias.
    if capabilities.has_device(device) || (device == "lsi53c895a" && capabilities.has_device("lsi"))
    {
        Ok(())
    } else {
        Err(ControllerError::Model {
            kind: "scsi",
            model: model.to_owned(),
        })
    }
}

/// Threads and queues are those of virtio, and are said in one way.
fn check_scsi_driver(controller: &Controller) -> Result {
    let driver = controller.driver.clone().unwrap_or_default();
    if driver.iothread.is_some() && !driver.iothreads.is_empty() {
        return Err(ControllerError::TwoThreads);
    }
    queue_map::check(&driver.iothreads, driver.queues).map_err(ControllerError::QueueMap)
}

/// The threads that serve the controller are threads of the domain.
fn check_scsi_threads(controller: &Controller, domain: &Domain) -> Result {
    let driver = controller.driver.iter();
    let mut threads = driver.flat_map(|driver| {
        let mapped = driver.iothreads.iter().map(|thread| thread.id);
        driver.iothread.into_iter().chain(mapped)
    });
    let unknown = |id: &u32| {
        let counted = domain
            .iothreads
            .is_some_and(|count| (1..=count).contains(id));
        !counted && !domain.iothreadids.iter().any(|thread| thread.id == *id)
    };
    match threads.find(unknown) {
        Some(id) => Err(ControllerError::NoIoThread { id }),
        None => Ok(()),
    }
}

/// Controllers that sit on a bus of another machine or architecture.
///
/// # Errors
/// When nothing of this machine takes them.
pub(crate) fn placeable(controllers: &[Controller], family: Family) -> Result {
    for controller in controllers {
        match model(controller) {
            "pcie-expander-bus" if !matches!(family, Family::Q35 | Family::ArmVirt) => {
                return Err(ControllerError::Expander {
                    model: "pcie-expander-bus",
                });
            }
            "pci-expander-bus" if !family.has_pci_root() => {
                return Err(ControllerError::PciExpander);
            }
            _ => {}
        }
    }
    let nowhere = |controller: &&Controller| {
        matches!(
            controller.kind,
            ControllerKind::Xenbus | ControllerKind::Isa
        ) && !matches!(controller.info.address, Some(Address::Pci(_)))
    };
    match controllers.iter().find(nowhere) {
        Some(controller) => Err(ControllerError::Nowhere {
            kind: word(controller.kind),
        }),
        None => Ok(()),
    }
}
