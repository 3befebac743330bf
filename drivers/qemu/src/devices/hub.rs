//! `<hub>` and `<panic>`: devices with few properties of their own.

use documents::domain::{Address, Hub, Panic, PanicModel};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, alias};
use crate::domain::completion::os::word;
use crate::domain::{DeviceError, DomainError};

/// A hub that the guest sees.
#[derive(Debug, Serialize)]
struct Device {
    driver: &'static str,
    id: String,
    #[serde(flatten)]
    seat: Seat,
}

/// The device by which a guest says that it has crashed.
#[derive(Debug, Serialize)]
struct PanicDevice {
    driver: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ioport: Option<u32>,
    #[serde(flatten)]
    seat: Seat,
}

/// Everything that QEMU creates for a hub.
pub(crate) fn parts(hub: &Hub, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    Ok(vec![Part::device(&Device {
        driver: "usb-hub",
        id: alias(&hub.info),
        seat: guest.seat(&hub.info),
    })?])
}

/// Everything that QEMU creates for a panic device; nothing for one that is a feature of the CPU.
pub(crate) fn panic(panic: &Panic, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    match panic.model.unwrap_or(PanicModel::Isa) {
        PanicModel::Isa => {
            let ioport = match &panic.info.address {
                Some(Address::Isa(isa)) => isa.iobase,
                _ => None,
            };
            Ok(vec![Part::device(&PanicDevice {
                driver: "pvpanic",
                ioport,
                seat: Seat::default(),
            })?])
        }
        PanicModel::Pvpanic => Ok(vec![Part::device(&PanicDevice {
            driver: "pvpanic-pci",
            ioport: None,
            seat: guest.seat(&panic.info),
        })?]),
        PanicModel::Hyperv => Ok(Vec::new()),
        model => Err(DeviceError::Model {
            device: "panic",
            model: word(model).to_owned(),
        }
        .into()),
    }
}
