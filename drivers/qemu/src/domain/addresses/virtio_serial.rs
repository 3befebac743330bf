//! Ports of virtio-serial controllers.

use documents::domain::{
    Address, ChannelTarget, ControllerKind, DeviceInfo, Devices, VirtioSerialAddress,
};

use super::for_each_info;
use crate::domain::completion::controller;
use crate::domain::error::{CharacterError, ControllerError, DomainError};

/// The first port of a channel: port 0 of a controller is kept for a console.
const FIRST: u32 = 1;

/// Ports of a controller that does not say how many it has.
const PORTS: u32 = 31;

/// The ports in use, by controller.
#[derive(Debug)]
struct Ports {
    controllers: Vec<(u32, u32)>,
    taken: Vec<(u32, u32)>,
    /// The controllers that had to be added.
    added: Vec<u32>,
}

/// Gives each channel its port, on another controller where those that there are have no more. Consoles find theirs
/// themselves unless the document says it.
pub(super) fn assign(devices: &mut Devices) -> Result<(), DomainError> {
    let controllers = devices
        .controllers
        .iter()
        .filter(|c| c.kind == ControllerKind::VirtioSerial);
    let controllers = controllers
        .filter_map(|c| Some((c.index?, c.ports.unwrap_or(PORTS))))
        .collect();
    let mut ports = Ports {
        controllers,
        taken: Vec::new(),
        added: Vec::new(),
    };
    check_controllers(devices)?;
    let channels = devices
        .channels
        .iter_mut()
        .filter(|channel| matches!(channel.target, ChannelTarget::Virtio(_)))
        .map(|channel| &mut channel.info);
    let mut users: Vec<_> = channels.collect();
    for info in &mut users {
        // Port 0 is kept for a console: whoever names it has not chosen.
        if let Some(Address::VirtioSerial(place)) = &mut info.address {
            place.port.take_if(|port| *port == 0);
        }
    }
    for info in &users {
        ports.take_named(info)?;
    }
    for info in &mut users {
        ports.assign(info)?;
    }
    for index in ports.added {
        let kind = ControllerKind::VirtioSerial;
        controller::add(&mut devices.controllers, kind, index, None);
    }
    Ok(())
}

/// Whatever names a controller's port, a device of any kind, has the controller.
fn check_controllers(devices: &mut Devices) -> Result<(), CharacterError> {
    let controllers = devices.controllers.iter();
    let there: Vec<_> = controllers
        .filter(|it| it.kind == ControllerKind::VirtioSerial)
        .filter_map(|it| it.index)
        .collect();
    let mut missing = None;
    for_each_info(devices, |_, info| {
        if let Some(Address::VirtioSerial(place)) = info.address
            && !there.contains(&place.controller)
        {
            missing.get_or_insert(place.controller);
        }
    });
    match missing {
        Some(controller) => Err(CharacterError::NoSerialController { controller }),
        None => Ok(()),
    }
}

impl Ports {
    fn take_named(&mut self, info: &DeviceInfo) -> Result<(), CharacterError> {
        let Some(Address::VirtioSerial(VirtioSerialAddress {
            controller,
            port: Some(port),
            ..
        })) = info.address
        else {
            return Ok(());
        };
        let exists = self
            .controllers
            .iter()
            .any(|(index, ports)| *index == controller && port < *ports);
        if self.taken.contains(&(controller, port)) {
            return Err(CharacterError::PortTaken { controller, port });
        }
        if !exists {
            return Err(CharacterError::NoSerialPort { controller, port });
        }
        self.taken.push((controller, port));
        Ok(())
    }

    fn assign(&mut self, info: &mut DeviceInfo) -> Result<(), ControllerError> {
        let wanted = match &info.address {
            None => None,
            Some(Address::VirtioSerial(place)) if place.port.is_none() => Some(place.controller),
            Some(_) => return Ok(()),
        };
        let free = self
            .controllers
            .iter()
            .filter(|(index, _)| wanted.is_none_or(|wanted| wanted == *index))
            .flat_map(|(index, ports)| (FIRST..*ports).map(|port| (*index, port)))
            .find(|place| !self.taken.contains(place));
        let (controller, port) = match (free, wanted) {
            (Some(free), _) => free,
            (None, None) => (self.add_controller(), FIRST),
            (None, Some(_)) => return Err(ControllerError::NoSerialPort),
        };
        self.taken.push((controller, port));
        info.address = Some(Address::VirtioSerial(VirtioSerialAddress {
            controller,
            bus: 0,
            port: Some(port),
        }));
        Ok(())
    }

    /// One more controller, with the lowest number that is free.
    fn add_controller(&mut self) -> u32 {
        let is_free = |index: &u32| !self.controllers.iter().any(|(other, _)| other == index);
        let index = (0..u32::MAX).find(is_free).unwrap_or(u32::MAX);
        self.controllers.push((index, PORTS));
        self.added.push(index);
        index
    }
}
