//! Which devices sit on PCI buses, and how: the one list that all placing walks.

use documents::domain::{
    Controller, ControllerKind, DeviceInfo, Devices, Interface, InterfaceSource, PciAddress,
};

use super::Result;
use super::plugs::{
    balloon_plug, controller_plug, disk_plug, filesystem_plug, hostdev_plug, input_plug,
    interface_plug, iommu_plug, memory_plug, panic_plug, rng_plug, serial_plug, sound_plug,
    video_plug, virtio, vsock_plug, watchdog_plug,
};
use crate::domain::addresses::pci::{BusModel, Plug};
use crate::domain::completion::hostdev::{card_place, source_place};
use crate::domain::machine::Family;

/// The function that each part of a USB 2 controller has.
pub(super) fn usb2_function(controller: &Controller) -> Option<u32> {
    match (controller.kind, controller.model.as_deref()?) {
        (ControllerKind::Usb, "ich9-ehci1") => Some(7),
        (ControllerKind::Usb, "ich9-uhci1") => Some(0),
        (ControllerKind::Usb, "ich9-uhci2") => Some(1),
        (ControllerKind::Usb, "ich9-uhci3") => Some(2),
        _ => None,
    }
}

/// How a device sits on a bus.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    /// What it plugs into.
    pub(super) plug: Plug,
    /// Number of the USB 2 controller that the device is a part of, and its function there.
    pub(super) companion: Option<(u32, u32)>,
    /// Whether it is a function of the chipset, whose place is nobody else's.
    pub(super) built_in: bool,
}

/// What reserves a place for one device.
pub(super) type Visit<'a> = &'a mut dyn FnMut(Seat, &mut DeviceInfo) -> Result<()>;

/// What decides where devices sit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Board<'a> {
    /// The machine's family.
    pub(super) family: Family,
    /// The devices of the host that know no PCI Express.
    pub(super) conventional: &'a [PciAddress],
}

impl Board<'_> {
    fn is_conventional(&self, place: Option<PciAddress>) -> bool {
        place.is_some_and(|place| self.conventional.contains(&place))
    }
}

/// Visits all PCI devices in the order in which places are handed out.
pub(super) fn for_each_pci(
    devices: &mut Devices,
    board: Board<'_>,
    visit: Visit<'_>,
) -> Result<()> {
    let express = board.family.has_pcie_root();
    let mut walk = Walk {
        board,
        express,
        visit,
    };
    walk.buses(devices)?;
    walk.emulated_first(devices)?;
    walk.controllers(devices)?;
    walk.disks_and_passed(devices)?;
    walk.emulated_last(devices)?;
    walk.virtual_only(devices)
}

/// One visit of all devices.
struct Walk<'a, 'v> {
    board: Board<'a>,
    /// Whether there are express buses.
    express: bool,
    visit: Visit<'v>,
}

impl Walk<'_, '_> {
    /// Visits a device that is a part of nothing, if it is a PCI device.
    fn device(&mut self, plug: Option<Plug>, info: &mut DeviceInfo) -> Result<()> {
        let Some(plug) = plug else {
            return Ok(());
        };
        let seat = Seat {
            plug,
            companion: None,
            built_in: false,
        };
        (self.visit)(seat, info)
    }

    fn buses(&mut self, devices: &mut Devices) -> Result<()> {
        let controllers = devices.controllers.iter_mut();
        for controller in controllers.filter(|c| c.kind == ControllerKind::Pci) {
            let plug = BusModel::of(controller).and_then(BusModel::plug);
            self.device(plug, &mut controller.info)?;
        }
        Ok(())
    }

    fn emulated_first(&mut self, devices: &mut Devices) -> Result<()> {
        let express = self.express;
        for filesystem in &mut devices.filesystems {
            self.device(filesystem_plug(filesystem, express), &mut filesystem.info)?;
        }
        let interfaces = devices.interfaces.iter_mut();
        for interface in interfaces.filter(|it| !is_passed(it)) {
            self.device(interface_plug(interface, express), &mut interface.info)?;
        }
        for sound in &mut devices.sounds {
            self.device(sound_plug(sound.model, express), &mut sound.info)?;
        }
        Ok(())
    }

    fn controllers(&mut self, devices: &mut Devices) -> Result<()> {
        let controllers = devices.controllers.iter_mut();
        for controller in controllers.filter(|c| c.kind != ControllerKind::Pci) {
            let Some(plug) = controller_plug(controller, self.express) else {
                continue;
            };
            let companion = controller.index.zip(usb2_function(controller));
            let seat = Seat {
                plug,
                companion,
                built_in: is_built_in(controller, self.board.family),
            };
            (self.visit)(seat, &mut controller.info)?;
        }
        Ok(())
    }

    fn disks_and_passed(&mut self, devices: &mut Devices) -> Result<()> {
        for disk in &mut devices.disks {
            self.device(disk_plug(disk, self.express), &mut disk.info)?;
        }
        let interfaces = devices.interfaces.iter_mut();
        for interface in interfaces.filter(|it| is_passed(it)) {
            let express = self.express && !self.board.is_conventional(card_place(interface));
            self.device(Some(virtio(false, express)), &mut interface.info)?;
        }
        for hostdev in &mut devices.hostdevs {
            let express = self.express && !self.board.is_conventional(source_place(hostdev));
            self.device(hostdev_plug(hostdev, express), &mut hostdev.info)?;
        }
        Ok(())
    }

    fn emulated_last(&mut self, devices: &mut Devices) -> Result<()> {
        let express = self.express;
        if let Some(balloon) = &mut devices.memballoon {
            self.device(balloon_plug(balloon.model, express), &mut balloon.info)?;
        }
        for rng in &mut devices.rngs {
            self.device(Some(rng_plug(rng, express)), &mut rng.info)?;
        }
        for watchdog in &mut devices.watchdogs {
            self.device(watchdog_plug(watchdog.model), &mut watchdog.info)?;
        }
        for video in &mut devices.videos {
            self.device(video_plug(video, express), &mut video.info)?;
        }
        for shmem in &mut devices.shmems {
            self.device(Some(Plug::Pci), &mut shmem.info)?;
        }
        for input in &mut devices.inputs {
            self.device(input_plug(input, express), &mut input.info)?;
        }
        for serial in &mut devices.serials {
            self.device(serial_plug(serial), &mut serial.info)?;
        }
        Ok(())
    }

    /// Devices that no real machine has.
    fn virtual_only(&mut self, devices: &mut Devices) -> Result<()> {
        let express = self.express;
        if let Some(iommu) = &mut devices.iommu {
            self.device(iommu_plug(iommu.model, express), &mut iommu.info)?;
        }
        if let Some(vsock) = &mut devices.vsock {
            self.device(Some(vsock_plug(vsock, express)), &mut vsock.info)?;
        }
        for memory in &mut devices.memories {
            self.device(memory_plug(memory.model, express), &mut memory.info)?;
        }
        for crypto in &mut devices.cryptos {
            self.device(Some(Plug::Pci), &mut crypto.info)?;
        }
        for panic in &mut devices.panics {
            self.device(panic_plug(panic.model, express), &mut panic.info)?;
        }
        match &mut devices.pstore {
            Some(pstore) => self.device(Some(Plug::Pci), &mut pstore.info),
            None => Ok(()),
        }
    }
}

/// Whether the card is one of the host's.
fn is_passed(interface: &Interface) -> bool {
    matches!(interface.source, InterfaceSource::Hostdev(_))
}

fn is_built_in(controller: &Controller, family: Family) -> bool {
    let kind = controller.kind;
    controller.index == Some(0)
        && match family {
            Family::I440fx => {
                kind == ControllerKind::Usb && controller.model.as_deref() == Some("piix3-uhci")
            }
            Family::Q35 => kind == ControllerKind::Sata,
            _ => false,
        }
}
