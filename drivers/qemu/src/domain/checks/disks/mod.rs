//! Disks: names, buses and addresses against one another.

use documents::domain::{Address, Disk, DiskBus, DiskDevice, DiskFormat, DiskSource, Domain};

use crate::domain::completion::os::word;
use crate::domain::completion::source_path;
use crate::domain::error::DiskError;

pub(super) fn check(domain: &Domain) -> Result<(), DiskError> {
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
        check_bus(disk, target)?;
        check_address(disk)?;
        check_thread(disk, target, domain)?;
        check_source(disk)?;
    }
    Ok(())
}

fn check_bus(disk: &Disk, target: &str) -> Result<(), DiskError> {
    let (Some(bus), Some(device)) = (disk.target.bus, disk.device) else {
        return Ok(());
    };
    if matches!(bus, DiskBus::Xen | DiskBus::Uml | DiskBus::Nvme) {
        return Err(DiskError::Bus {
            bus: word(bus),
            target: target.to_owned(),
        });
    }
    let fits = match device {
        DiskDevice::Floppy => bus == DiskBus::Fdc,
        DiskDevice::Cdrom => !matches!(bus, DiskBus::Fdc | DiskBus::Virtio | DiskBus::Sd),
        DiskDevice::Lun => matches!(bus, DiskBus::Scsi | DiskBus::Virtio),
        DiskDevice::Disk => bus != DiskBus::Fdc,
    };
    if !fits {
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
        _ => {}
    }
    Ok(())
}

fn check_source(disk: &Disk) -> Result<(), DiskError> {
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    if matches!(disk.source, DiskSource::Dir(_)) && format != Some(DiskFormat::Fat) {
        return Err(DiskError::DirFormat);
    }
    let shares = disk
        .transient
        .as_ref()
        .and_then(|transient| transient.share_backing)
        == Some(true);
    let bus = disk.target.bus.unwrap_or_default();
    if shares && !matches!(bus, DiskBus::Virtio | DiskBus::Usb | DiskBus::Scsi) {
        return Err(DiskError::ShareBacking { bus: word(bus) });
    }
    Ok(())
}

fn check_thread(disk: &Disk, target: &str, domain: &Domain) -> Result<(), DiskError> {
    let Some(id) = disk.driver.as_ref().and_then(|driver| driver.iothread) else {
        return Ok(());
    };
    let bus = disk.target.bus.unwrap_or_default();
    if bus != DiskBus::Virtio {
        return Err(DiskError::IoThreadBus {
            bus: word(bus),
            target: target.to_owned(),
        });
    }
    let counted = domain
        .iothreads
        .is_some_and(|count| (1..=count).contains(&id));
    if !counted && !domain.iothreadids.iter().any(|thread| thread.id == id) {
        return Err(DiskError::NoIoThread { id });
    }
    Ok(())
}
