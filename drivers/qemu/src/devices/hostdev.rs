//! `<hostdev>`: devices of the host that the guest has.

use documents::domain::{
    Address, GuestReset, HostDev, HostDevSource, MdevSource, PciHostSource, ScsiHostDevSource,
    ScsiProtocol, StartupPolicy, TeamingKind, UsbHostSource, VhostScsiSource,
};
use serde::Serialize;

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::domain::{DomainError, HostDevError};

/// What the start has found or opened for a device of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostAccess {
    /// The generic device file of a SCSI unit: `/dev/sg3`.
    pub scsi_generic: Option<String>,
    /// `/dev/vhost-scsi`, by the number that QEMU sees.
    pub vhost: Option<i32>,
}

/// Everything that QEMU creates for a device of the host. `node` is the number of its block node, where it has one.
pub(crate) fn parts(
    device: &HostDev,
    guest: &Guest<'_>,
    access: &HostAccess,
    node: u32,
) -> Result<Vec<Part>, DomainError> {
    let part = match &device.source {
        _ if device.info.address == Some(Address::Unassigned) => return Ok(Vec::new()),
        HostDevSource::Usb(source) => usb(device, source, guest)?,
        HostDevSource::Pci(source) => pci(device, source, guest)?,
        HostDevSource::Mdev(source) => mediated(device, source, guest)?,
        HostDevSource::ScsiHost(source) => vhost_scsi(device, source, guest, access)?,
        HostDevSource::Scsi(source) => return scsi(device, source, guest, access, node),
        HostDevSource::Storage(_) | HostDevSource::Misc(_) | HostDevSource::Net(_) => {
            return Err(HostDevError::Capabilities.into());
        }
    };
    Ok(vec![part])
}

/// Whether a device takes the number of a block node.
pub(crate) fn has_node(device: &HostDev) -> bool {
    matches!(device.source, HostDevSource::Scsi(_))
}

/// What all kinds have: the name and the place in the boot order.
fn named(properties: Properties, device: &HostDev) -> Properties {
    let boot = device.info.boot.as_ref().map(|boot| boot.order);
    properties
        .set("id", alias(&device.info))
        .optional("bootindex", boot)
}

fn usb(device: &HostDev, source: &UsbHostSource, guest: &Guest<'_>) -> Result<Part, DomainError> {
    let place = source.address.as_ref();
    let place = place.and_then(|place| place.bus.zip(place.device));
    // A device that may be missing leaves its port empty.
    if place.is_none() && source.startup_policy.unwrap_or_default() != StartupPolicy::Optional {
        return Err(HostDevError::NoUsbDevice.into());
    }
    let path = place.map(|(bus, device)| format!("/dev/bus/usb/{bus:03}/{device:03}"));
    let (reset, all) = match source.guest_reset {
        None => (None, None),
        Some(GuestReset::Off) => (Some(false), None),
        Some(GuestReset::Uninitialized) => (Some(true), Some(false)),
        Some(GuestReset::On) => (Some(true), Some(true)),
    };
    let properties = Properties::default().optional("hostdevice", path);
    let part = named(properties, device)
        .optional("guest-reset", reset)
        .optional("guest-resets-all", all)
        .device("usb-host", Virtio::default(), guest.seat(&device.info))?;
    Ok(part)
}

/// A device without a screen before its driver runs can be plugged; one with it can not.
fn vfio_driver(device: &HostDev) -> &'static str {
    if device.ramfb == Some(true) {
        "vfio-pci-nohotplug"
    } else {
        "vfio-pci"
    }
}

/// Whether the screen of a device is shown, in QEMU's words.
fn screen(properties: Properties, device: &HostDev) -> Properties {
    let word = |on: bool| if on { "on" } else { "off" };
    properties
        .optional("display", device.display.map(word))
        .optional("ramfb", device.ramfb)
}

fn pci(device: &HostDev, source: &PciHostSource, guest: &Guest<'_>) -> Result<Part, DomainError> {
    let place = source.address.unwrap_or_default();
    let failover = device
        .teaming
        .as_ref()
        .filter(|it| it.kind == Some(TeamingKind::Transient));
    let failover = failover.and_then(|teaming| teaming.persistent.clone());
    let properties = Properties::default().set("host", place.to_string());
    let part = screen(named(properties, device), device)
        .optional("failover_pair_id", failover)
        .rom(&device.info)
        .device(
            vfio_driver(device),
            Virtio::default(),
            guest.seat(&device.info),
        )?;
    Ok(part)
}

fn mediated(device: &HostDev, source: &MdevSource, guest: &Guest<'_>) -> Result<Part, DomainError> {
    let uuid = source.uuid.ok_or(HostDevError::NoUuid)?;
    let path = format!("/sys/bus/mdev/devices/{uuid}");
    let driver = match device.model.as_deref() {
        Some("vfio-ccw") => "vfio-ccw",
        Some("vfio-ap") => "vfio-ap",
        _ => vfio_driver(device),
    };
    let properties = Properties::default()
        .set("id", alias(&device.info))
        .set("sysfsdev", path);
    let boot = device.info.boot.as_ref().map(|boot| boot.order);
    let part = screen(properties, device)
        .optional("bootindex", boot)
        .device(driver, Virtio::default(), guest.seat(&device.info))?;
    Ok(part)
}

fn vhost_scsi(
    device: &HostDev,
    source: &VhostScsiSource,
    guest: &Guest<'_>,
    access: &HostAccess,
) -> Result<Part, DomainError> {
    let transition = match device.model.as_deref() {
        Some("virtio-transitional") => Transition::Transitional,
        Some("virtio-non-transitional") => Transition::NonTransitional,
        _ => Transition::Either,
    };
    let driver = guest.vhost_driver("scsi", &device.info, transition);
    let part = Properties::default()
        .optional("wwpn", source.wwpn.clone())
        .set("vhostfd", access.vhost.unwrap_or(-1).to_string())
        .set("id", alias(&device.info))
        .device(&driver, Virtio::default(), guest.seat(&device.info))?;
    Ok(part)
}

/// The block node of a SCSI unit of the host.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Unit<'a> {
    driver: &'static str,
    filename: &'a str,
    node_name: &'a str,
    read_only: bool,
}

/// The block node of a unit that is reached by iSCSI.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Iscsi<'a> {
    driver: &'static str,
    portal: String,
    target: &'a str,
    lun: u32,
    transport: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    initiator_name: Option<&'a str>,
    node_name: &'a str,
    read_only: bool,
}

/// The port of iSCSI, and the one of a host that names none.
const ISCSI_PORT: u16 = 3260;

fn scsi(
    device: &HostDev,
    source: &ScsiHostDevSource,
    guest: &Guest<'_>,
    access: &HostAccess,
    node: u32,
) -> Result<Vec<Part>, DomainError> {
    let node = format!("libvirt-{node}-backend");
    let blockdev = if source.protocol.unwrap_or_default() == ScsiProtocol::Iscsi {
        if let Some(auth) = &source.auth {
            let user = auth.username.clone();
            return Err(HostDevError::NoSecret { user }.into());
        }
        let name = source.name.as_deref().ok_or(HostDevError::IscsiName)?;
        let (target, lun) = name.rsplit_once('/').unwrap_or((name, "0"));
        let host = source.hosts.first().ok_or(HostDevError::IscsiHost)?;
        let address = host.name.as_deref().unwrap_or_default();
        let port = host.port.unwrap_or(ISCSI_PORT);
        let portal = if address.contains(':') {
            format!("[{address}]:{port}")
        } else {
            format!("{address}:{port}")
        };
        Part::blockdev(&Iscsi {
            driver: "iscsi",
            portal,
            target,
            lun: lun.parse().unwrap_or_default(),
            transport: "tcp",
            initiator_name: source.initiator.as_ref().and_then(|it| it.iqn.as_deref()),
            node_name: &node,
            read_only: device.readonly,
        })?
    } else {
        let file = access.scsi_generic.as_deref();
        Part::blockdev(&Unit {
            driver: "host_device",
            filename: file.ok_or(HostDevError::NoScsiGeneric)?,
            node_name: &node,
            read_only: device.readonly,
        })?
    };
    let Some(Address::Drive(place)) = device.info.address else {
        return Err(HostDevError::ScsiAddress.into());
    };
    let (bus, wide) = guest.scsi_bus(place.controller);
    let front = Properties::default().set("drive", node);
    let front = named(front, device).set("bus", bus);
    let front = if wide {
        front
            .set("channel", place.bus)
            .set("scsi-id", place.target)
            .set("lun", place.unit)
    } else {
        front.set("scsi-id", place.unit)
    };
    let front = front.device("scsi-generic", Virtio::default(), Seat::default())?;
    Ok(vec![blockdev, front])
}
