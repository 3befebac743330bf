//! Addresses of devices: PCI, USB, drive, virtio-serial and memory-mapped virtio.

use documents::domain::{DeviceInfo, Devices, Domain, PciAddress};

use super::error::DomainError;

mod assign_pci;
pub(crate) mod drive;
mod error;
pub(crate) mod form;
mod mmio;
pub(crate) mod pci;
mod slots;
mod unsaid;
pub(crate) mod usb;
mod virtio_serial;

pub use error::AddressError;

/// Gives an address to every device that needs one, and checks those that are there.
pub(crate) fn assign(domain: &mut Domain, conventional: &[PciAddress]) -> Result<(), DomainError> {
    unsaid::forget(&mut domain.devices);
    virtio_serial::assign(&mut domain.devices)?;
    mmio::assign(domain);
    slots::assign(domain)?;
    assign_pci::assign(domain, conventional)?;
    usb::assign(&mut domain.devices)?;
    Ok(())
}

/// Hands the lists of devices to a macro, each with the name of the device's element.
macro_rules! lists {
    ($each:ident) => {
        $each! {
            disks: "disk", controllers: "controller", interfaces: "interface", serials: "serial",
            parallels: "parallel", consoles: "console", channels: "channel", inputs: "input",
            videos: "video", watchdogs: "watchdog", rngs: "rng",
            filesystems: "fs", sounds: "sound", hubs: "hub", redirdevs: "redir", smartcards: "smartcard",
            shmems: "shmem", panics: "panic", hostdevs: "hostdev", tpms: "tpm",
            memories: "memory", cryptos: "crypto",
        }
    };
}

/// Hands the devices of which there is one at most to a macro, each with the name of its element.
macro_rules! singles {
    ($each:ident) => {
        $each! {
            memballoon: "memballoon", nvram: "nvram", pstore: "pstore", vsock: "vsock", iommu: "iommu",
        }
    };
}

/// Visits what all devices have in common, with the name of the device's element.
pub(crate) fn for_each_info(
    devices: &mut Devices,
    mut visit: impl FnMut(&'static str, &mut DeviceInfo),
) {
    macro_rules! each {
        ($($list:ident: $name:literal,)+) => {
            $(for device in &mut devices.$list {
                visit($name, &mut device.info);
            })+
        };
    }
    macro_rules! one {
        ($($device:ident: $name:literal,)+) => {
            $(if let Some(device) = &mut devices.$device {
                visit($name, &mut device.info);
            })+
        };
    }
    lists!(each);
    singles!(one);
}

/// What all devices have in common, in the order of [`for_each_info`].
pub(crate) fn infos(devices: &Devices) -> Vec<(&'static str, &DeviceInfo)> {
    let mut infos = Vec::new();
    macro_rules! each {
        ($($list:ident: $name:literal,)+) => {
            $(infos.extend(devices.$list.iter().map(|device| ($name, &device.info)));)+
        };
    }
    lists!(each);
    singles!(each);
    infos
}
