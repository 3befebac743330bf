//! `<serial>`, `<parallel>`, `<console>`, `<channel>`: the back-end and the port in front of it.

mod backend;

use documents::domain::{
    Channel, ChannelTarget, Console, ConsoleTargetKind, Parallel, Serial, SerialTargetKind,
};
use serde::Serialize;

use self::backend::behind;
use super::part::Part;
use super::seat::{Guest, Seat, alias};
use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::{CharacterError, DomainError};

pub(crate) use self::backend::chardev;
pub(super) use self::backend::reconnect;

/// A port that the guest sees.
#[derive(Debug, Default, Serialize)]
struct Device {
    driver: &'static str,
    #[serde(flatten)]
    seat: Seat,
    chardev: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
}

/// The network that carries a forwarded port of the guest.
#[derive(Debug, Serialize)]
struct Forward {
    #[serde(rename = "type")]
    kind: &'static str,
    guestfwd: [ForwardRule; 1],
    id: String,
}

#[derive(Debug, Serialize)]
struct ForwardRule {
    str: String,
}

/// Everything that QEMU creates for a serial port.
pub(crate) fn serial(
    serial: &Serial,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&serial.info);
    let target = serial.target.clone().unwrap_or_default();
    if target.kind == Some(SerialTargetKind::SystemSerial) {
        if target.model.is_none() {
            return Err(CharacterError::NoSerialModel.into());
        }
        // The board has the port: only what is behind it is said.
        let mut parts = behind(&id, "serial", &serial.backend, capabilities)?;
        parts.push(Part::option("serial", format!("chardev:char{id}")));
        return Ok(parts);
    }
    let driver = match target.kind.unwrap_or_default() {
        SerialTargetKind::IsaSerial => "isa-serial",
        SerialTargetKind::UsbSerial => "usb-serial",
        SerialTargetKind::PciSerial => "pci-serial",
        SerialTargetKind::IsaDebug => "isa-debugcon",
        kind => {
            return Err(CharacterError::Target {
                device: "serial",
                target: word(kind),
            }
            .into());
        }
    };
    let mut parts = behind(&id, "serial", &serial.backend, capabilities)?;
    let index = target.port.filter(|_| driver == "isa-serial");
    let device = Device {
        seat: guest.seat(&serial.info),
        index,
        ..front(driver, id)
    };
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// Everything that QEMU creates for a parallel port.
pub(crate) fn parallel(
    parallel: &Parallel,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&parallel.info);
    let mut parts = behind(&id, "parallel", &parallel.backend, capabilities)?;
    let device = Device {
        seat: guest.seat(&parallel.info),
        ..front("isa-parallel", id)
    };
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// Everything that QEMU creates for a console; nothing for one that is a serial port.
pub(crate) fn console(
    console: &Console,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let kind = console
        .target
        .as_ref()
        .and_then(|target| target.kind)
        .unwrap_or_default();
    match kind {
        ConsoleTargetKind::Serial => return Ok(Vec::new()),
        ConsoleTargetKind::Virtio => {}
        kind => {
            return Err(CharacterError::Target {
                device: "console",
                target: word(kind),
            }
            .into());
        }
    }
    let id = alias(&console.info);
    let mut parts = behind(&id, "console", &console.backend, capabilities)?;
    let device = Device {
        seat: guest.seat(&console.info),
        ..front("virtconsole", id)
    };
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// Everything that QEMU creates for a channel.
pub(crate) fn channel(
    channel: &Channel,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&channel.info);
    let mut parts = behind(&id, "channel", &channel.backend, capabilities)?;
    let second = match &channel.target {
        ChannelTarget::Virtio(port) => {
            let name = port.name.clone();
            Part::device(&Device {
                seat: guest.seat(&channel.info),
                name,
                ..front("virtserialport", id)
            })?
        }
        ChannelTarget::Guestfwd(target) => {
            let address = target.address.as_deref().unwrap_or_default();
            let rule = format!(
                "tcp:{address}:{}-chardev:char{id}",
                target.port.unwrap_or_default()
            );
            Part::netdev(&Forward {
                kind: "user",
                guestfwd: [ForwardRule { str: rule }],
                id,
            })?
        }
        ChannelTarget::Xen(_) => {
            return Err(CharacterError::Target {
                device: "channel",
                target: "xen",
            }
            .into());
        }
    };
    parts.push(second);
    Ok(parts)
}

fn front(driver: &'static str, id: String) -> Device {
    Device {
        driver,
        chardev: format!("char{id}"),
        id,
        ..Device::default()
    }
}
