//! What can be wrong with a controller.

use protocol::error::{Code, Origin};

use crate::domain::checks::QueueMapFault;

/// What is wrong with a controller.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum ControllerError {
    #[error("pci-root and pcie-root controllers should have index 0")]
    RootIndex,
    #[error(
        "The PCI controller with index='0' must be model='{needed}' for this machine type, but model='{found}' was found instead"
    )]
    WrongRoot { needed: &'static str, found: String },
    #[error("the index {index} of a controller is at most 2147483647")]
    Index { index: u32 },
    #[error("Multiple '{kind}' controllers with index '{index}'")]
    Duplicate { kind: &'static str, index: u32 },
    #[error("controller model '{model}' of type '{kind}' is not supported by this QEMU binary")]
    Model { kind: &'static str, model: String },
    #[error("'{model}' controller only supports up to '15' ports")]
    UsbPorts { model: &'static str },
    #[error("No master USB controller specified")]
    NoMaster,
    #[error(
        "Can't add a USB device. USB bus is disabled for this domain: remove the controller of model 'none'"
    )]
    UsbDisabled,
    #[error("Can't add another USB controller: USB is disabled for this domain")]
    UsbExcluded,
    #[error("Can't add USB hub: USB is disabled for this domain")]
    HubWithoutUsb,
    #[error("USB bus {bus} requested but no controller with that index is present")]
    NoUsbBus { bus: u32 },
    #[error("USB is disabled for this domain, but USB devices are present in the domain XML")]
    UsbOff,
    #[error("Setting the 64-bit PCI hole size is not supported for machine '{machine}'")]
    PciHole { machine: String },
    #[error("No free USB ports")]
    NoUsbPorts,
    #[error("USB port {port} of bus {bus} is taken twice or does not exist")]
    UsbPort { bus: u32, port: String },
    #[error("No free virtio serial port: add a controller or raise its ports")]
    NoSerialPort,
    #[error("Unknown model type '{model}'")]
    UnknownModel { model: String },
    #[error("PCI controller model was not set correctly: name it")]
    NoModel,
    #[error("Cannot automatically add a new PCI bus for a device: controller type='{kind}'")]
    Nowhere { kind: &'static str },
    #[error("PCI controller {name} '{value}' out of range - must be {least}-{most}")]
    OptionRange {
        name: &'static str,
        value: u32,
        least: u32,
        most: u32,
    },
    #[error(
        "Option '{option}' is not valid for PCI controller with index '{index}', model '{model}' and modelName '{name}'"
    )]
    Option {
        option: &'static str,
        index: u32,
        model: String,
        name: String,
    },
    #[error(
        "{model} with index {index} is configured for a NUMA node ({node}) not present in the domain's <cpu><numa> array ({cells})"
    )]
    ExpanderNode {
        model: String,
        index: u32,
        node: u32,
        cells: usize,
    },
    #[error("{model} controllers are not supported with this machine type")]
    Expander { model: &'static str },
    #[error("pci-expander-bus controllers are only supported on 440fx-based machinetypes")]
    PciExpander,
    #[error("pci-root and pcie-root controllers should not have an address")]
    RootAddress,
    #[error("IDE controllers are unsupported for this QEMU binary or machine type")]
    Ide,
    #[error("Only a single IDE controller is supported for this machine type")]
    SecondIde,
    #[error("USB controller model type 'qusb1' or 'qusb2' is not supported in qemu")]
    Qusb,
    #[error("Unsupported controller model: {model}")]
    ScsiModel { model: &'static str },
    #[error("ncr53c90 SCSI controller is not a built-in for this machine")]
    NotBuiltIn,
    #[error("'{option}' is only supported by virtio-scsi controller")]
    VirtioScsiOnly { option: &'static str },
    #[error("'iothread' attribute only supported for virtio scsi controllers")]
    ThreadModel,
    #[error("iothreads are supported only by 'virtio-scsi' controllers")]
    ThreadsModel,
    #[error(
        "controller driver 'iothread' attribute can't be used together with 'iothreads' subelement"
    )]
    TwoThreads,
    #[error("{0}")]
    QueueMap(QueueMapFault),
    #[error("no PCI controller has the model name '{name}'")]
    UnknownName { name: String },
    #[error(
        "the PCI controller with index '{index}' of model '{model}' cannot be a '{name}': leave <model name='…'/> out"
    )]
    Name {
        name: String,
        index: u32,
        model: String,
    },
    #[error("controller iothread '{id}' not defined in iothreadid")]
    NoIoThread { id: u32 },
}

impl ControllerError {
    /// The public error number.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::NoMaster | Self::UsbExcluded => Code::XmlDetail,
            Self::NoUsbPorts | Self::NoModel | Self::Nowhere { .. } => Code::InternalError,
            Self::RootIndex
            | Self::UnknownName { .. }
            | Self::Index { .. }
            | Self::ThreadModel
            | Self::TwoThreads
            | Self::ExpanderNode { .. }
            | Self::WrongRoot { .. }
            | Self::Duplicate { .. }
            | Self::NoUsbBus { .. }
            | Self::NoSerialPort
            | Self::UsbPort { .. } => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }

    /// The public part of the system that the error comes from.
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::UnknownName { .. } | Self::Index { .. } => Origin::Xml,
            Self::Duplicate { .. }
            | Self::UnknownModel { .. }
            | Self::NoModel
            | Self::Nowhere { .. }
            | Self::OptionRange { .. }
            | Self::RootAddress
            | Self::ThreadModel
            | Self::ThreadsModel
            | Self::TwoThreads
            | Self::NoMaster
            | Self::NoUsbPorts
            | Self::NoSerialPort
            | Self::UsbDisabled
            | Self::UsbExcluded
            | Self::HubWithoutUsb
            | Self::NoUsbBus { .. }
            | Self::UsbPort { .. } => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}
