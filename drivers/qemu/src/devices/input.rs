//! `<input>`: keyboards, mice, tablets.

use documents::domain::{GrabToggle, Input, InputBus, InputGrab, InputKind};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, Virtio, alias};
use crate::domain::completion::os::word;
use crate::domain::{DeviceError, DomainError};

/// An input device that the guest sees.
#[derive(Debug, Serialize)]
struct Device {
    driver: String,
    #[serde(flatten)]
    virtio: Virtio,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    evdev: Option<String>,
    #[serde(flatten)]
    seat: Seat,
}

/// An input device of the host whose events go to the guest.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct HostEvents {
    qom_type: &'static str,
    id: String,
    evdev: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat: Option<bool>,
    #[serde(rename = "grab_all", skip_serializing_if = "Option::is_none")]
    grab_all: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grab_toggle: Option<&'static str>,
}

/// Everything that QEMU creates for an input device; nothing for those of the PS/2 controller.
pub(crate) fn parts(input: &Input, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    if input.kind == InputKind::Evdev {
        return Ok(vec![Part::object(&host_events(input)?)?]);
    }
    let bus = input.bus.unwrap_or_default();
    let source = input.source.clone().unwrap_or_default();
    let driver = match (bus, input.kind) {
        (InputBus::Ps2, _) => return Ok(Vec::new()),
        (InputBus::Usb, InputKind::Mouse) => "usb-mouse",
        (InputBus::Usb, InputKind::Tablet) => "usb-tablet",
        (InputBus::Usb, InputKind::Keyboard) => "usb-kbd",
        (InputBus::Virtio, InputKind::Mouse) => "mouse",
        (InputBus::Virtio, InputKind::Tablet) => "tablet",
        (InputBus::Virtio, InputKind::Keyboard) => "keyboard",
        (InputBus::Virtio, InputKind::Passthrough) => "input-host",
        _ => {
            let (kind, bus) = (word(input.kind), word(bus));
            return Err(DeviceError::BusForKind {
                device: "input",
                kind,
                bus,
            }
            .into());
        }
    };
    let driver = if bus == InputBus::Virtio {
        guest.virtio_driver(driver, &input.info, input.model.unwrap_or_default().into())
    } else {
        driver.to_owned()
    };
    Ok(vec![Part::device(&Device {
        driver,
        virtio: Virtio::optional(input.driver.as_ref()),
        id: alias(&input.info),
        evdev: source
            .evdev
            .filter(|_| input.kind == InputKind::Passthrough),
        seat: guest.seat(&input.info),
    })?])
}

fn host_events(input: &Input) -> Result<HostEvents, DeviceError> {
    let source = input.source.clone().unwrap_or_default();
    let missing = DeviceError::Missing {
        device: "input of type evdev",
        what: "a <source dev=…/>",
    };
    Ok(HostEvents {
        qom_type: "input-linux",
        id: alias(&input.info),
        evdev: source.dev.ok_or(missing)?,
        repeat: source.repeat,
        grab_all: source.grab.map(|InputGrab::All| true),
        grab_toggle: source.grab_toggle.map(|toggle| match toggle {
            GrabToggle::CtrlCtrl => "ctrl-ctrl",
            GrabToggle::AltAlt => "alt-alt",
            GrabToggle::ShiftShift => "shift-shift",
            GrabToggle::MetaMeta => "meta-meta",
            GrabToggle::Scrolllock => "scrolllock",
            GrabToggle::CtrlScrolllock => "ctrl-scrolllock",
        }),
    })
}
