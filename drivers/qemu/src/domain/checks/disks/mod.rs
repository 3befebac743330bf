//! Disks: names, buses and addresses against one another, and each by itself.

use documents::domain::{Address, Disk, DiskBus, DiskDevice, Domain};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::completion::{source_is_empty, source_path};
use crate::domain::error::{DiskError, DiskRule};

mod driver;
mod frontend;
mod limits;
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
        check_address(disk)?;
        driver::check(disk, domain)?;
        frontend::check(disk)?;
        limits::check(disk, domain)?;
    }
    Ok(())
}

/// The rule, broken by the disk.
fn broken(rule: DiskRule, disk: &Disk) -> DiskError {
    DiskError::Rule {
        rule,
        target: disk.target.dev.clone().unwrap_or_default(),
    }
}

/// The first rule of those whose condition holds.
fn first<const N: usize>(disk: &Disk, rules: [(bool, DiskRule); N]) -> Result<(), DiskError> {
    match rules.into_iter().find(|(is_broken, _)| *is_broken) {
        Some((_, rule)) => Err(broken(rule, disk)),
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
        Some(DiskDevice::Lun) => Err(broken(DiskRule::LunSource, disk)),
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
        return Err(broken(DiskRule::FloppyBus, disk));
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

fn check_address(disk: &Disk) -> Result<(), DiskError> {
    let Some(bus) = disk.target.bus else {
        return Ok(());
    };
    let name = word(bus);
    match (&disk.info.address, bus) {
        (Some(Address::Drive(place)), DiskBus::Ide) => {
            if place.controller != 0 {
                return Err(DiskError::ControllerCount { bus: name });
            }
            if place.target != 0 {
                return Err(DiskError::AddressTarget { bus: name });
            }
        }
        (Some(Address::Drive(place)), DiskBus::Sata | DiskBus::Fdc) => {
            if place.bus != 0 {
                return Err(DiskError::AddressBus { bus: name });
            }
            if place.target != 0 {
                return Err(DiskError::AddressTarget { bus: name });
            }
        }
        (Some(Address::Drive(_)), DiskBus::Scsi) => {}
        (_, DiskBus::Ide | DiskBus::Sata | DiskBus::Fdc | DiskBus::Scsi) => {
            return Err(DiskError::AddressType { bus: name });
        }
        (None | Some(Address::Pci(_) | Address::Ccw(_) | Address::VirtioMmio), DiskBus::Virtio)
        | (None | Some(Address::Usb(_)), DiskBus::Usb) => {}
        (Some(_), DiskBus::Virtio) => return Err(broken(DiskRule::VirtioAddress, disk)),
        (Some(_), DiskBus::Usb) => return Err(broken(DiskRule::UsbAddress, disk)),
        _ => {}
    }
    Ok(())
}
