//! Keyboards, mice and tablets.

use documents::domain::{Domain, Input, InputBus, InputKind};

use crate::domain::machine::Family;

/// Gives each input its bus, and a PC its PS/2 mouse and keyboard.
pub(super) fn complete(domain: &mut Domain) {
    let has_ps2 = Family::of_domain(domain).has_ps2() && !ps2_is_off(domain);
    let inputs = &mut domain.devices.inputs;
    for input in inputs.iter_mut() {
        let bus = match input.kind {
            InputKind::Tablet => InputBus::Usb,
            InputKind::Mouse | InputKind::Keyboard if has_ps2 => InputBus::Ps2,
            InputKind::Mouse | InputKind::Keyboard => InputBus::Usb,
            InputKind::Passthrough => InputBus::Virtio,
            // Events of the host's device go to QEMU itself: there is no bus, and none is written.
            InputKind::Evdev => continue,
        };
        input.bus.get_or_insert(bus);
    }
    if has_ps2 {
        for kind in [InputKind::Mouse, InputKind::Keyboard] {
            add_missing(inputs, kind, InputBus::Ps2);
        }
    }
}

fn ps2_is_off(domain: &Domain) -> bool {
    let ps2 = domain.features.as_ref().and_then(|features| features.ps2);
    ps2.is_some_and(|switch| !switch.is_on())
}

fn add_missing(inputs: &mut Vec<Input>, kind: InputKind, bus: InputBus) {
    if !inputs
        .iter()
        .any(|input| input.kind == kind && input.bus == Some(bus))
    {
        inputs.push(Input {
            kind,
            bus: Some(bus),
            ..Input::default()
        });
    }
}
