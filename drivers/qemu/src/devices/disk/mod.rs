//! `<disk>`: the nodes of the block graph and the device in front of them.

use documents::domain::{
    Address, CacheMode, ControllerKind, DetectZeroes, Discard, Disk, DiskBus, DiskDevice,
    DiskDriver, DiskFormat, DiskModel, DiskSource, ErrorPolicy, IoMode,
};
use serde::Serialize;

use super::image::{Chain, Format, Layer};
use super::part::Part;
use super::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::domain::addresses::drive;
use crate::domain::completion::os::word;
use crate::domain::completion::{source_is_empty, source_path};
use crate::domain::{DiskError, DomainError};

/// What the start knows of a disk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    /// The number that its nodes have; those of the images behind it count on from there.
    pub(crate) node: u32,
    /// The images behind it; nothing when nobody looked.
    pub(crate) chain: Option<&'a Chain>,
    /// Its place in the boot order.
    pub(crate) boot: Option<u32>,
}

/// The node that reads and writes a file or device.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Storage<'a> {
    driver: &'static str,
    filename: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    aio: Option<&'static str>,
    node_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_read_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detect_zeroes: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<Cache>,
}

/// The node that understands an image format.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Image {
    node_name: String,
    read_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detect_zeroes: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<Cache>,
    driver: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard_no_unref: Option<bool>,
    file: String,
    /// `null` says that there is nothing behind it, whatever the image says.
    #[serde(skip_serializing_if = "Option::is_none")]
    backing: Option<Option<String>>,
}

/// How the host's page cache is used.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Cache {
    direct: bool,
    no_flush: bool,
}

/// The device that the guest sees.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Device {
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
    wwn: Option<u64>,
    #[serde(rename = "rotation_rate", skip_serializing_if = "Option::is_none")]
    rotation_rate: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    werror: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rerror: Option<&'static str>,
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

/// How many node numbers a disk takes: its own image's and one for each image behind it.
pub(crate) fn node_count(facts: &Facts<'_>) -> u32 {
    let behind = facts.chain.map_or(0, Vec::len);
    1 + u32::try_from(behind).unwrap_or(u32::MAX - 1)
}

/// Everything that QEMU creates for a disk.
pub(crate) fn parts(
    disk: &Disk,
    guest: &Guest<'_>,
    facts: &Facts<'_>,
) -> Result<Vec<Part>, DomainError> {
    refuse_unsupported(disk)?;
    let mut parts = Vec::new();
    let node = if source_is_empty(&disk.source) {
        None
    } else {
        Some(nodes(disk, facts, &mut parts)?)
    };
    if disk.target.bus == Some(DiskBus::Fdc) && facts.boot.is_some() {
        // The controller of floppy disks is built in and takes the boot order itself.
        let letter = if drive::of(disk).is_some_and(|place| place.unit == 1) {
            'B'
        } else {
            'A'
        };
        let order = facts.boot.unwrap_or_default();
        parts.push(Part::option(
            "global",
            format!("isa-fdc.bootindex{letter}={order}"),
        ));
    }
    parts.push(Part::device(&device(disk, guest, facts, node))?);
    Ok(parts)
}

fn target(disk: &Disk) -> String {
    disk.target.dev.clone().unwrap_or_default()
}

/// What the document may say and this driver cannot do yet.
fn refuse_unsupported(disk: &Disk) -> Result<(), DiskError> {
    let target = || target(disk);
    let element = |element| {
        Err(DiskError::Element {
            element,
            target: target(),
        })
    };
    let driver = disk.driver.as_deref();
    if let Some(driver) = driver.and_then(|driver| driver.name.as_deref())
        && driver != "qemu"
    {
        return Err(DiskError::Driver {
            driver: driver.to_owned(),
            target: target(),
        });
    }
    let kind = match &disk.source {
        DiskSource::File(_) | DiskSource::Block(_) => None,
        DiskSource::Dir(_) => Some("dir"),
        DiskSource::Network(_) => Some("network"),
        DiskSource::Volume(_) => Some("volume"),
        DiskSource::Nvme(_) => Some("nvme"),
        DiskSource::VhostUser(_) => Some("vhostuser"),
        DiskSource::VhostVdpa(_) => Some("vhostvdpa"),
    };
    if let Some(kind) = kind {
        return Err(DiskError::SourceType {
            kind,
            target: target(),
        });
    }
    let common = match &disk.source {
        DiskSource::File(file) => Some(&file.common),
        DiskSource::Block(block) => Some(&block.common),
        _ => None,
    };
    if disk.device == Some(DiskDevice::Lun) {
        return element("disk device='lun'");
    }
    if let Some(common) = common {
        if !common.slices.is_empty() {
            return element("slices");
        }
        if common.encryption.is_some() {
            return element("encryption");
        }
        if common.reservations.is_some() {
            return element("reservations");
        }
    }
    if disk.encryption.is_some() {
        return element("encryption");
    }
    if disk.iotune.is_some() {
        return element("iotune");
    }
    if !disk.throttlefilters.is_empty() {
        return element("throttlefilters");
    }
    if disk.transient.is_some() {
        return element("transient");
    }
    if disk
        .backing_store
        .as_ref()
        .is_some_and(|b| !matches!(b.source, documents::domain::BackingSource::End))
    {
        return element("backingStore");
    }
    if disk.mirror.is_some() {
        return element("mirror");
    }
    if driver.and_then(|driver| driver.copy_on_read) == Some(true) {
        return element("driver copy_on_read");
    }
    if driver.is_some_and(|driver| !driver.iothreads.is_empty()) {
        return element("driver iothreads");
    }
    if driver.is_some_and(|driver| driver.metadata_cache.is_some()) {
        return element("metadata_cache");
    }
    Ok(())
}

/// Adds the nodes of the disk's image and of those behind it; returns the name of the one that the device uses.
fn nodes(disk: &Disk, facts: &Facts<'_>, parts: &mut Vec<Part>) -> Result<String, DomainError> {
    let driver = disk.driver.as_deref();
    let format = driver.and_then(|driver| driver.format).unwrap_or_default();
    let path = source_path(&disk.source).unwrap_or_default();
    let protocol = protocol(matches!(disk.source, DiskSource::Block(_)), disk.device);
    let aio = driver.and_then(|driver| driver.io).map(aio);
    let cache = cache_mode(disk).and_then(cache);
    let discard = driver.and_then(|driver| driver.discard).map(discard);
    let detect_zeroes = driver.and_then(detect_zeroes);
    let storage = format!("libvirt-{}-storage", facts.node);
    if format == DiskFormat::Raw {
        parts.push(Part::blockdev(&Storage {
            driver: protocol,
            filename: path,
            aio,
            node_name: storage.clone(),
            read_only: Some(disk.readonly),
            auto_read_only: None,
            discard,
            detect_zeroes,
            cache,
        })?);
        return Ok(storage);
    }
    let format = image_driver(format).ok_or_else(|| DiskError::Format {
        format: word(format),
        target: target(disk),
    })?;
    let backing = layers(facts, parts)?;
    parts.push(Part::blockdev(&Storage {
        driver: protocol,
        filename: path,
        aio,
        node_name: storage.clone(),
        read_only: None,
        auto_read_only: Some(true),
        discard: Some("unmap"),
        detect_zeroes: None,
        cache,
    })?);
    let node_name = format!("libvirt-{}-format", facts.node);
    parts.push(Part::blockdev(&Image {
        node_name: node_name.clone(),
        read_only: disk.readonly,
        discard,
        detect_zeroes,
        cache,
        driver: format,
        discard_no_unref: driver.and_then(|driver| driver.discard_no_unref),
        file: storage,
        backing: (format == "qcow2").then_some(backing).flatten(),
    })?);
    Ok(node_name)
}

/// Adds the nodes of the images behind a disk, the last one first; returns what the disk's own image refers to.
fn layers(facts: &Facts<'_>, parts: &mut Vec<Part>) -> Result<Option<Option<String>>, DomainError> {
    let Some(chain) = facts.chain else {
        return Ok(None);
    };
    let mut behind: Option<String> = None;
    for (number, layer) in (1..).zip(chain).collect::<Vec<_>>().into_iter().rev() {
        behind = Some(add_layer(
            layer,
            facts.node.saturating_add(number),
            behind,
            parts,
        )?);
    }
    Ok(Some(behind))
}

fn add_layer(
    layer: &Layer,
    number: u32,
    behind: Option<String>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let storage = format!("libvirt-{number}-storage");
    let filename = layer.path.to_string_lossy();
    let raw = layer.format == Format::Raw;
    parts.push(Part::blockdev(&Storage {
        driver: protocol(layer.block, None),
        filename: &filename,
        aio: None,
        node_name: storage.clone(),
        read_only: raw.then_some(true),
        auto_read_only: (!raw).then_some(true),
        discard: (!raw).then_some("unmap"),
        detect_zeroes: None,
        cache: None,
    })?);
    if raw {
        return Ok(storage);
    }
    let node_name = format!("libvirt-{number}-format");
    parts.push(Part::blockdev(&Image {
        node_name: node_name.clone(),
        read_only: true,
        discard: None,
        detect_zeroes: None,
        cache: None,
        driver: layer.format.name(),
        discard_no_unref: None,
        file: storage,
        backing: Some(behind),
    })?);
    Ok(node_name)
}

fn protocol(block: bool, device: Option<DiskDevice>) -> &'static str {
    match (block, device) {
        (true, Some(DiskDevice::Cdrom)) => "host_cdrom",
        (true, _) => "host_device",
        (false, _) => "file",
    }
}

/// QEMU's driver for an image format, other than raw.
fn image_driver(format: DiskFormat) -> Option<&'static str> {
    match format {
        DiskFormat::Qcow2 => Some("qcow2"),
        DiskFormat::Qcow => Some("qcow"),
        DiskFormat::Qed => Some("qed"),
        DiskFormat::Vmdk => Some("vmdk"),
        DiskFormat::Vpc => Some("vpc"),
        DiskFormat::Vdi => Some("vdi"),
        DiskFormat::Vhdx => Some("vhdx"),
        DiskFormat::Bochs => Some("bochs"),
        DiskFormat::Cloop => Some("cloop"),
        DiskFormat::Dmg => Some("dmg"),
        _ => None,
    }
}

fn aio(mode: IoMode) -> &'static str {
    match mode {
        IoMode::Native => "native",
        IoMode::Threads => "threads",
        IoMode::IoUring => "io_uring",
    }
}

/// A disk that others write too is not cached, or they would see old data.
fn cache_mode(disk: &Disk) -> Option<CacheMode> {
    let mode = disk
        .driver
        .as_ref()
        .and_then(|driver| driver.cache)
        .filter(|mode| *mode != CacheMode::Default);
    let shared = disk.shareable && !disk.readonly;
    mode.or_else(|| shared.then_some(CacheMode::None))
}

fn cache(mode: CacheMode) -> Option<Cache> {
    let cache = |direct, no_flush| Some(Cache { direct, no_flush });
    match mode {
        CacheMode::Default => None,
        CacheMode::None | CacheMode::Directsync => cache(true, false),
        CacheMode::Writethrough | CacheMode::Writeback => cache(false, false),
        CacheMode::Unsafe => cache(false, true),
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

fn discard(mode: Discard) -> &'static str {
    match mode {
        Discard::Unmap => "unmap",
        Discard::Ignore => "ignore",
    }
}

/// Zeroes can only be unmapped where unmapping is allowed.
fn detect_zeroes(driver: &DiskDriver) -> Option<&'static str> {
    Some(match driver.detect_zeroes? {
        DetectZeroes::Off => "off",
        DetectZeroes::Unmap if driver.discard == Some(Discard::Unmap) => "unmap",
        DetectZeroes::On | DetectZeroes::Unmap => "on",
    })
}

fn policy(policy: ErrorPolicy) -> &'static str {
    match policy {
        ErrorPolicy::Stop => "stop",
        ErrorPolicy::Report => "report",
        ErrorPolicy::Ignore => "ignore",
        ErrorPolicy::Enospace => "enospc",
    }
}

fn device(disk: &Disk, guest: &Guest<'_>, facts: &Facts<'_>, node: Option<String>) -> Device {
    let driver = disk.driver.as_deref();
    let bus = disk.target.bus.unwrap_or_default();
    let id = alias(&disk.info);
    let write = disk.error_policy(false);
    let geometry = disk.geometry.as_ref();
    let has_wwn = disk
        .wwn
        .as_deref()
        .and_then(|wwn| u64::from_str_radix(wwn.trim_start_matches("0x"), 16).ok());
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
        seat: if matches!(disk.info.address, Some(Address::Drive(_))) {
            Seat::default()
        } else {
            guest.seat(&disk.info)
        },
        drive: drive_seat(disk, guest, bus),
        device_id: (bus == DiskBus::Scsi)
            .then(|| disk.serial.clone().unwrap_or_else(|| format!("drive-{id}"))),
        share_rw: disk.shareable.then_some(true),
        logical_block_size: disk.blockio.as_ref().and_then(|io| io.logical_block_size),
        physical_block_size: disk.blockio.as_ref().and_then(|io| io.physical_block_size),
        discard_granularity: disk.blockio.as_ref().and_then(|io| io.discard_granularity),
        node,
        bootindex: facts.boot.filter(|_| bus != DiskBus::Fdc),
        removable: disk.target.removable.filter(|_| bus == DiskBus::Usb),
        write_cache: cache_mode(disk)
            .filter(|_| disk.device != Some(DiskDevice::Cdrom) && bus != DiskBus::Fdc)
            .and_then(write_cache),
        cyls: geometry.map(|geometry| geometry.cyls),
        heads: geometry.map(|geometry| geometry.heads),
        secs: geometry.map(|geometry| geometry.secs),
        wwn: has_wwn,
        rotation_rate: disk.target.rotation_rate,
        vendor: disk.vendor.clone(),
        product: disk.product.clone(),
        serial: disk.serial.clone(),
        werror: write,
        rerror: disk.error_policy(true),
        id,
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

fn device_driver(disk: &Disk, guest: &Guest<'_>, bus: DiskBus) -> String {
    let cdrom = disk.device == Some(DiskDevice::Cdrom);
    match bus {
        DiskBus::Virtio => {
            let transition = match disk.model {
                Some(DiskModel::VirtioTransitional) => Transition::Transitional,
                Some(DiskModel::VirtioNonTransitional) => Transition::NonTransitional,
                _ => Transition::Either,
            };
            guest.virtio_driver("blk", &disk.info, transition)
        }
        DiskBus::Ide | DiskBus::Sata => if cdrom { "ide-cd" } else { "ide-hd" }.to_owned(),
        DiskBus::Scsi => if cdrom { "scsi-cd" } else { "scsi-hd" }.to_owned(),
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
