//! What can be wrong with a character device.

use protocol::error::{Code, Origin};

/// What is wrong with a character device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum CharacterError {
    #[error("chardev '{backend}' not supported without spice graphics")]
    NeedsSpice { backend: &'static str },
    #[error("Only the first console can be a serial port")]
    SecondSerialConsole,
    #[error("Missing source {what} attribute for char device")]
    Missing { what: &'static str },
    #[error("Missing source channel attribute for char device")]
    NoChannel,
    #[error("Missing required attribute 'timeout' in element 'reconnect'")]
    NoReconnectTimeout,
    #[error("chardev reconnect is possible only for connect mode")]
    ReconnectBind,
    #[error("a character device has at most two <source> elements")]
    UdpEnds,
    #[error("'{protocol}' is nothing that TCP carries: raw, telnet, telnets or tls")]
    UnknownProtocol { protocol: String },
    #[error("Maximum supported number of ISA serial ports is '{most}'")]
    IsaPorts { most: u32 },
    #[error("target port '{port}' already allocated")]
    IsaPortTaken { port: u32 },
    #[error("Cannot parse socket address '{address}': write an IPv4 address")]
    ForwardAddressForm { address: String },
    #[error("virtio serial controller {controller} does not have port {port}")]
    NoSerialPort { controller: u32, port: u32 },
    #[error("chardev reconnect source timeout cannot be '0'")]
    ReconnectZero,
    #[error("spicevmc device type only supports virtio")]
    SpicevmcTarget,
    #[error("Missing required attribute 'port' in element 'target'")]
    NoForwardPort,
    #[error("guestfwd channel does not define a target address")]
    NoForwardAddress,
    #[error("guestfwd channel only supports IPv4 addresses")]
    ForwardAddress,
    #[error("{target} requires address of {place} type")]
    SerialAddress {
        target: &'static str,
        place: &'static str,
    },
    #[error("virtio serial controller {controller} is missing")]
    NoSerialController { controller: u32 },
    #[error("usb-serial requires address of usb type")]
    UsbSerialAddress,
    #[error("Target model '{model}' requires target type '{target}'")]
    SerialModel {
        model: &'static str,
        target: &'static str,
    },
    #[error(
        "Serial device with target type '{target}' and target model '{model}' not compatible with guest architecture or machine type"
    )]
    SerialMachine {
        target: &'static str,
        model: &'static str,
    },
    #[error("Invalid target model for serial device")]
    NoSerialModel,
    #[error("{console} is not supported in this QEMU binary")]
    NoSclp { console: &'static str },
    #[error("unsupported console target type {target}")]
    ConsoleTarget { target: &'static str },
    #[error("tcp chardev protocol '{protocol}' not supported")]
    Protocol { protocol: &'static str },
    #[error("virtio serial port {port} on controller {controller} is already occupied")]
    PortTaken { controller: u32, port: u32 },
    #[error("unsupported chardev '{backend}'")]
    Backend { backend: &'static str },
    #[error("{device} with target type '{target}' is not supported by this driver yet")]
    Target {
        device: &'static str,
        target: &'static str,
    },
    #[error("{device} '{backend}' needs a path")]
    NoPath {
        device: &'static str,
        backend: &'static str,
    },
    #[error("{device} '{backend}' needs a host and a service")]
    NoHost {
        device: &'static str,
        backend: &'static str,
    },
    #[error("target type '{target}' of {device} is of no use in this machine")]
    Machine {
        device: &'static str,
        target: &'static str,
    },
}

impl CharacterError {
    /// The public error number.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::Missing { .. }
            | Self::ReconnectBind
            | Self::IsaPorts { .. }
            | Self::IsaPortTaken { .. }
            | Self::NoSerialModel => Code::InternalError,
            Self::ForwardAddressForm { .. } => Code::SystemError,
            Self::NoReconnectTimeout
            | Self::NoForwardPort
            | Self::NoForwardAddress
            | Self::UdpEnds
            | Self::UnknownProtocol { .. }
            | Self::NoSerialController { .. }
            | Self::NoSerialPort { .. }
            | Self::PortTaken { .. } => Code::XmlError,
            Self::ReconnectZero => Code::InvalidArg,
            _ => Code::ConfigUnsupported,
        }
    }

    /// The public part of the system that the error comes from.
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::NoReconnectTimeout | Self::NoForwardPort | Self::UnknownProtocol { .. } => {
                Origin::Xml
            }
            Self::ForwardAddressForm { .. } => Origin::None,
            Self::Missing { .. }
            | Self::NoChannel
            | Self::ReconnectBind
            | Self::UdpEnds
            | Self::SpicevmcTarget
            | Self::NoForwardAddress
            | Self::ForwardAddress
            | Self::UsbSerialAddress
            | Self::NoSerialController { .. }
            | Self::NoSerialPort { .. }
            | Self::IsaPorts { .. }
            | Self::IsaPortTaken { .. }
            | Self::SecondSerialConsole
            | Self::PortTaken { .. } => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}
