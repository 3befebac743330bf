//! What each device plugs into, if it is a PCI device at all.

use documents::domain::{
    Controller, ControllerKind, Disk, DiskBus, DiskModel, Filesystem, FilesystemDriverKind,
    HostDev, HostDevSource, Input, InputBus, Interface, IommuModel, MemBalloonModel, MemoryModel,
    PanicModel, Rng, Serial, SerialTargetKind, SoundModel, Video, VideoKind, VirtioModel, Vsock,
    WatchdogModel,
};

use crate::domain::addresses::pci::Plug;

/// A modern device is an express one where there are express buses; a transitional one has I/O ports, which only
/// legacy buses carry.
pub(super) fn virtio(transitional: bool, express: bool) -> Plug {
    if express && !transitional {
        Plug::Pcie
    } else {
        Plug::Pci
    }
}

/// A device that is a part of the root complex where there is one.
fn integrated(express: bool) -> Plug {
    if express { Plug::Integrated } else { Plug::Pci }
}

/// The cards that are known to be conventional PCI devices.
const CONVENTIONAL: &[&str] = &[
    "82540EM",
    "82543GC",
    "82545EM",
    "Am79C970A",
    "e1000",
    "lan9118",
    "netfront",
    "rtl8139",
    "scm91c111",
    "spapr-vlan",
    "virtio-transitional",
    "vlance",
    "vmxnet",
    "vmxnet2",
    "vmxnet3",
];

pub(super) fn interface_plug(interface: &Interface, express: bool) -> Option<Plug> {
    match interface.model.as_deref() {
        Some("usb-net") => None,
        Some("virtio" | "virtio-non-transitional" | "e1000e" | "igb") => {
            Some(virtio(false, express))
        }
        None => Some(virtio(false, express)),
        Some(model) if CONVENTIONAL.contains(&model) => Some(Plug::Pci),
        // What nobody knows is taken for a card of today.
        Some(_) => Some(virtio(false, express)),
    }
}

pub(super) fn controller_plug(controller: &Controller, express: bool) -> Option<Plug> {
    let model = controller.model.as_deref().unwrap_or_default();
    match controller.kind {
        ControllerKind::Usb => match model {
            "none" | "qusb1" | "qusb2" => None,
            "nec-xhci" | "qemu-xhci" => Some(virtio(false, express)),
            _ => Some(Plug::Pci),
        },
        ControllerKind::Scsi => match model {
            "ncr53c90" => None,
            "virtio-scsi" | "virtio-non-transitional" => Some(virtio(false, express)),
            _ => Some(Plug::Pci),
        },
        ControllerKind::VirtioSerial => Some(virtio(model == "virtio-transitional", express)),
        ControllerKind::Sata => Some(Plug::Pci),
        ControllerKind::Ide if controller.index != Some(0) => Some(Plug::Pci),
        _ => None,
    }
}

pub(super) fn disk_plug(disk: &Disk, express: bool) -> Option<Plug> {
    let transitional = disk.model == Some(DiskModel::VirtioTransitional);
    (disk.target.bus == Some(DiskBus::Virtio)).then(|| virtio(transitional, express))
}

pub(super) fn balloon_plug(model: MemBalloonModel, express: bool) -> Option<Plug> {
    match model {
        MemBalloonModel::None | MemBalloonModel::Xen => None,
        MemBalloonModel::VirtioTransitional => Some(Plug::Pci),
        MemBalloonModel::Virtio | MemBalloonModel::VirtioNonTransitional => {
            Some(virtio(false, express))
        }
    }
}

pub(super) fn video_plug(video: &Video, express: bool) -> Option<Plug> {
    match video.model.as_ref()?.kind {
        VideoKind::None | VideoKind::Ramfb | VideoKind::Gop | VideoKind::Default => None,
        VideoKind::Virtio | VideoKind::Bochs => Some(virtio(false, express)),
        _ => Some(Plug::Pci),
    }
}

pub(super) fn sound_plug(model: SoundModel, express: bool) -> Option<Plug> {
    match model {
        SoundModel::Es1370 | SoundModel::Ac97 | SoundModel::Ich6 | SoundModel::Ich9 => {
            Some(Plug::Pci)
        }
        SoundModel::Virtio => Some(virtio(false, express)),
        SoundModel::Sb16 | SoundModel::Pcspk | SoundModel::Usb | SoundModel::Ich7 => None,
    }
}

pub(super) fn input_plug(input: &Input, express: bool) -> Option<Plug> {
    let transitional = input.model == Some(VirtioModel::VirtioTransitional);
    (input.bus == Some(InputBus::Virtio)).then(|| virtio(transitional, express))
}

pub(super) fn filesystem_plug(filesystem: &Filesystem, express: bool) -> Option<Plug> {
    let served = matches!(
        crate::devices::filesystem::driver(filesystem),
        FilesystemDriverKind::Path | FilesystemDriverKind::Handle | FilesystemDriverKind::Virtiofs
    );
    let transitional = filesystem.model == Some(VirtioModel::VirtioTransitional);
    served.then(|| virtio(transitional, express))
}

pub(super) fn hostdev_plug(hostdev: &HostDev, express: bool) -> Option<Plug> {
    let model = hostdev.model.as_deref();
    let pci = match hostdev.source {
        HostDevSource::Pci(_) | HostDevSource::ScsiHost(_) => true,
        HostDevSource::Mdev(_) => model == Some("vfio-pci"),
        _ => false,
    };
    pci.then(|| virtio(model == Some("virtio-transitional"), express))
}

pub(super) fn rng_plug(rng: &Rng, express: bool) -> Plug {
    virtio(rng.model == VirtioModel::VirtioTransitional, express)
}

pub(super) fn watchdog_plug(model: WatchdogModel) -> Option<Plug> {
    (model == WatchdogModel::I6300esb).then_some(Plug::Pci)
}

pub(super) fn serial_plug(serial: &Serial) -> Option<Plug> {
    let kind = serial.target.as_ref().and_then(|target| target.kind);
    (kind == Some(SerialTargetKind::PciSerial)).then_some(Plug::Pci)
}

pub(super) fn iommu_plug(model: IommuModel, express: bool) -> Option<Plug> {
    (model == IommuModel::Virtio).then(|| integrated(express))
}

pub(super) fn vsock_plug(vsock: &Vsock, express: bool) -> Plug {
    let transitional = vsock.model == Some(VirtioModel::VirtioTransitional);
    virtio(transitional, express)
}

pub(super) fn memory_plug(model: MemoryModel, express: bool) -> Option<Plug> {
    let on_pci = matches!(model, MemoryModel::VirtioPmem | MemoryModel::VirtioMem);
    on_pci.then(|| virtio(false, express))
}

pub(super) fn panic_plug(model: Option<PanicModel>, express: bool) -> Option<Plug> {
    (model == Some(PanicModel::Pvpanic)).then(|| integrated(express))
}
