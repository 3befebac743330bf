//! `<input>`: which device of the host is passed on.

use documents::domain::{Domain, InputKind};

use crate::domain::error::InputError;

pub(super) fn check(domain: &Domain) -> Result<(), InputError> {
    for input in &domain.devices.inputs {
        let Some(source) = &input.source else {
            continue;
        };
        let named = match input.kind {
            InputKind::Passthrough => source.evdev.is_some(),
            InputKind::Evdev => source.dev.is_some(),
            _ => true,
        };
        if !named {
            return Err(InputError::NoPath);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn a_device_that_is_passed_on_is_named() {
        let input = |kind: &str, source: &str, expected| {
            check(
                &format!("<devices><input type='{kind}'>{source}</input></devices>"),
                expected,
            );
        };
        let missing = Some((Code::XmlError, Origin::Domain));
        input("evdev", "<source dev='/dev/input/event0'/>", None);
        input("evdev", "<source/>", missing);
        input("passthrough", "<source evdev='/dev/input/event0'/>", None);
        input("passthrough", "<source dev='/dev/input/event0'/>", missing);
        input("mouse", "", None);
    }
}
