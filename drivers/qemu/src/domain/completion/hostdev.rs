//! Devices of the host.

use documents::domain::{
    Address, Controller, ControllerKind, Devices, DriveAddress, HostCardAddress, HostDev,
    HostDevMode, HostDevSource, Interface, InterfaceSource, PciAddress, ScsiProtocol,
};

use super::disk_source::with_unit;
use crate::domain::Host;

/// Fills in what a device of the host leaves out.
pub(super) fn complete(devices: &mut Devices) {
    for device in &mut devices.hostdevs {
        if device.mode.unwrap_or_default() == HostDevMode::Subsystem {
            device.mode.get_or_insert_default();
            device.managed.get_or_insert(false);
        }
        if !is_scsi(device) {
            (device.readonly, device.shareable) = (false, false);
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
                if source.protocol == Some(ScsiProtocol::Iscsi)
                    && let Some(name) = &mut source.name
                {
                    with_unit(name);
                }
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
            Some(HostCardAddress::Pci(address)) => Some(address),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a device of the host sits on a SCSI controller.
pub(crate) fn is_scsi(device: &HostDev) -> bool {
    matches!(device.source, HostDevSource::Scsi(_))
}

/// The places that SCSI devices of the host have on the guest's controllers.
pub(crate) fn scsi_places(devices: &[HostDev]) -> Vec<DriveAddress> {
    let units = devices.iter().filter(|device| is_scsi(device));
    units
        .filter_map(|device| match device.info.address {
            Some(Address::Drive(place)) => Some(place),
            _ => None,
        })
        .collect()
}

/// Gives each SCSI unit of the host a place that no other has.
pub(super) fn place(devices: &mut Devices) {
    let at = |info: &documents::domain::DeviceInfo| match info.address {
        Some(Address::Drive(place)) => Some(place),
        _ => None,
    };
    let disks = devices
        .disks
        .iter()
        .filter(|disk| disk.target.bus == Some(documents::domain::DiskBus::Scsi));
    let mut taken: Vec<DriveAddress> = disks.filter_map(|disk| at(&disk.info)).collect();
    taken.extend(scsi_places(&devices.hostdevs));
    for index in 0..devices.hostdevs.len() {
        let controllers = &devices.controllers;
        let Some(device) = devices.hostdevs.get_mut(index) else {
            break;
        };
        if !is_scsi(device) || device.info.address.is_some() {
            continue;
        }
        let free = (0..=u32::MAX)
            .flat_map(|controller| units(controller, last_unit(controllers, controller)))
            .find(|place| !taken.contains(place));
        taken.extend(free);
        device.info.address = free.map(Address::Drive);
    }
}

fn units(controller: u32, last: u32) -> impl Iterator<Item = DriveAddress> {
    (0..=last).map(move |unit| DriveAddress {
        controller,
        bus: 0,
        target: 0,
        unit,
    })
}

/// The last unit that libvirt gives out by itself: on a narrow bus the controller itself is number 7, and it counts
/// wide ones no further. The oldest of LSI's serial ones has two.
fn last_unit(controllers: &[Controller], index: u32) -> u32 {
    let found = controllers
        .iter()
        .find(|c| c.kind == ControllerKind::Scsi && c.index == Some(index));
    match found.and_then(|controller| controller.model.as_deref()) {
        Some("lsisas1068") => 1,
        _ => 6,
    }
}
