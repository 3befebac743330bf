//! Where a device sits, in QEMU's words: the bus's name and the place on it.

use documents::domain::{Address, ControllerKind, DeviceInfo, Devices, PciAddress, VirtioOptions};
use serde::Serialize;

use crate::domain::machine::Family;

/// The properties that place a device.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Seat {
    #[serde(skip_serializing_if = "Option::is_none")]
    bus: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multifunction: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    addr: Option<String>,
    #[serde(rename = "acpi-index", skip_serializing_if = "Option::is_none")]
    acpi_index: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nr: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iobase: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    irq: Option<u32>,
}

/// What all virtio devices take.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Virtio {
    #[serde(skip_serializing_if = "Option::is_none")]
    iommu_platform: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ats: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    packed: Option<bool>,
    #[serde(rename = "page-per-vq", skip_serializing_if = "Option::is_none")]
    page_per_vq: Option<bool>,
}

impl Virtio {
    pub(crate) fn new(options: &VirtioOptions) -> Self {
        Self {
            iommu_platform: options.iommu,
            ats: options.ats,
            packed: options.packed,
            page_per_vq: options.page_per_vq,
        }
    }

    pub(crate) fn optional(options: Option<&VirtioOptions>) -> Self {
        options.map(Self::new).unwrap_or_default()
    }
}

/// The guest around a device: what it needs to be placed and named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guest<'a> {
    /// All devices, with their aliases.
    pub(crate) devices: &'a Devices,
    /// The machine's family.
    pub(crate) family: Family,
}

impl Guest<'_> {
    /// Where the device sits.
    pub(crate) fn seat(&self, info: &DeviceInfo) -> Seat {
        match &info.address {
            Some(Address::Pci(pci)) => Seat {
                acpi_index: info.acpi_index,
                ..self.pci(pci)
            },
            Some(Address::Usb(usb)) => Seat {
                bus: Some(format!(
                    "{}.0",
                    self.controller(ControllerKind::Usb, usb.bus, "usb")
                )),
                port: usb.port.clone(),
                ..Seat::default()
            },
            Some(Address::VirtioSerial(place)) => {
                let alias = self.controller(
                    ControllerKind::VirtioSerial,
                    place.controller,
                    "virtio-serial",
                );
                Seat {
                    bus: Some(format!("{alias}.{}", place.bus)),
                    nr: place.port,
                    ..Seat::default()
                }
            }
            Some(Address::Isa(isa)) => Seat {
                iobase: isa.iobase,
                irq: isa.irq,
                ..Seat::default()
            },
            Some(Address::Ccid(card)) => Seat {
                bus: Some(format!(
                    "{}.0",
                    self.controller(ControllerKind::Ccid, card.controller, "ccid")
                )),
                ..Seat::default()
            },
            _ => Seat::default(),
        }
    }

    fn pci(&self, pci: &PciAddress) -> Seat {
        let bus = match pci.bus {
            0 => self.family.root_bus().to_owned(),
            index => self.controller(ControllerKind::Pci, index, "pci"),
        };
        let addr = match pci.function {
            0 => format!("{:#x}", pci.slot),
            function => format!("{:#x}.{function:#x}", pci.slot),
        };
        Seat {
            bus: Some(bus),
            multifunction: pci.multifunction,
            addr: Some(addr),
            ..Seat::default()
        }
    }

    /// The alias of a controller; without one, the name that it would have.
    pub(crate) fn controller(&self, kind: ControllerKind, index: u32, prefix: &str) -> String {
        let found = self
            .devices
            .controllers
            .iter()
            .find(|c| c.kind == kind && c.index == Some(index) && c.info.master.is_none());
        match found.and_then(|c| c.info.alias.clone()) {
            Some(alias) => alias,
            None if kind == ControllerKind::Usb && index == 0 => prefix.to_owned(),
            None if kind == ControllerKind::Pci => format!("pci.{index}"),
            None => format!("{prefix}{index}"),
        }
    }

    /// The driver's name of a virtio device: how it is attached follows from where it sits.
    pub(crate) fn virtio_driver(
        &self,
        kind: &str,
        info: &DeviceInfo,
        transition: Transition,
    ) -> String {
        attached(&format!("virtio-{kind}"), info, transition)
    }

    /// The same for a virtio device that the kernel or another process serves.
    pub(crate) fn vhost_driver(
        &self,
        kind: &str,
        info: &DeviceInfo,
        transition: Transition,
    ) -> String {
        attached(&format!("vhost-{kind}"), info, transition)
    }

    /// The bus of a SCSI controller, and whether it addresses units by target and LUN.
    pub(crate) fn scsi_bus(&self, index: u32) -> (String, bool) {
        let narrow = self.devices.controllers.iter().any(|c| {
            c.kind == ControllerKind::Scsi
                && c.index == Some(index)
                && c.model.as_deref() == Some("lsilogic")
        });
        let controller = self.controller(ControllerKind::Scsi, index, "scsi");
        (format!("{controller}.0"), !narrow)
    }
}

fn attached(name: &str, info: &DeviceInfo, transition: Transition) -> String {
    match (&info.address, transition) {
        (Some(Address::VirtioMmio), _) => format!("{name}-device"),
        (_, Transition::Either) => format!("{name}-pci"),
        (_, Transition::Transitional) => format!("{name}-pci-transitional"),
        (_, Transition::NonTransitional) => format!("{name}-pci-non-transitional"),
    }
}

/// Whether a virtio device also offers the interface of the time before virtio 1.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transition {
    /// As the bus has it.
    Either,
    /// It does.
    Transitional,
    /// It does not.
    NonTransitional,
}

impl From<documents::domain::VirtioModel> for Transition {
    fn from(model: documents::domain::VirtioModel) -> Self {
        use documents::domain::VirtioModel;
        match model {
            VirtioModel::Virtio => Self::Either,
            VirtioModel::VirtioTransitional => Self::Transitional,
            VirtioModel::VirtioNonTransitional => Self::NonTransitional,
        }
    }
}

/// The alias of a device that has been given one.
pub(crate) fn alias(info: &DeviceInfo) -> String {
    info.alias.clone().unwrap_or_default()
}
