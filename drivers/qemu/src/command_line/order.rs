//! The boot order: each device's own, or the first device of each kind that the document lists.

use documents::domain::{BootDevice, DeviceInfo, DiskDevice, Domain};

/// The place of each disk and interface in the boot order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    disks: Vec<Option<u32>>,
    interfaces: Vec<Option<u32>>,
}

impl Order {
    pub(super) fn new(domain: &Domain) -> Self {
        let own = |info: &DeviceInfo| info.boot.as_ref().map(|boot| boot.order);
        let devices = &domain.devices;
        let mut order = Self {
            disks: devices.disks.iter().map(|disk| own(&disk.info)).collect(),
            interfaces: devices
                .interfaces
                .iter()
                .map(|interface| own(&interface.info))
                .collect(),
        };
        for (place, kind) in (1..).zip(&domain.os.boot) {
            let disk = |wanted: &[DiskDevice]| {
                devices
                    .disks
                    .iter()
                    .position(|disk| wanted.contains(&disk.device.unwrap_or_default()))
            };
            let slot = match kind {
                BootDevice::Hd => disk(&[DiskDevice::Disk, DiskDevice::Lun])
                    .and_then(|at| order.disks.get_mut(at)),
                BootDevice::Cdrom => {
                    disk(&[DiskDevice::Cdrom]).and_then(|at| order.disks.get_mut(at))
                }
                BootDevice::Fd => {
                    disk(&[DiskDevice::Floppy]).and_then(|at| order.disks.get_mut(at))
                }
                BootDevice::Network => order.interfaces.first_mut(),
            };
            if let Some(slot) = slot {
                slot.get_or_insert(place);
            }
        }
        order
    }

    pub(super) fn disk(&self, at: usize) -> Option<u32> {
        self.disks.get(at).copied().flatten()
    }

    pub(super) fn interface(&self, at: usize) -> Option<u32> {
        self.interfaces.get(at).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::{Boot, Disk, Interface};

    fn disk(device: DiskDevice) -> Disk {
        Disk {
            device: Some(device),
            ..Disk::default()
        }
    }

    #[test]
    fn the_first_of_each_listed_kind_is_tried() {
        let mut domain = Domain::default();
        domain.os.boot = vec![BootDevice::Network, BootDevice::Cdrom, BootDevice::Hd];
        domain.devices.disks = vec![
            disk(DiskDevice::Disk),
            disk(DiskDevice::Disk),
            disk(DiskDevice::Cdrom),
        ];
        domain.devices.interfaces = vec![Interface::default(); 2];
        let order = Order::new(&domain);
        assert_eq!(order.disks, [Some(3), None, Some(2)]);
        assert_eq!(order.interfaces, [Some(1), None]);
    }

    #[test]
    fn a_devices_own_place_stands() {
        let mut domain = Domain::default();
        let mut first = disk(DiskDevice::Disk);
        first.info.boot = Some(Boot {
            order: 7,
            loadparm: None,
        });
        domain.devices.disks = vec![first];
        assert_eq!(Order::new(&domain).disk(0), Some(7));
    }
}
