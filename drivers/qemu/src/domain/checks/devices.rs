//! What devices of all families share: controllers, aliases, boot order.

use documents::domain::{
    AudioBackend, Channel, CharacterSource, ControllerKind, DeviceInfo, Domain, FilesystemSource,
    Graphics, IommuModel, MemBalloonModel,
};

use crate::capabilities::Capabilities;
use crate::domain::addresses::for_each_info;
use crate::domain::completion::os::word;
use crate::domain::error::{CharacterError, ControllerError, DeviceError, DomainError};
use crate::domain::machine::Family;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), DomainError> {
    check_controllers(domain)?;
    check_boot_order(domain)?;
    check_aliases(domain)?;
    check_channels(domain)?;
    check_models(domain, capabilities)?;
    check_platform(domain)?;
    Ok(())
}

fn check_controllers(domain: &Domain) -> Result<(), ControllerError> {
    let controllers = &domain.devices.controllers;
    for (at, controller) in controllers.iter().enumerate() {
        // The parts of a USB 2 controller share a number.
        if controller.kind == ControllerKind::Usb {
            continue;
        }
        let same = |other: &&documents::domain::Controller| {
            other.kind == controller.kind && other.index == controller.index
        };
        if controllers.iter().take(at).any(|other| same(&other)) {
            let index = controller.index.unwrap_or_default();
            return Err(ControllerError::Duplicate {
                kind: word(controller.kind),
                index,
            });
        }
    }
    Ok(())
}

/// All devices' common parts, collected.
fn infos(domain: &Domain) -> Vec<(&'static str, DeviceInfo)> {
    let mut devices = domain.devices.clone();
    let mut infos = Vec::new();
    for_each_info(&mut devices, |element, info| {
        infos.push((element, info.clone()));
    });
    infos
}

fn check_boot_order(domain: &Domain) -> Result<(), DeviceError> {
    let mut orders = Vec::new();
    for (_, info) in infos(domain) {
        let Some(boot) = info.boot else { continue };
        if boot.order == 0 {
            return Err(DeviceError::BootOrderZero);
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

fn check_aliases(domain: &Domain) -> Result<(), DeviceError> {
    let mut seen: Vec<String> = Vec::new();
    for (element, info) in infos(domain) {
        // The first console shows the alias of the serial port that it stands for.
        let Some(alias) = info.alias.filter(|_| element != "console") else {
            continue;
        };
        if seen.contains(&alias) {
            return Err(DeviceError::DuplicateAlias { alias });
        }
        seen.push(alias);
    }
    Ok(())
}

fn check_channels(domain: &Domain) -> Result<(), CharacterError> {
    let spice = domain
        .devices
        .graphics
        .iter()
        .any(|graphics| matches!(graphics, Graphics::Spice(_)));
    let needs = |channel: &Channel| match channel.backend.source {
        CharacterSource::Spicevmc => Some("spicevmc"),
        CharacterSource::Spiceport(_) => Some("spiceport"),
        _ => None,
    };
    let redirected = domain
        .devices
        .redirdevs
        .iter()
        .any(|dev| dev.backend.source == CharacterSource::Spicevmc);
    let needed = domain
        .devices
        .channels
        .iter()
        .find_map(needs)
        .or(redirected.then_some("spicevmc"));
    match needed {
        Some(backend) if !spice => Err(CharacterError::NeedsSpice { backend }),
        _ => Ok(()),
    }
}

fn check_platform(domain: &Domain) -> Result<(), DeviceError> {
    let devices = &domain.devices;
    if devices
        .filesystems
        .iter()
        .any(|fs| !matches!(fs.source, FilesystemSource::Mount(_)))
    {
        return Err(DeviceError::FilesystemType);
    }
    if let Some(iommu) = &devices.iommu {
        match iommu.model {
            IommuModel::Intel if Family::of_domain(domain) != Family::Q35 => {
                return Err(DeviceError::IntelIommu);
            }
            IommuModel::Virtio if iommu.driver.is_some() => {
                return Err(DeviceError::VirtioIommuOptions);
            }
            _ => {}
        }
    }
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
        return missing("memballoon", word(balloon.model));
    }
    if !domain.devices.rngs.is_empty()
        && !capabilities.has_device("virtio-rng-pci")
        && !capabilities.has_device("virtio-rng-device")
    {
        return missing("rng", "virtio");
    }
    Ok(())
}
