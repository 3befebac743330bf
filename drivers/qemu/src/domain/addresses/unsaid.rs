//! Parts of an address whose zero says nothing: whoever writes it has not chosen.

use documents::domain::{Address, Devices};

use super::for_each_info;

/// Forgets the parts that say nothing.
pub(super) fn forget(devices: &mut Devices) {
    for_each_info(devices, |_, info| match &mut info.address {
        Some(Address::Usb(place)) => {
            place.port.take_if(|port| is_none(port));
        }
        Some(Address::Isa(place)) => {
            place.iobase.take_if(|port| *port == 0);
            place.irq.take_if(|line| *line == 0);
        }
        Some(Address::Dimm(place)) => {
            place.base.take_if(|base| *base == 0);
        }
        _ => {}
    });
}

/// Ports of USB are counted from 1, from the root hub on.
fn is_none(port: &str) -> bool {
    port.split('.').next().and_then(|it| it.parse().ok()) == Some(0u32)
}

#[cfg(test)]
mod tests {
    use documents::domain::{DimmAddress, Domain, IsaAddress};

    use super::*;

    #[test]
    fn zeros_say_nothing() {
        let text = "<domain type='qemu'><name>a</name><devices>\
             <input type='mouse'><address type='usb' bus='0' port='0.1'/></input>\
             <serial><address type='isa' iobase='0x3f8' irq='0'/></serial>\
             <memory model='dimm'><target><size>1</size></target>\
             <address type='dimm' slot='0' base='0'/></memory></devices></domain>";
        let mut domain: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        forget(&mut domain.devices);
        let devices = &domain.devices;
        let Some(Address::Usb(usb)) = &devices.inputs[0].info.address else {
            unreachable!("it is on USB");
        };
        assert_eq!(usb.port, None);
        let isa = IsaAddress {
            iobase: Some(0x3f8),
            irq: None,
        };
        assert_eq!(devices.serials[0].info.address, Some(Address::Isa(isa)));
        let dimm = DimmAddress {
            slot: Some(0),
            base: None,
        };
        assert_eq!(devices.memories[0].info.address, Some(Address::Dimm(dimm)));
    }
}
