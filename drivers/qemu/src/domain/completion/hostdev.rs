//! Devices of the host.

use documents::domain::{
    Address, Controller, ControllerKind, Devices, DriveAddress, HostDev, HostDevMode,
    HostDevSource, Interface, InterfaceSource, PciAddress, ScsiProtocol,
};

use crate::domain::Host;

/// Fills in what a device of the host leaves out.
pub(super) fn complete(devices: &mut Devices) {
    for device in &mut devices.hostdevs {
        if device.mode.unwrap_or_default() == HostDevMode::Subsystem {
            device.managed.get_or_insert(false);
        }
        match &mut device.source {
            HostDevSource::Pci(source) => {
                source.address.get_or_insert_default();
            }
            HostDevSource::Mdev(_) if device.model.as_deref() == Some("vfio-pci") => {
                device.display.get_or_insert(false);
            }
            HostDevSource::Scsi(source) => {
                source.protocol.take_if(|it| *it == ScsiProtocol::Adapter);
            }
            _ => {}
        }
    }
}

/// The devices among those passed to the guest that know no PCI Express.
pub(super) fn conventional(devices: &Devices, host: &dyn Host) -> Vec<PciAddress> {
    let devices_of = devices.hostdevs.iter().filter_map(source_place);
    let cards = devices.interfaces.iter().filter_map(card_place);
    let all = devices_of.chain(cards);
    all.filter(|address| host.is_conventional(address))
        .collect()
}

/// Where on the host a PCI device is.
pub(crate) fn source_place(device: &HostDev) -> Option<PciAddress> {
    match &device.source {
        HostDevSource::Pci(source) => source.address,
        _ => None,
    }
}

/// Where on the host a network card is that is passed to the guest.
pub(crate) fn card_place(interface: &Interface) -> Option<PciAddress> {
    match &interface.source {
        InterfaceSource::Hostdev(card) => match card.source.as_ref()?.address {
            Some(Address::Pci(address)) => Some(address),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a device of the host sits on a SCSI controller.
pub(crate) fn is_scsi(device: &HostDev) -> bool {
    matches!(device.source, HostDevSource::Scsi(_))
}

/// Gives each SCSI unit of the host a place that no disk has. Narrow controllers have 7 units, wide ones 16 targets.
pub(super) fn place(devices: &mut Devices, is_wide: impl Fn(&[Controller], u32) -> bool) {
    let at = |info: &documents::domain::DeviceInfo| match info.address {
        Some(Address::Drive(place)) => Some(place),
        _ => None,
    };
    let disks = devices
        .disks
        .iter()
        .filter(|disk| disk.target.bus == Some(documents::domain::DiskBus::Scsi));
    let mut taken: Vec<DriveAddress> = disks.filter_map(|disk| at(&disk.info)).collect();
    taken.extend(
        devices
            .hostdevs
            .iter()
            .filter(|device| is_scsi(device))
            .filter_map(|device| at(&device.info)),
    );
    for index in 0..devices.hostdevs.len() {
        let controllers = &devices.controllers;
        let Some(device) = devices.hostdevs.get_mut(index) else {
            break;
        };
        if !is_scsi(device) || device.info.address.is_some() {
            continue;
        }
        let free = (0..=u32::MAX)
            .flat_map(|controller| units(controller, is_wide(controllers, controller)))
            .find(|place| !taken.contains(place));
        taken.extend(free);
        device.info.address = free.map(Address::Drive);
    }
}

fn units(controller: u32, wide: bool) -> impl Iterator<Item = DriveAddress> {
    let most = if wide { 16_384 } else { 8 };
    // The controller itself has number 7.
    (0..most)
        .filter(|unit| *unit != 7)
        .map(move |unit| DriveAddress {
            controller,
            bus: 0,
            target: 0,
            unit,
        })
}

/// Whether a controller addresses units by target and LUN; one that is still to be made does not.
pub(super) fn is_wide(controllers: &[Controller], index: u32) -> bool {
    let found = controllers
        .iter()
        .find(|c| c.kind == ControllerKind::Scsi && c.index == Some(index));
    found
        .and_then(|controller| controller.model.as_deref())
        .is_some_and(|model| model != "lsilogic" && model != "auto")
}
