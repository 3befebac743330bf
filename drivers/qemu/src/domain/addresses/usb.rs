//! Ports of USB controllers.

use documents::domain::{
    Address, Controller, ControllerKind, DeviceInfo, Devices, DiskBus, FilesystemDriverKind,
    HostDevSource, Hub, Input, InputBus, RedirBus, SerialTargetKind, SoundModel, UsbAddress,
};

use crate::domain::error::ControllerError;

/// The ports of a USB hub.
const HUB_PORTS: u32 = 8;

/// How many numbers a port's path can have.
const DEPTH: usize = 4;

/// The ports behind one controller: its own, then those of each hub on them with the hubs on that one (`2.1` is the
/// first port of the hub on port 2).
#[derive(Debug)]
struct Bus {
    index: u32,
    ports: Vec<Port>,
}

#[derive(Debug)]
struct Port {
    /// The ports of the hubs on the way, and its own number.
    path: Vec<u32>,
    taken: bool,
}

impl Bus {
    fn new(index: u32, ports: u32) -> Self {
        let port = |number: u32| Port {
            path: vec![number],
            taken: false,
        };
        Self {
            index,
            ports: (1..=ports).map(port).collect(),
        }
    }

    fn add_hub(&mut self, path: &[u32]) {
        if path.len() == DEPTH {
            return;
        }
        let port = |number| Port {
            path: [path, &[number]].concat(),
            taken: false,
        };
        self.ports.extend((1..=HUB_PORTS).map(port));
        self.ports
            .sort_by(|one, other| one.place().cmp(&other.place()));
    }
}

impl Port {
    /// The hub, and the number there.
    fn place(&self) -> (&[u32], u32) {
        match self.path.split_last() {
            Some((number, hub)) => (hub, *number),
            None => (&[], 0),
        }
    }

    /// As documents have it: `2.1`.
    fn text(&self) -> String {
        let numbers: Vec<String> = self.path.iter().map(u32::to_string).collect();
        numbers.join(".")
    }
}

/// Gives each USB device its port: hubs first, which others may sit on, and those that name one before the rest.
pub(super) fn assign(devices: &mut Devices) -> Result<(), ControllerError> {
    let mut buses: Vec<Bus> = devices.controllers.iter().filter_map(bus).collect();
    let none = |it: &Controller| it.kind != ControllerKind::Usb;
    let disabled = devices.controllers.iter().any(is_none_model);
    let missing = devices.controllers.iter().all(none);
    let is_usb = |input: &Input| input.bus == Some(InputBus::Usb);
    if disabled && devices.inputs.iter().any(is_usb) {
        return Err(ControllerError::UsbDisabled);
    }
    for hub in &mut devices.hubs {
        take_named(&mut buses, &hub.info, true)?;
    }
    for_each_usb(devices, &mut |info| {
        if disabled || missing {
            return Err(ControllerError::UsbOff);
        }
        take_named(&mut buses, info, false)
    })?;
    add_hubs(devices, &buses)?;
    for hub in &mut devices.hubs {
        give(&mut buses, &mut hub.info, true)?;
    }
    for_each_usb(devices, &mut |info| give(&mut buses, info, false))
}

/// Adds hubs where more devices want a port than there are. A hub gives eight ports and takes one.
fn add_hubs(devices: &mut Devices, buses: &[Bus]) -> Result<(), ControllerError> {
    let mut wanted = devices
        .hubs
        .iter()
        .filter(|hub| hub.info.address.is_none())
        .count();
    for_each_usb(devices, &mut |info| {
        wanted += usize::from(info.address.is_none());
        Ok(())
    })?;
    let unplaced = devices
        .hubs
        .iter()
        .filter(|hub| hub.info.address.is_none())
        .count();
    let free = buses
        .iter()
        .flat_map(|bus| &bus.ports)
        .filter(|port| !port.taken)
        .count();
    let free = if free == 0 { 0 } else { free + unplaced * 8 };
    if free > 0 && wanted > free {
        let hubs = (wanted - free + 1).div_ceil(7);
        let hub = Hub {
            kind: RedirBus::Usb,
            ..Hub::default()
        };
        devices.hubs.extend(std::iter::repeat_n(hub, hubs));
    }
    Ok(())
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
    Some(Bus::new(controller.index?, ports))
}

fn is_none_model(controller: &Controller) -> bool {
    controller.kind == ControllerKind::Usb && controller.model.as_deref() == Some("none")
}

/// The port that an address names; number 0 stands for whichever is free.
fn named_port(place: &UsbAddress) -> Option<&str> {
    let port = place.port.as_deref()?;
    let first = port.split('.').next()?;
    (first.parse() != Ok(0)).then_some(port)
}

fn take_named(buses: &mut [Bus], info: &DeviceInfo, hub: bool) -> Result<(), ControllerError> {
    let Some(Address::Usb(place)) = &info.address else {
        return Ok(());
    };
    let Some(path) = named_port(place) else {
        return Ok(());
    };
    let error = || ControllerError::UsbPort {
        bus: place.bus,
        port: path.to_owned(),
    };
    let bus = buses
        .iter_mut()
        .find(|bus| bus.index == place.bus)
        .ok_or_else(error)?;
    let port = bus
        .ports
        .iter_mut()
        .find(|port| port.text() == path)
        .ok_or_else(error)?;
    if std::mem::replace(&mut port.taken, true) {
        return Err(error());
    }
    if hub {
        let path = port.path.clone();
        bus.add_hub(&path);
    }
    Ok(())
}

fn give(buses: &mut [Bus], info: &mut DeviceInfo, hub: bool) -> Result<(), ControllerError> {
    let wanted = match &info.address {
        None => None,
        Some(Address::Usb(place)) if named_port(place).is_none() => Some(place.bus),
        Some(_) => return Ok(()),
    };
    if let Some(bus) = wanted.filter(|wanted| buses.iter().all(|bus| bus.index != *wanted)) {
        return Err(ControllerError::NoUsbBus { bus });
    }
    for bus in buses
        .iter_mut()
        .filter(|bus| wanted.is_none_or(|wanted| wanted == bus.index))
    {
        let Some(port) = bus.ports.iter_mut().find(|port| !port.taken) else {
            continue;
        };
        port.taken = true;
        let (path, text) = (port.path.clone(), port.text());
        if hub {
            bus.add_hub(&path);
        }
        info.address = Some(Address::Usb(UsbAddress {
            bus: bus.index,
            port: Some(text),
            device: None,
        }));
        return Ok(());
    }
    Err(ControllerError::NoUsbPorts)
}

/// Visits the USB devices other than hubs in the order in which ports are handed out.
fn for_each_usb(
    devices: &mut Devices,
    visit: &mut dyn FnMut(&mut DeviceInfo) -> Result<(), ControllerError>,
) -> Result<(), ControllerError> {
    for hostdev in &mut devices.hostdevs {
        if matches!(hostdev.source, HostDevSource::Usb(_)) {
            visit(&mut hostdev.info)?;
        }
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
    for filesystem in &mut devices.filesystems {
        if crate::devices::filesystem::driver(filesystem) == FilesystemDriverKind::Mtp {
            visit(&mut filesystem.info)?;
        }
    }
    for serial in &mut devices.serials {
        let kind = serial.target.as_ref().and_then(|target| target.kind);
        if kind == Some(SerialTargetKind::UsbSerial) {
            visit(&mut serial.info)?;
        }
    }
    for sound in devices
        .sounds
        .iter_mut()
        .filter(|sound| sound.model == SoundModel::Usb)
    {
        visit(&mut sound.info)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tablet() -> Input {
        Input {
            bus: Some(InputBus::Usb),
            ..Input::default()
        }
    }

    fn devices(model: &str, hubs: usize, tablets: usize) -> Devices {
        let controller = Controller {
            kind: ControllerKind::Usb,
            index: Some(0),
            model: Some(model.to_owned()),
            ..Controller::default()
        };
        Devices {
            controllers: vec![controller],
            hubs: vec![Hub::default(); hubs],
            inputs: vec![tablet(); tablets],
            ..Devices::default()
        }
    }

    fn ports(devices: &Devices) -> Vec<String> {
        let port = |input: &Input| match &input.info.address {
            Some(Address::Usb(usb)) => usb.port.clone().unwrap_or_default(),
            _ => String::new(),
        };
        devices.inputs.iter().map(port).collect()
    }

    #[test]
    fn devices_fill_the_controller_and_then_its_hubs() {
        let mut devices = devices("piix3-uhci", 1, 3);
        assign(&mut devices).unwrap();
        assert_eq!(ports(&devices), ["2", "1.1", "1.2"]);
    }

    #[test]
    fn a_hub_is_added_where_ports_run_out() {
        let mut devices = devices("piix3-uhci", 0, 3);
        assign(&mut devices).unwrap();
        assert_eq!(devices.hubs.len(), 1);
        assert_eq!(ports(&devices), ["2", "1.1", "1.2"]);
    }

    #[test]
    fn a_hub_is_filled_with_the_hubs_on_it_before_the_next_one() {
        let mut devices = devices("piix3-uhci", 3, 16);
        assign(&mut devices).unwrap();
        let ports = ports(&devices);
        let some: Vec<_> = [0, 6, 7, 14, 15].iter().map(|at| &*ports[*at]).collect();
        assert_eq!(some, ["1.2", "1.8", "1.1.1", "1.1.8", "2.1"]);
    }

    #[test]
    fn port_number_0_stands_for_a_free_one() {
        let mut devices = devices("piix3-uhci", 0, 2);
        devices.inputs[0].info.address = Some(Address::Usb(UsbAddress {
            port: Some("0".to_owned()),
            ..UsbAddress::default()
        }));
        assign(&mut devices).unwrap();
        assert_eq!(ports(&devices), ["1", "2"]);
    }

    #[test]
    fn a_disabled_bus_and_a_port_named_twice_are_errors() {
        assert!(matches!(
            assign(&mut devices("none", 0, 1)),
            Err(ControllerError::UsbDisabled)
        ));
        let mut twice = devices("qemu-xhci", 0, 2);
        for input in &mut twice.inputs {
            let port = Some("1".to_owned());
            input.info.address = Some(Address::Usb(UsbAddress {
                bus: 0,
                port,
                device: None,
            }));
        }
        assert!(matches!(
            assign(&mut twice),
            Err(ControllerError::UsbPort { .. })
        ));
    }
}
