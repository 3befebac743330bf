//! Keyboards, mice and tablets: which can be on which bus.

use documents::domain::{Address, Domain, Input, InputBus, InputKind, VirtioModel};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::error::InputError;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), InputError> {
    let features = domain.features.as_deref();
    let off = features
        .and_then(|features| features.ps2)
        .is_some_and(|switch| !switch.is_on());
    for input in &domain.devices.inputs {
        check_bus(input)?;
        if off && input.bus == Some(InputBus::Ps2) {
            return Err(InputError::Ps2Off);
        }
        if input.bus == Some(InputBus::Ps2) && !capabilities.has_device("i8042") {
            return Err(InputError::NoPs2);
        }
    }
    for input in &domain.devices.inputs {
        check_model(input, capabilities)?;
    }
    Ok(())
}

fn check_bus(input: &Input) -> Result<(), InputError> {
    if input.kind == InputKind::Evdev {
        return check_evdev(input);
    }
    let bus = input.bus.unwrap_or_default();
    let refused = || InputError::Bus {
        bus: word(bus),
        kind: word(input.kind),
    };
    match (bus, input.kind) {
        (InputBus::Ps2, InputKind::Mouse | InputKind::Keyboard) | (InputBus::Virtio, _) => {}
        (InputBus::Usb, InputKind::Mouse | InputKind::Keyboard | InputKind::Tablet) => {}
        (InputBus::Ps2, _) => return Err(refused()),
        (_, InputKind::Passthrough) => return Err(InputError::PassthroughBus),
        _ => return Err(InputError::UnsupportedBus { bus: word(bus) }),
    }
    if let Some(model) = input.model.filter(|_| bus != InputBus::Virtio) {
        return Err(InputError::ModelBus { model: word(model) });
    }
    let address = input.info.address.as_ref();
    if bus == InputBus::Usb && !matches!(address, None | Some(Address::Usb(_))) {
        return Err(InputError::UsbAddress);
    }
    Ok(())
}

/// Events of the host's device go to QEMU itself: there is no bus.
fn check_evdev(input: &Input) -> Result<(), InputError> {
    match input.bus {
        None => match input.model {
            Some(model) => Err(InputError::ModelBus { model: word(model) }),
            None => Ok(()),
        },
        Some(InputBus::Ps2) => Err(InputError::Bus {
            bus: word(InputBus::Ps2),
            kind: word(input.kind),
        }),
        Some(_) => Err(InputError::EvdevBus),
    }
}

fn check_model(input: &Input, capabilities: &Capabilities) -> Result<(), InputError> {
    if input.bus != Some(InputBus::Virtio) {
        return Ok(());
    }
    let base = match input.kind {
        InputKind::Mouse => "virtio-mouse-pci",
        InputKind::Tablet => "virtio-tablet-pci",
        InputKind::Keyboard => "virtio-keyboard-pci",
        InputKind::Passthrough => "virtio-input-host-pci",
        InputKind::Evdev => return Ok(()),
    };
    match input.model.unwrap_or_default() {
        VirtioModel::Virtio if capabilities.has_device(base) => Ok(()),
        VirtioModel::Virtio => Err(InputError::Model {
            kind: word(input.kind),
        }),
        VirtioModel::VirtioTransitional | VirtioModel::VirtioNonTransitional => {
            Err(InputError::Transitional {
                kind: word(input.kind),
            })
        }
    }
}
