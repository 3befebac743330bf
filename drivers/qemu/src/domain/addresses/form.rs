//! Whether addresses are written as such: what is wrong wherever the device sits.

use documents::domain::{Address, Devices, PciAddress};

use super::{AddressError, for_each_info};

/// How many hubs and ports a USB device can be behind.
const DEPTH: usize = 4;

/// Holds the addresses that the document names against their form.
///
/// # Errors
/// The first that is none.
pub(crate) fn check(devices: &mut Devices) -> Result<(), AddressError> {
    let mut outcome = Ok(());
    for_each_info(devices, |_, info| {
        if outcome.is_err() {
            return;
        }
        outcome = match &info.address {
            Some(Address::Pci(place)) => check_pci(place),
            Some(Address::Usb(place)) => place.port.as_deref().map_or(Ok(()), check_port),
            _ => Ok(()),
        };
    });
    outcome
}

fn check_pci(place: &PciAddress) -> Result<(), AddressError> {
    let parts = [
        ("bus", place.bus, 0xff),
        ("slot", place.slot, 0x1f),
        ("function", place.function, 7),
    ];
    match parts.into_iter().find(|(_, value, most)| value > most) {
        Some((part, value, most)) => Err(AddressError::PciPart { part, value, most }),
        None => Ok(()),
    }
}

/// Numbers of ports, from the root hub on.
fn check_port(text: &str) -> Result<(), AddressError> {
    let numbers = text.split('.');
    let count = numbers.clone().count();
    match count <= DEPTH && numbers.into_iter().all(|it| it.parse::<u32>().is_ok()) {
        true => Ok(()),
        false => Err(AddressError::UsbPort {
            port: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_of_a_bus_has_a_number_that_fits() {
        let place = |bus, slot, function| {
            check_pci(&PciAddress {
                bus,
                slot,
                function,
                ..PciAddress::default()
            })
        };
        assert!(place(0xff, 0x1f, 7).is_ok());
        let said = place(0x100, 0x20, 0).unwrap_err().to_string();
        assert_eq!(said, "Invalid PCI address bus='0x100', must be <= 0xFF");
        assert!(place(0, 0x20, 0).is_err());
        assert!(place(0, 1, 8).is_err());
    }

    #[test]
    fn a_port_is_at_most_four_numbers() {
        for port in ["1", "1.2.3.4"] {
            assert!(check_port(port).is_ok(), "{port}");
        }
        for port in ["", "1.2.3.4.5", "1.", "one", "1-2"] {
            assert!(check_port(port).is_err(), "{port}");
        }
    }
}
