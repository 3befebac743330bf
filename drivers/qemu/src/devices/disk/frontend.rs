//! The device that the guest sees.

use documents::domain::{
    Address, CacheMode, ControllerKind, Disk, DiskBus, DiskDevice, DiskDriver, DiskModel,
    DiskSource, ErrorPolicy,
};
use serde::Serialize;

use super::{Backend, Facts, cache_mode};
use crate::devices::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::domain::addresses::drive;
use crate::domain::completion::os::word;

/// The device that the guest sees.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Device {
    driver: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    iothread: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ioeventfd: Option<bool>,
    #[serde(rename = "event_idx", skip_serializing_if = "Option::is_none")]
    event_idx: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    num_queues: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_size: Option<u32>,
    #[serde(rename = "iothread-vq-mapping", skip_serializing_if = "Vec::is_empty")]
    queue_map: Vec<QueueMap>,
    #[serde(flatten)]
    virtio: Virtio,
    #[serde(flatten)]
    seat: Seat,
    #[serde(flatten)]
    drive: DriveSeat,
    #[serde(rename = "device_id", skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    #[serde(rename = "share-rw", skip_serializing_if = "Option::is_none")]
    share_rw: Option<bool>,
    #[serde(rename = "logical_block_size", skip_serializing_if = "Option::is_none")]
    logical_block_size: Option<u32>,
    #[serde(
        rename = "physical_block_size",
        skip_serializing_if = "Option::is_none"
    )]
    physical_block_size: Option<u32>,
    #[serde(
        rename = "discard_granularity",
        skip_serializing_if = "Option::is_none"
    )]
    discard_granularity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chardev: Option<String>,
    #[serde(rename = "drive", skip_serializing_if = "Option::is_none")]
    node: Option<String>,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bootindex: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_cache: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cyls: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heads: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secs: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bios_chs_trans: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wwn: Option<u64>,
    #[serde(rename = "rotation_rate", skip_serializing_if = "Option::is_none")]
    rotation_rate: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    /// What ATA has in the product's stead.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    werror: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rerror: Option<&'static str>,
}

/// An I/O thread with its queues; without any, QEMU spreads them.
#[derive(Debug, Serialize)]
struct QueueMap {
    iothread: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vqs: Vec<u32>,
}

/// Where a disk sits on a controller of disks.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct DriveSeat {
    #[serde(skip_serializing_if = "Option::is_none", rename = "bus")]
    controller: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scsi_id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lun: Option<u32>,
}

/// The device in front of a node, of a process's socket, or of nothing.
pub(super) fn device(
    disk: &Disk,
    guest: &Guest<'_>,
    facts: &Facts<'_>,
    backend: Backend,
) -> Device {
    let driver = disk.driver.as_deref();
    let bus = disk.target.bus.unwrap_or_default();
    let id = alias(&disk.info);
    let geometry = disk.geometry.as_ref();
    let blockio = disk.blockio.as_ref();
    let lun = disk.device == Some(DiskDevice::Lun);
    let (node, chardev) = match backend {
        Backend::Nothing => (None, None),
        Backend::Node(node) => (Some(node), None),
        Backend::Process(chardev) => (None, Some(chardev)),
    };
    let write_cache = cache_mode(disk).and_then(write_cache);
    Device {
        driver: device_driver(disk, guest, bus),
        iothread: driver
            .and_then(|driver| driver.iothread)
            .map(|id| format!("iothread{id}")),
        ioeventfd: driver.and_then(|driver| driver.ioeventfd),
        event_idx: driver.and_then(|driver| driver.event_idx),
        num_queues: driver.and_then(|driver| driver.queues),
        queue_size: driver.and_then(|driver| driver.queue_size),
        virtio: Virtio::optional(driver.map(|driver| &driver.virtio)),
        seat: seat(disk, guest),
        drive: drive_seat(disk, guest, bus),
        queue_map: driver.map(queue_map).unwrap_or_default(),
        device_id: (bus == DiskBus::Scsi && !lun)
            .then(|| disk.serial.clone().unwrap_or_else(|| format!("drive-{id}"))),
        share_rw: disk.shareable.then_some(true),
        logical_block_size: blockio.and_then(|io| io.logical_block_size),
        physical_block_size: blockio.and_then(|io| io.physical_block_size),
        discard_granularity: blockio.and_then(|io| io.discard_granularity),
        chardev,
        node,
        bootindex: facts.boot.filter(|_| bus != DiskBus::Fdc),
        removable: match bus {
            DiskBus::Usb => Some(disk.target.removable == Some(true)),
            _ => disk.target.removable,
        },
        // A LUN has the cache that it has.
        write_cache: write_cache.filter(|_| bus != DiskBus::Fdc && !lun),
        cyls: geometry.map(|geometry| geometry.cyls),
        heads: geometry.map(|geometry| geometry.heads),
        secs: geometry.map(|geometry| geometry.secs),
        bios_chs_trans: geometry.and_then(|geometry| geometry.trans).map(word),
        rotation_rate: disk.target.rotation_rate,
        werror: disk.error_policy(false),
        rerror: disk.error_policy(true),
        id,
        ..identity(disk, bus)
    }
}

/// What the device says of itself.
fn identity(disk: &Disk, bus: DiskBus) -> Device {
    let ata = matches!(bus, DiskBus::Ide | DiskBus::Sata);
    let (product, model) = match ata {
        true => (None, disk.product.clone()),
        false => (disk.product.clone(), None),
    };
    let wwn = disk.wwn.as_deref().map(|wwn| wwn.trim_start_matches("0x"));
    let serial = disk.serial.as_ref();
    Device {
        wwn: wwn.and_then(|digits| u64::from_str_radix(digits, 16).ok()),
        vendor: disk.vendor.clone(),
        product,
        model,
        // libvirt escapes spaces; guests know the number by that.
        serial: serial.map(|serial| serial.replace(' ', "\\ ")),
        ..Device::default()
    }
}

/// Where a disk without a controller of disks sits.
fn seat(disk: &Disk, guest: &Guest<'_>) -> Seat {
    match disk.info.address {
        Some(Address::Drive(_)) => Seat::default(),
        _ => guest.seat(&disk.info),
    }
}

/// What happens after an error; reading follows writing unless the document says otherwise.
trait ErrorPolicies {
    fn error_policy(&self, read: bool) -> Option<&'static str>;
}

impl ErrorPolicies for Disk {
    fn error_policy(&self, read: bool) -> Option<&'static str> {
        let driver = self.driver.as_deref()?;
        let write = driver.error_policy;
        let chosen = if read {
            // Only a write can run out of space.
            driver
                .rerror_policy
                .or(write.filter(|policy| *policy != ErrorPolicy::Enospace))
        } else {
            write
        };
        chosen.map(policy)
    }
}

/// Whether the guest sees a write cache.
fn write_cache(mode: CacheMode) -> Option<&'static str> {
    match mode {
        CacheMode::Default => None,
        CacheMode::Writethrough | CacheMode::Directsync => Some("off"),
        CacheMode::None | CacheMode::Writeback | CacheMode::Unsafe => Some("on"),
    }
}

fn policy(policy: ErrorPolicy) -> &'static str {
    match policy {
        ErrorPolicy::Stop => "stop",
        ErrorPolicy::Report => "report",
        ErrorPolicy::Ignore => "ignore",
        ErrorPolicy::Enospace => "enospc",
    }
}

fn queue_map(driver: &DiskDriver) -> Vec<QueueMap> {
    driver
        .iothreads
        .iter()
        .map(|thread| QueueMap {
            iothread: format!("iothread{}", thread.id),
            vqs: thread.queues.clone(),
        })
        .collect()
}

fn device_driver(disk: &Disk, guest: &Guest<'_>, bus: DiskBus) -> String {
    let cdrom = disk.device == Some(DiskDevice::Cdrom);
    let process = matches!(disk.source, DiskSource::VhostUser(_));
    match bus {
        DiskBus::Virtio => {
            let transition = match disk.model {
                Some(DiskModel::VirtioTransitional) => Transition::Transitional,
                Some(DiskModel::VirtioNonTransitional) => Transition::NonTransitional,
                _ => Transition::Either,
            };
            let driver = guest.virtio_driver("blk", &disk.info, transition);
            match driver.strip_prefix("virtio-") {
                Some(rest) if process => format!("vhost-user-{rest}"),
                _ => driver,
            }
        }
        DiskBus::Ide | DiskBus::Sata => if cdrom { "ide-cd" } else { "ide-hd" }.to_owned(),
        DiskBus::Scsi => match disk.device {
            Some(DiskDevice::Cdrom) => "scsi-cd",
            Some(DiskDevice::Lun) => "scsi-block",
            _ => "scsi-hd",
        }
        .to_owned(),
        DiskBus::Usb if disk.model == Some(DiskModel::UsbBot) => "usb-bot".to_owned(),
        DiskBus::Usb => "usb-storage".to_owned(),
        DiskBus::Fdc => "floppy".to_owned(),
        other => word(other).to_owned(),
    }
}

fn drive_seat(disk: &Disk, guest: &Guest<'_>, bus: DiskBus) -> DriveSeat {
    let Some(place) = drive::of(disk) else {
        return DriveSeat::default();
    };
    let seat = DriveSeat::default();
    match bus {
        DiskBus::Ide => {
            let controller = guest.controller(ControllerKind::Ide, place.controller, "ide");
            DriveSeat {
                controller: Some(format!("{controller}.{}", place.bus)),
                unit: Some(place.unit),
                ..seat
            }
        }
        DiskBus::Sata => {
            let controller = guest.controller(ControllerKind::Sata, place.controller, "sata");
            DriveSeat {
                controller: Some(format!("{controller}.{}", place.unit)),
                ..seat
            }
        }
        DiskBus::Fdc => DriveSeat {
            unit: Some(place.unit),
            ..seat
        },
        DiskBus::Scsi => {
            let controller = guest.controller(ControllerKind::Scsi, place.controller, "scsi");
            let narrow = guest.devices.controllers.iter().any(|c| {
                c.kind == ControllerKind::Scsi
                    && c.index == Some(place.controller)
                    && c.model.as_deref() == Some("lsilogic")
            });
            if narrow {
                let bus = Some(format!("{controller}.{}", place.bus));
                return DriveSeat {
                    controller: bus,
                    scsi_id: Some(place.unit),
                    ..seat
                };
            }
            DriveSeat {
                controller: Some(format!("{controller}.0")),
                channel: Some(place.bus),
                scsi_id: Some(place.target),
                lun: Some(place.unit),
                ..seat
            }
        }
        _ => seat,
    }
}
