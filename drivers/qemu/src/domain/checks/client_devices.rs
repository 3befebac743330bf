//! USB devices of a client, the rules for them, and smart cards.

use documents::domain::{Address, DeviceInfo, Devices, RedirRule, SmartCard, SmartCardSource};

use crate::capabilities::Capabilities;
use crate::domain::completion::redirdev::{number, version};
use crate::domain::error::ClientDeviceError;

/// The certificates that make a card.
const CERTIFICATES: usize = 3;

pub(super) fn check(
    devices: &Devices,
    capabilities: &Capabilities,
) -> Result<(), ClientDeviceError> {
    let rules = devices.redirfilter.iter().flat_map(|filter| &filter.rules);
    rules.into_iter().try_for_each(check_rule)?;
    for card in &devices.smartcards {
        check_card(card, capabilities)?;
    }
    if devices.smartcards.len() > 1 {
        return Err(ClientDeviceError::SecondCard);
    }
    let elsewhere = |info: &DeviceInfo| !matches!(info.address, None | Some(Address::Usb(_)));
    if devices.redirdevs.iter().any(|it| elsewhere(&it.info)) {
        return Err(ClientDeviceError::RedirAddress);
    }
    Ok(())
}

fn check_rule(rule: &RedirRule) -> Result<(), ClientDeviceError> {
    // libvirt holds only the class to its size.
    let numbers = [
        ("Class code", &rule.class, Some(0xff)),
        ("vendor ID", &rule.vendor, None),
        ("product ID", &rule.product, None),
    ];
    for (what, text, most) in numbers {
        let Some(text) = text else { continue };
        let value = text.clone();
        let Some(number) = number(text) else {
            return Err(ClientDeviceError::FilterValue { what, value });
        };
        if most.is_some_and(|most| !(0..=most).contains(&number)) {
            return Err(ClientDeviceError::FilterNumber { what, value });
        }
    }
    match &rule.version {
        Some(text) if version(text).is_none() => Err(ClientDeviceError::FilterVersion {
            version: text.clone(),
        }),
        _ => Ok(()),
    }
}

fn check_card(card: &SmartCard, capabilities: &Capabilities) -> Result<(), ClientDeviceError> {
    let device = match &card.source {
        SmartCardSource::HostCertificates(source) => {
            if source.certificates.len() != CERTIFICATES {
                return Err(ClientDeviceError::Certificates);
            }
            if let Some(path) = source.database.as_deref().filter(|it| !it.starts_with('/')) {
                return Err(ClientDeviceError::Database {
                    path: path.to_owned(),
                });
            }
            "ccid-card-emulated"
        }
        SmartCardSource::Host => "ccid-card-emulated",
        SmartCardSource::Passthrough(_) => "ccid-card-passthru",
    };
    match card.info.address {
        None => {}
        Some(Address::Ccid(place)) if place.controller == 0 && place.slot == 0 => {}
        Some(Address::Ccid(_)) => return Err(ClientDeviceError::SecondCard),
        Some(_) => return Err(ClientDeviceError::CardAddress),
    }
    if capabilities.has_device(device) {
        Ok(())
    } else {
        let mode = match card.source {
            SmartCardSource::Passthrough(_) => "passthrough",
            _ => "host",
        };
        Err(ClientDeviceError::CardMode { mode })
    }
}
