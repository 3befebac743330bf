//! Disks: names, buses and addresses against one another, and each by itself.

use documents::domain::{Address, Controller, Disk, DiskBus, DiskDevice, Domain, DriveAddress};

use crate::capabilities::Capabilities;
use crate::domain::addresses::drive::{self, ScsiFault};
use crate::domain::completion::os::word;
use crate::domain::completion::{source_is_empty, source_path};
use crate::domain::disk_name;
use crate::domain::error::{DiskError, DiskRule};

mod driver;
mod encryption;
mod frontend;
mod image;
mod limits;
mod network;
mod outside;
mod source;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), DiskError> {
    limits::check_groups(domain)?;
    let disks = &domain.devices.disks;
    for (at, disk) in disks.iter().enumerate() {
        let target = disk.target.dev.as_deref().unwrap_or_default();
        let same = disks
            .iter()
            .take(at)
            .find(|other| other.target.dev.as_deref() == Some(target));
        if let Some(other) = same {
            return Err(DiskError::DuplicateTarget {
                target: target.to_owned(),
                first: source_path(&other.source).unwrap_or_default().to_owned(),
                second: source_path(&disk.source).unwrap_or_default().to_owned(),
            });
        }
        check_there(disk, target)?;
        source::check(disk, domain, capabilities)?;
        check_bus(disk, target)?;
        check_address(disk, &domain.devices.controllers)?;
        driver::check(disk, domain)?;
        frontend::check(disk)?;
        limits::check(disk, domain)?;
        if disk_name::has_partition(target) {
            return Err(DiskError::of(DiskRule::Partition, disk));
        }
    }
    check_places(disks)
}

/// No two disks are at the same place of a bus.
fn check_places(disks: &[Disk]) -> Result<(), DiskError> {
    for (at, disk) in disks.iter().enumerate() {
        let Some(place) = drive::of(disk) else {
            continue;
        };
        let same =
            |other: &Disk| other.target.bus == disk.target.bus && drive::of(other) == Some(place);
        if disks.iter().skip(at + 1).any(same) {
            return Err(DiskError::PlaceTaken {
                target: disk.target.dev.clone().unwrap_or_default(),
                place,
            });
        }
    }
    Ok(())
}

/// The first rule of those whose condition holds.
fn first<const N: usize>(disk: &Disk, rules: [(bool, DiskRule); N]) -> Result<(), DiskError> {
    match rules.into_iter().find(|(is_broken, _)| *is_broken) {
        Some((_, rule)) => Err(DiskError::of(rule, disk)),
        None => Ok(()),
    }
}

/// Only what takes media can be empty.
fn check_there(disk: &Disk, target: &str) -> Result<(), DiskError> {
    if !source_is_empty(&disk.source) {
        return Ok(());
    }
    match disk.device {
        Some(DiskDevice::Cdrom | DiskDevice::Floppy) => Ok(()),
        Some(DiskDevice::Lun) => Err(DiskError::of(DiskRule::LunSource, disk)),
        _ => Err(DiskError::NoSource {
            target: target.to_owned(),
        }),
    }
}

fn check_bus(disk: &Disk, target: &str) -> Result<(), DiskError> {
    let (Some(bus), Some(device)) = (disk.target.bus, disk.device) else {
        return Ok(());
    };
    if (device == DiskDevice::Floppy) != (bus == DiskBus::Fdc) {
        return Err(DiskError::of(DiskRule::FloppyBus, disk));
    }
    if device == DiskDevice::Cdrom && matches!(bus, DiskBus::Virtio | DiskBus::Sd) {
        return Err(DiskError::BusForDevice {
            bus: word(bus),
            device: word(device),
            target: target.to_owned(),
        });
    }
    if disk.readonly && device == DiskDevice::Disk && matches!(bus, DiskBus::Ide | DiskBus::Sata) {
        return Err(DiskError::ReadOnly { bus: word(bus) });
    }
    Ok(())
}

/// What a controller that is always the only one, or has one bus, can have.
fn check_place(place: DriveAddress, bus: DiskBus) -> Result<(), DiskError> {
    let name = word(bus);
    let alone = matches!(bus, DiskBus::Ide | DiskBus::Fdc);
    if alone && place.controller != 0 {
        return Err(DiskError::ControllerCount { bus: name });
    }
    match bus {
        DiskBus::Fdc if place.bus != 0 => return Err(DiskError::BusCount { bus: name }),
        DiskBus::Sata if place.bus != 0 => return Err(DiskError::AddressBus { bus: name }),
        _ => {}
    }
    match place.target {
        0 => Ok(()),
        _ => Err(DiskError::AddressTarget { bus: name }),
    }
}

fn check_address(disk: &Disk, controllers: &[Controller]) -> Result<(), DiskError> {
    let Some(bus) = disk.target.bus else {
        return Ok(());
    };
    let name = word(bus);
    match (&disk.info.address, bus) {
        (Some(Address::Drive(place)), DiskBus::Ide | DiskBus::Sata | DiskBus::Fdc) => {
            check_place(*place, bus)?;
        }
        (Some(Address::Drive(place)), DiskBus::Scsi) => {
            match drive::scsi_fault(place, controllers) {
                Some(ScsiFault::Bus) => return Err(DiskError::BusCount { bus: name }),
                Some(ScsiFault::Target) => {
                    return Err(DiskError::AddressTarget { bus: "lsilogic" });
                }
                None => {}
            }
        }
        (_, DiskBus::Ide | DiskBus::Sata | DiskBus::Fdc | DiskBus::Scsi) => {
            return Err(DiskError::AddressType { bus: name });
        }
        (None | Some(Address::Pci(_) | Address::Ccw(_) | Address::VirtioMmio), DiskBus::Virtio)
        | (None | Some(Address::Usb(_)), DiskBus::Usb) => {}
        (Some(_), DiskBus::Virtio) => return Err(DiskError::of(DiskRule::VirtioAddress, disk)),
        (Some(_), DiskBus::Usb) => return Err(DiskError::of(DiskRule::UsbAddress, disk)),
        _ => {}
    }
    Ok(())
}
