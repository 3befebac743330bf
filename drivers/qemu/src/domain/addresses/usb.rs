//! Ports of USB controllers.

use documents::domain::{
    Address, Controller, ControllerKind, DeviceInfo, Devices, DiskBus, InputBus, SerialTargetKind,
    UsbAddress,
};

use crate::domain::error::ControllerError;

/// The ports of one controller's root hub.
#[derive(Debug)]
struct Bus {
    index: u32,
    taken: Vec<bool>,
}

/// Gives each USB device its port, those that name one first.
pub(super) fn assign(devices: &mut Devices) -> Result<(), ControllerError> {
    let mut buses: Vec<Bus> = devices.controllers.iter().filter_map(bus).collect();
    let disabled = devices.controllers.iter().any(is_none_model);
    for_each_usb(devices, &mut |info| {
        if disabled {
            return Err(ControllerError::UsbDisabled);
        }
        take_named(&mut buses, info)
    })?;
    for_each_usb(devices, &mut |info| give(&mut buses, info))
}

fn bus(controller: &Controller) -> Option<Bus> {
    if controller.kind != ControllerKind::Usb || controller.info.master.is_some() {
        return None;
    }
    let ports = match controller.model.as_deref()? {
        "piix3-uhci" | "piix4-uhci" | "vt82c686b-uhci" => 2,
        "ehci" | "ich9-ehci1" => 6,
        "pci-ohci" => 3,
        "nec-xhci" | "qemu-xhci" => controller.ports.unwrap_or(4),
        // A companion without its master has ports of its own.
        "ich9-uhci1" | "ich9-uhci2" | "ich9-uhci3" => 2,
        _ => return None,
    };
    Some(Bus {
        index: controller.index?,
        taken: vec![false; usize::try_from(ports).ok()?],
    })
}

fn is_none_model(controller: &Controller) -> bool {
    controller.kind == ControllerKind::Usb && controller.model.as_deref() == Some("none")
}

/// A port behind a hub (`1.2`) is the hub's matter; that of the controller is taken by the hub itself.
fn take_named(buses: &mut [Bus], info: &DeviceInfo) -> Result<(), ControllerError> {
    let Some(Address::Usb(UsbAddress {
        bus: index,
        port: Some(port),
        ..
    })) = &info.address
    else {
        return Ok(());
    };
    let error = || ControllerError::UsbPort {
        bus: *index,
        port: port.clone(),
    };
    let bus = buses
        .iter_mut()
        .find(|bus| bus.index == *index)
        .ok_or_else(error)?;
    let Ok(number) = port.parse::<usize>() else {
        return if port.contains('.') {
            Ok(())
        } else {
            Err(error())
        };
    };
    let place = number
        .checked_sub(1)
        .and_then(|at| bus.taken.get_mut(at))
        .ok_or_else(error)?;
    if std::mem::replace(place, true) {
        return Err(error());
    }
    Ok(())
}

fn give(buses: &mut [Bus], info: &mut DeviceInfo) -> Result<(), ControllerError> {
    let wanted = match &info.address {
        None => None,
        Some(Address::Usb(place)) if place.port.is_none() => Some(place.bus),
        Some(_) => return Ok(()),
    };
    for bus in buses
        .iter_mut()
        .filter(|bus| wanted.is_none_or(|wanted| wanted == bus.index))
    {
        if let Some(at) = bus.taken.iter().position(|taken| !taken) {
            if let Some(place) = bus.taken.get_mut(at) {
                *place = true;
            }
            let port = Some((at + 1).to_string());
            info.address = Some(Address::Usb(UsbAddress {
                bus: bus.index,
                port,
                device: None,
            }));
            return Ok(());
        }
    }
    Err(ControllerError::NoUsbPorts)
}

/// Visits the USB devices in the order in which ports are handed out.
fn for_each_usb(
    devices: &mut Devices,
    visit: &mut dyn FnMut(&mut DeviceInfo) -> Result<(), ControllerError>,
) -> Result<(), ControllerError> {
    for hub in &mut devices.hubs {
        visit(&mut hub.info)?;
    }
    for disk in devices
        .disks
        .iter_mut()
        .filter(|disk| disk.target.bus == Some(DiskBus::Usb))
    {
        visit(&mut disk.info)?;
    }
    for ccid in devices
        .controllers
        .iter_mut()
        .filter(|c| c.kind == ControllerKind::Ccid)
    {
        visit(&mut ccid.info)?;
    }
    for input in devices
        .inputs
        .iter_mut()
        .filter(|input| input.bus == Some(InputBus::Usb))
    {
        visit(&mut input.info)?;
    }
    for redirdev in &mut devices.redirdevs {
        visit(&mut redirdev.info)?;
    }
    for serial in &mut devices.serials {
        let kind = serial.target.as_ref().and_then(|target| target.kind);
        if kind == Some(SerialTargetKind::UsbSerial) {
            visit(&mut serial.info)?;
        }
    }
    for interface in devices
        .interfaces
        .iter_mut()
        .filter(|i| i.model.as_deref() == Some("usb-net"))
    {
        visit(&mut interface.info)?;
    }
    Ok(())
}
