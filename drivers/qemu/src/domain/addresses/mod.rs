//! Addresses of devices: PCI, USB, drive, virtio-serial and memory-mapped virtio.

use documents::domain::{DeviceInfo, Devices, Domain, PciAddress};

use super::error::DomainError;

mod assign_pci;
pub(crate) mod drive;
mod error;
pub(crate) mod form;
mod mmio;
pub(crate) mod pci;
mod seats;
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

/// Visits what all devices have in common, with the name of the device's element.
pub(crate) fn for_each_info(
    devices: &mut Devices,
    mut visit: impl FnMut(&'static str, &mut DeviceInfo),
) {
    macro_rules! each {
        ($($list:ident: $name:literal),+ $(,)?) => {
            $(for device in &mut devices.$list {
                visit($name, &mut device.info);
            })+
        };
    }
    each! {
        disks: "disk", controllers: "controller", interfaces: "interface", serials: "serial",
        parallels: "parallel", consoles: "console", channels: "channel", inputs: "input",
        videos: "video", watchdogs: "watchdog", rngs: "rng",
        filesystems: "fs", sounds: "sound", hubs: "hub", redirdevs: "redir", smartcards: "smartcard",
        shmems: "shmem", panics: "panic", hostdevs: "hostdev", tpms: "tpm",
        memories: "memory", cryptos: "crypto",
    }
    if let Some(balloon) = &mut devices.memballoon {
        visit("memballoon", &mut balloon.info);
    }
    if let Some(nvram) = &mut devices.nvram {
        visit("nvram", &mut nvram.info);
    }
    if let Some(pstore) = &mut devices.pstore {
        visit("pstore", &mut pstore.info);
    }
    if let Some(vsock) = &mut devices.vsock {
        visit("vsock", &mut vsock.info);
    }
    if let Some(iommu) = &mut devices.iommu {
        visit("iommu", &mut iommu.info);
    }
}
