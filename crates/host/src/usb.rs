//! USB devices of the host.

use crate::root::Root;

/// Where the kernel lists devices, hubs and interfaces.
const DEVICES: &str = "sys/bus/usb/devices";

/// A USB device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsbDevice {
    /// The bus.
    pub bus: u32,
    /// The device's number on it.
    pub device: u32,
    /// The vendor.
    pub vendor: u32,
    /// The product.
    pub product: u32,
    /// The ports from the root hub on, as `1.2`; the root hub has none.
    pub port: Option<String>,
}

/// All devices, by the kernel's names in order.
#[must_use]
pub fn devices(root: &Root) -> Vec<UsbDevice> {
    let names = root.names(DEVICES);
    names.iter().filter_map(|name| device(root, name)).collect()
}

/// An interface of a device has no numbers and is none itself.
fn device(root: &Root, name: &str) -> Option<UsbDevice> {
    let file = |file: &str| format!("{DEVICES}/{name}/{file}");
    let hex = |name: &str| {
        let text = root.optional(file(name))?;
        u32::from_str_radix(&text, 16).ok()
    };
    Some(UsbDevice {
        bus: root.number(file("busnum"))?,
        device: root.number(file("devnum"))?,
        vendor: hex("idVendor")?,
        product: hex("idProduct")?,
        port: name.split_once('-').map(|(_, port)| port.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::tree;

    #[test]
    fn devices_are_listed_and_interfaces_are_not() {
        let (_dir, root) = tree(&[
            ("sys/bus/usb/devices/1-1.2/busnum", "1\n"),
            ("sys/bus/usb/devices/1-1.2/devnum", "6\n"),
            ("sys/bus/usb/devices/1-1.2/idVendor", "046d\n"),
            ("sys/bus/usb/devices/1-1.2/idProduct", "c52b\n"),
            ("sys/bus/usb/devices/1-1.2:1.0/bInterfaceClass", "03\n"),
        ]);
        let expected = UsbDevice {
            bus: 1,
            device: 6,
            vendor: 0x046d,
            product: 0xc52b,
            port: Some("1.2".into()),
        };
        assert_eq!(devices(&root), [expected]);
    }
}
