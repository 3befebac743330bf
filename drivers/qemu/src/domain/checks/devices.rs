//! What devices of all families share: controllers, aliases, boot order.

use std::collections::HashSet;

use documents::domain::{
    Address, AudioBackend, DeviceInfo, Domain, Graphics, MemBalloonModel, Rom, SoundModel,
};

use crate::capabilities::Capabilities;
use crate::domain::addresses::infos;
use crate::domain::completion::os::word;
use crate::domain::error::{DeviceError, DomainError};
use crate::domain::machine::Family;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), DomainError> {
    check_boot_order(domain)?;
    check_roms(domain)?;
    check_acpi_indexes(domain)?;
    check_aliases(domain)?;
    check_addresses(domain)?;
    check_models(domain, capabilities)?;
    check_platform(domain)?;
    Ok(())
}

fn check_boot_order(domain: &Domain) -> Result<(), DeviceError> {
    let mut orders = Vec::new();
    for (_, info) in infos(&domain.devices) {
        let Some(boot) = &info.boot else { continue };
        let parameter = boot.loadparm.as_ref();
        if let Some(value) = parameter.filter(|value| !is_load_parameter(value)) {
            let value = value.clone();
            return Err(DeviceError::LoadParameter { value });
        }
        if orders.contains(&boot.order) {
            return Err(DeviceError::DuplicateBootOrder { order: boot.order });
        }
        orders.push(boot.order);
    }
    if !orders.is_empty() && !domain.os.boot.is_empty() {
        return Err(DeviceError::TwoBootOrders);
    }
    Ok(())
}

/// Only what is on PCI has a ROM, and of one that the guest does not have there is nothing to say.
fn check_roms(domain: &Domain) -> Result<(), DeviceError> {
    let elsewhere = |info: &DeviceInfo| {
        let address = info.address.as_ref();
        !matches!(address, None | Some(Address::Pci(_) | Address::Unassigned))
    };
    let mut infos = infos(&domain.devices).into_iter();
    let found = infos.find(|(element, info)| {
        matches!(*element, "interface" | "hostdev") && info.rom.is_some() && elsewhere(info)
    });
    if let Some((device, _)) = found {
        return Err(DeviceError::Rom { device });
    }
    let tuned = |rom: &Rom| rom.enabled == Some(false) && (rom.bar.is_some() || rom.file.is_some());
    let infos = self::infos(&domain.devices);
    match infos
        .into_iter()
        .find(|(_, info)| info.rom.as_ref().is_some_and(tuned))
    {
        Some((device, _)) => Err(DeviceError::RomOff { device }),
        None => Ok(()),
    }
}

/// The firmware's tables give numbers to what is on PCI alone; of what is nowhere nobody asks.
fn check_acpi_indexes(domain: &Domain) -> Result<(), DeviceError> {
    if Family::of_domain(domain) == Family::Foreign {
        return Ok(());
    }
    let misplaced = |info: &DeviceInfo| {
        info.acpi_index.is_some() && !matches!(info.address, None | Some(Address::Pci(_)))
    };
    let mut infos = infos(&domain.devices).into_iter();
    match infos.find(|(_, info)| misplaced(info)) {
        Some((device, _)) => Err(DeviceError::AcpiIndex { device }),
        None => Ok(()),
    }
}

/// Whether an s390 firmware takes it ("formatdomain: loadparm").
fn is_load_parameter(value: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b' ';
    (1..=8).contains(&value.len()) && value.bytes().all(known)
}

fn check_aliases(domain: &Domain) -> Result<(), DeviceError> {
    let mut seen: HashSet<&str> = HashSet::new();
    for (element, info) in infos(&domain.devices) {
        // The first console shows the alias of the serial port that it stands for.
        let alias = info.alias.as_ref().filter(|_| element != "console");
        if let Some(alias) = alias.filter(|alias| !seen.insert(alias)) {
            let alias = alias.clone();
            return Err(DeviceError::DuplicateAlias { alias });
        }
    }
    Ok(())
}

/// Only a device that the host hands over can be kept from the guest.
pub(super) fn check_unassigned(domain: &Domain) -> Result<(), DeviceError> {
    let mut infos = infos(&domain.devices).into_iter();
    match infos
        .any(|(element, info)| element != "hostdev" && info.address == Some(Address::Unassigned))
    {
        true => Err(DeviceError::Unassigned),
        false => Ok(()),
    }
}

/// Addresses of other architectures.
fn check_addresses(domain: &Domain) -> Result<(), DeviceError> {
    if Family::of_domain(domain) == Family::Foreign {
        return Ok(());
    }
    let machine = domain.os.kind.as_ref().and_then(|os| os.machine.clone());
    for (_, info) in infos(&domain.devices) {
        match info.address {
            Some(Address::Ccw(_) | Address::VirtioS390) => {
                return Err(DeviceError::Ccw {
                    machine: machine.unwrap_or_default(),
                });
            }
            Some(Address::Pci(pci)) if pci.zpci.is_some() => return Err(DeviceError::Zpci),
            _ => {}
        }
    }
    Ok(())
}

fn check_platform(domain: &Domain) -> Result<(), DeviceError> {
    let devices = &domain.devices;
    let spice = devices
        .graphics
        .iter()
        .any(|graphics| matches!(graphics, Graphics::Spice(_)));
    if !spice
        && devices
            .audios
            .iter()
            .any(|audio| audio.backend == AudioBackend::Spice)
    {
        return Err(DeviceError::SpiceAudio);
    }
    Ok(())
}

fn check_models(domain: &Domain, capabilities: &Capabilities) -> Result<(), DeviceError> {
    let missing = |device, model: &str| {
        Err(DeviceError::Model {
            device,
            model: model.to_owned(),
        })
    };
    if let Some(balloon) = &domain.devices.memballoon
        && balloon.model == MemBalloonModel::Xen
    {
        let (device, model) = ("memballoon", word(balloon.model));
        return Err(match balloon.info.address {
            None => DeviceError::Nowhere { device, model },
            Some(_) => DeviceError::Balloon { model },
        });
    }
    if let Some(sound) = domain
        .devices
        .sounds
        .iter()
        .find(|sound| sound.model == SoundModel::Ich7)
    {
        let (device, model) = ("sound", word(sound.model));
        return Err(match sound.info.address {
            None => DeviceError::Nowhere { device, model },
            Some(_) => DeviceError::Sound { model },
        });
    }
    if !domain.devices.rngs.is_empty()
        && !capabilities.has_device("virtio-rng-pci")
        && !capabilities.has_device("virtio-rng-device")
    {
        return missing("rng", "virtio");
    }
    Ok(())
}
