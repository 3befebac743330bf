//! Devices of the host: what a document must say of each kind.

use documents::domain::{
    Address, Devices, DiskBus, HostDev, HostDevSource, NetDriverName, ScsiHostDevSource,
    ScsiProtocol, Sgio, UsbHostSource, VhostScsiSource,
};

use crate::capabilities::Capabilities;
use crate::domain::addresses::drive::{self, ScsiFault};
use crate::domain::completion::hostdev::{card_place, scsi_places};
use crate::domain::error::HostDevError;

pub(super) fn check(devices: &Devices, capabilities: &Capabilities) -> Result<(), HostDevError> {
    let hostdevs = &devices.hostdevs;
    for (at, device) in hostdevs.iter().enumerate() {
        check_kind(device)?;
        if hostdevs.iter().take(at).any(|other| is_same(other, device)) {
            return Err(HostDevError::Duplicate);
        }
    }
    for card in &devices.interfaces {
        if card_place(card).is_some() {
            check_guest_place(card.info.address.as_ref())?;
        }
    }
    check_places(devices)?;
    let screens = !devices.graphics.is_empty();
    for device in hostdevs {
        check_qemu(device, screens, capabilities)?;
    }
    Ok(())
}

/// No two SCSI devices of the host are at the same place, and none where a disk is.
fn check_places(devices: &Devices) -> Result<(), HostDevError> {
    let disks = devices.disks.iter();
    let disks = disks.filter(|disk| disk.target.bus == Some(DiskBus::Scsi));
    let disks: Vec<_> = disks.filter_map(drive::of).collect();
    let units = scsi_places(&devices.hostdevs);
    for (at, place) in units.iter().enumerate() {
        match drive::scsi_fault(place, &devices.controllers) {
            Some(ScsiFault::Bus) => return Err(HostDevError::ScsiBus),
            Some(ScsiFault::Target) => return Err(HostDevError::ScsiTarget),
            None => {}
        }
        if disks.contains(place) {
            return Err(HostDevError::DiskPlace { place: *place });
        }
        if units.iter().take(at).any(|other| other == place) {
            return Err(HostDevError::PlaceTaken { place: *place });
        }
    }
    Ok(())
}

/// Whether two elements name one device.
fn is_same(one: &HostDev, other: &HostDev) -> bool {
    match (&one.source, &other.source) {
        (HostDevSource::Usb(one), HostDevSource::Usb(other)) => {
            one.address == other.address
                && (one.vendor, one.product) == (other.vendor, other.product)
        }
        (HostDevSource::Pci(one), HostDevSource::Pci(other)) => one.address == other.address,
        (HostDevSource::Mdev(one), HostDevSource::Mdev(other)) => one.uuid == other.uuid,
        (HostDevSource::ScsiHost(one), HostDevSource::ScsiHost(other)) => one.wwpn == other.wwpn,
        (HostDevSource::Scsi(one), HostDevSource::Scsi(other)) => {
            one.name == other.name
                && one.hosts == other.hosts
                && one.adapter == other.adapter
                && one.address == other.address
        }
        _ => false,
    }
}

fn check_kind(device: &HostDev) -> Result<(), HostDevError> {
    let scsi = matches!(device.source, HostDevSource::Scsi(_));
    for (what, present) in [
        ("sgio", device.sgio.is_some()),
        ("rawio", device.rawio.is_some()),
    ] {
        if present && !scsi {
            return Err(HostDevError::ScsiOnly { what });
        }
    }
    let address = device.info.address.as_ref();
    match &device.source {
        HostDevSource::Usb(source) => {
            check_usb(source)?;
            match address {
                None | Some(Address::Usb(_)) => Ok(()),
                Some(_) => Err(HostDevError::UsbAddressType),
            }
        }
        HostDevSource::Pci(_) => check_guest_place(address),
        HostDevSource::Scsi(source) => {
            check_scsi(source)?;
            if device.sgio == Some(Sgio::Unfiltered) {
                return Err(HostDevError::Unfiltered);
            }
            match address {
                None | Some(Address::Drive(_)) => Ok(()),
                Some(_) => Err(HostDevError::ScsiAddress),
            }
        }
        HostDevSource::ScsiHost(source) => {
            check_vhost(source)?;
            match address {
                None | Some(Address::Pci(_) | Address::Ccw(_)) => Ok(()),
                Some(_) => Err(HostDevError::ScsiHostAddress),
            }
        }
        HostDevSource::Mdev(_) => {
            let model = device.model.as_deref().unwrap_or_default();
            if model == "vfio-pci" && !matches!(address, None | Some(Address::Pci(_))) {
                return Err(HostDevError::MediatedAddress);
            }
            Ok(())
        }
        HostDevSource::Storage(_) | HostDevSource::Misc(_) | HostDevSource::Net(_) => {
            Err(HostDevError::Capabilities)
        }
    }
}

/// Where a guest finds a PCI device, if it is to find it.
fn check_guest_place(address: Option<&Address>) -> Result<(), HostDevError> {
    match address {
        None | Some(Address::Pci(_) | Address::Unassigned) => Ok(()),
        Some(_) => Err(HostDevError::PciAddressType),
    }
}

fn check_usb(source: &UsbHostSource) -> Result<(), HostDevError> {
    match (source.vendor, source.product) {
        (Some(0), _) => return Err(HostDevError::UsbVendor),
        (Some(_), None) => return Err(HostDevError::UsbMissing { what: "product" }),
        (None, Some(_)) => return Err(HostDevError::UsbMissing { what: "vendor" }),
        _ => {}
    }
    Ok(())
}

fn check_scsi(source: &ScsiHostDevSource) -> Result<(), HostDevError> {
    if source.protocol.unwrap_or_default() == ScsiProtocol::Iscsi {
        if source.name.is_none() {
            return Err(HostDevError::IscsiName);
        }
        return Ok(());
    }
    if source.address.is_none() {
        return Err(HostDevError::NoScsiPlace);
    }
    source
        .adapter
        .as_ref()
        .map(drop)
        .ok_or(HostDevError::NoAdapter)
}

/// A port's name is 16 hexadecimal digits behind `naa.`.
fn check_vhost(source: &VhostScsiSource) -> Result<(), HostDevError> {
    let name = source.wwpn.as_deref().ok_or(HostDevError::NoWwpn)?;
    let digits = name.strip_prefix("naa.").ok_or(HostDevError::Wwpn)?;
    let valid = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if valid {
        Ok(())
    } else {
        Err(HostDevError::Wwpn)
    }
}

fn check_qemu(
    device: &HostDev,
    screens: bool,
    capabilities: &Capabilities,
) -> Result<(), HostDevError> {
    match &device.source {
        HostDevSource::Pci(source) => {
            if source.write_filtering.is_some() {
                return Err(HostDevError::WriteFiltering);
            }
            if device.display == Some(true) && !screens {
                return Err(HostDevError::Display);
            }
            Ok(())
        }
        HostDevSource::Mdev(_) => {
            let (driver, kind) = match device.model.as_deref() {
                Some("vfio-ccw") => ("vfio-ccw", "CCW"),
                Some("vfio-ap") => ("vfio-ap", "AP"),
                _ => ("vfio-pci", "PCI"),
            };
            if !capabilities.has_device(driver) {
                return Err(HostDevError::Mediated { kind });
            }
            if device.display == Some(true) && !screens {
                return Err(HostDevError::Display);
            }
            match device.info.boot {
                Some(_) => Err(HostDevError::MediatedBoot { driver }),
                None => Ok(()),
            }
        }
        HostDevSource::ScsiHost(_) if device.info.boot.is_some() => Err(HostDevError::VhostBoot),
        _ => Ok(()),
    }
}

/// The driver by which QEMU gets at a PCI device: there is one.
///
/// # Errors
/// When the document names another, or none and the host has none.
pub(crate) fn pci_driver(device: &HostDev, has_vfio: bool) -> Result<(), HostDevError> {
    match device.driver.as_ref().and_then(|driver| driver.name) {
        Some(NetDriverName::Vfio) => Ok(()),
        None if has_vfio => Ok(()),
        None => Err(HostDevError::NoVfio),
        Some(other) => Err(HostDevError::PciDriver {
            driver: crate::domain::completion::os::word(other),
        }),
    }
}
