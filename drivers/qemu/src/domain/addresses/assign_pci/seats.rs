//! Which devices sit on PCI buses, and how: the one list that all placing walks.

use documents::domain::{
    Controller, ControllerKind, DeviceInfo, Devices, FilesystemDriverKind, HostDevSource,
    Interface, InterfaceSource, IommuModel, MemoryModel, PanicModel, PciAddress, SerialTargetKind,
    VirtioModel, WatchdogModel,
};

use super::Result;
use super::buses::bus_model;
use super::plugs::{
    balloon_plug, controller_plug, disk_plug, input_plug, integrated, interface_plug, sound_plug,
    video_plug, virtio,
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
    let family = board.family;
    let express = family.has_pcie_root();
    let mut plain = |plug: Option<Plug>, info: &mut DeviceInfo| match plug {
        Some(plug) => visit(
            Seat {
                plug,
                companion: None,
                built_in: false,
            },
            info,
        ),
        None => Ok(()),
    };
    for controller in devices
        .controllers
        .iter_mut()
        .filter(|c| c.kind == ControllerKind::Pci)
    {
        let model = controller.model.as_deref().and_then(bus_model);
        plain(model.and_then(BusModel::plug), &mut controller.info)?;
    }
    for filesystem in &mut devices.filesystems {
        let driver = crate::devices::filesystem::driver(filesystem);
        let virtio_served = matches!(
            driver,
            FilesystemDriverKind::Path
                | FilesystemDriverKind::Handle
                | FilesystemDriverKind::Virtiofs
        );
        if !virtio_served {
            continue;
        }
        let transitional = filesystem.model == Some(VirtioModel::VirtioTransitional);
        plain(Some(virtio(transitional, express)), &mut filesystem.info)?;
    }
    let passed = |interface: &Interface| matches!(interface.source, InterfaceSource::Hostdev(_));
    for interface in devices.interfaces.iter_mut().filter(|it| !passed(it)) {
        plain(interface_plug(interface, express), &mut interface.info)?;
    }
    for sound in &mut devices.sounds {
        plain(sound_plug(sound.model, express), &mut sound.info)?;
    }
    for controller in devices
        .controllers
        .iter_mut()
        .filter(|c| c.kind != ControllerKind::Pci)
    {
        let Some(plug) = controller_plug(controller, express) else {
            continue;
        };
        let companion = usb2_function(controller)
            .zip(controller.index)
            .map(|(f, index)| (index, f));
        let seat = Seat {
            plug,
            companion,
            built_in: is_built_in(controller, family),
        };
        visit(seat, &mut controller.info)?;
    }
    let mut plain = |plug: Option<Plug>, info: &mut DeviceInfo| match plug {
        Some(plug) => visit(
            Seat {
                plug,
                companion: None,
                built_in: false,
            },
            info,
        ),
        None => Ok(()),
    };
    for disk in &mut devices.disks {
        plain(disk_plug(disk, express), &mut disk.info)?;
    }
    for interface in devices.interfaces.iter_mut().filter(|it| passed(it)) {
        let express = express && !board.is_conventional(card_place(interface));
        plain(Some(virtio(false, express)), &mut interface.info)?;
    }
    for hostdev in &mut devices.hostdevs {
        let pci = match hostdev.source {
            HostDevSource::Pci(_) | HostDevSource::ScsiHost(_) => true,
            HostDevSource::Mdev(_) => hostdev.model.as_deref() == Some("vfio-pci"),
            _ => false,
        };
        let express = express && !board.is_conventional(source_place(hostdev));
        let transitional = hostdev.model.as_deref() == Some("virtio-transitional");
        plain(
            pci.then_some(virtio(transitional, express)),
            &mut hostdev.info,
        )?;
    }
    if let Some(balloon) = &mut devices.memballoon {
        plain(balloon_plug(balloon.model, express), &mut balloon.info)?;
    }
    for rng in &mut devices.rngs {
        plain(
            Some(virtio(
                rng.model == VirtioModel::VirtioTransitional,
                express,
            )),
            &mut rng.info,
        )?;
    }
    for watchdog in devices
        .watchdogs
        .iter_mut()
        .filter(|w| w.model == WatchdogModel::I6300esb)
    {
        plain(Some(Plug::Pci), &mut watchdog.info)?;
    }
    for video in &mut devices.videos {
        plain(video_plug(video, express), &mut video.info)?;
    }
    for shmem in &mut devices.shmems {
        plain(Some(Plug::Pci), &mut shmem.info)?;
    }
    for input in &mut devices.inputs {
        plain(input_plug(input, express), &mut input.info)?;
    }
    for serial in &mut devices.serials {
        let kind = serial.target.as_ref().and_then(|target| target.kind);
        plain(
            (kind == Some(SerialTargetKind::PciSerial)).then_some(Plug::Pci),
            &mut serial.info,
        )?;
    }
    if let Some(iommu) = devices
        .iommu
        .as_mut()
        .filter(|iommu| iommu.model == IommuModel::Virtio)
    {
        plain(Some(integrated(express)), &mut iommu.info)?;
    }
    if let Some(vsock) = &mut devices.vsock {
        let transitional = vsock.model == Some(VirtioModel::VirtioTransitional);
        plain(Some(virtio(transitional, express)), &mut vsock.info)?;
    }
    for memory in &mut devices.memories {
        let plugged = matches!(
            memory.model,
            MemoryModel::VirtioPmem | MemoryModel::VirtioMem
        );
        plain(plugged.then_some(virtio(false, express)), &mut memory.info)?;
    }
    for crypto in &mut devices.cryptos {
        plain(Some(Plug::Pci), &mut crypto.info)?;
    }
    for panic in devices
        .panics
        .iter_mut()
        .filter(|panic| panic.model == Some(PanicModel::Pvpanic))
    {
        plain(Some(integrated(express)), &mut panic.info)?;
    }
    if let Some(pstore) = &mut devices.pstore {
        plain(Some(Plug::Pci), &mut pstore.info)?;
    }
    Ok(())
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
