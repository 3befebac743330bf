//! `<hub>`: a hub is of a bus that there is.

use documents::domain::{ControllerKind, Domain, RedirBus};

use crate::domain::error::ControllerError;

pub(super) fn check(domain: &Domain) -> Result<(), ControllerError> {
    let devices = &domain.devices;
    let mut controllers = devices.controllers.iter();
    let disabled =
        controllers.any(|it| it.kind == ControllerKind::Usb && it.model.as_deref() == Some("none"));
    match disabled && devices.hubs.iter().any(|hub| hub.kind == RedirBus::Usb) {
        true => Err(ControllerError::HubWithoutUsb),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn a_hub_is_of_a_bus_that_is_on() {
        let devices = |model: &str| {
            format!("<devices><controller type='usb' {model}/><hub type='usb'/></devices>")
        };
        check(&devices("model='piix3-uhci'"), None);
        let refused = Some((Code::ConfigUnsupported, Origin::Domain));
        check(&devices("model='none'"), refused);
    }
}
