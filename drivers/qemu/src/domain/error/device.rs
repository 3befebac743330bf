//! What can be wrong with any other device.

use protocol::error::{Code, Origin};

/// What is wrong with any other device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum DeviceError {
    #[error("{device} model '{model}' is not supported by this QEMU binary")]
    Model { device: &'static str, model: String },
    #[error("{device} of type '{kind}' cannot be on bus '{bus}'")]
    BusForKind {
        device: &'static str,
        kind: &'static str,
        bus: &'static str,
    },
    #[error("Spice audio is not supported without spice graphics")]
    SpiceAudio,
    #[error("domain can only have one watchdog with model '{model}'")]
    SecondWatchdog { model: &'static str },
    #[error("watchdogs with different actions are not supported with this QEMU binary")]
    WatchdogActions,
    #[error("{model} model of watchdog does not support configuring the address")]
    WatchdogAddress { model: &'static str },
    #[error("{model} model of watchdog is allowed for {place} only")]
    WatchdogMachine {
        model: &'static str,
        place: &'static str,
    },
    #[error("no bus of this machine takes {device} model '{model}'")]
    Nowhere {
        device: &'static str,
        model: &'static str,
    },
    #[error("memballoon model '{model}' is not supported by this version of QEMU")]
    Balloon { model: &'static str },
    #[error("sound card model '{model}' is not supported by QEMU")]
    Sound { model: &'static str },
    #[error("{device}: only a device with an address of type 'pci' has a <rom>")]
    Rom { device: &'static str },
    #[error("{device}: a <rom> with enabled='no' has neither bar nor file")]
    RomOff { device: &'static str },
    #[error("{device}: only a device with an address of type 'pci' has an <acpi index='…'/>")]
    AcpiIndex { device: &'static str },
    #[error("CCW addresses are not supported by machine type '{machine}'")]
    Ccw { machine: String },
    #[error("address of type 'unassigned' is supported only for hostdevs")]
    Unassigned,
    #[error("{model} model of watchdog can go only on PCI bus")]
    WatchdogBus { model: &'static str },
    #[error("This QEMU binary doesn't support zPCI")]
    Zpci,
    #[error("boot order '{order}' used for more than one device")]
    DuplicateBootOrder { order: u32 },
    #[error("loadparm '{value}' has from 1 to 8 letters, digits, dots and blanks")]
    LoadParameter { value: String },
    #[error("per-device boot elements cannot be used together with os/boot elements")]
    TwoBootOrders,
    #[error("non unique alias detected: {alias}")]
    DuplicateAlias { alias: String },
    #[error("the {device} needs {what}")]
    Missing {
        device: &'static str,
        what: &'static str,
    },
}

impl DeviceError {
    /// The public error number.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::Missing { .. } => Code::XmlError,
            Self::Nowhere { .. } | Self::Sound { .. } | Self::LoadParameter { .. } => {
                Code::InternalError
            }
            _ => Code::ConfigUnsupported,
        }
    }

    /// The public part of the system that the error comes from.
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::DuplicateBootOrder { .. }
            | Self::LoadParameter { .. }
            | Self::TwoBootOrders
            | Self::Nowhere { .. }
            | Self::Unassigned
            | Self::RomOff { .. }
            | Self::DuplicateAlias { .. } => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}
