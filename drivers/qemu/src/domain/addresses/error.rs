//! What can be wrong with a device address.

use protocol::error::{Code, Origin};

use super::pci::Place;

/// Why a device cannot have the address that it names, or none could be found for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // The fields are those of the message.
pub enum AddressError {
    /// The guest has no PCI bus.
    #[error("No PCI buses available")]
    NoBus { from_document: bool },
    /// A PCI domain other than 0.
    #[error("Invalid PCI address {address}. Only PCI domain 0 is available")]
    Domain { address: String },
    /// The bus does not exist.
    #[error("Invalid PCI address {place}. Only PCI buses up to {last} are available")]
    BusRange { place: Place, last: u32 },
    /// The slot does not exist on its bus.
    #[error(
        "Invalid PCI address {place}. slot must be {}",
        if place.slot < *first { format!(">= {first}") } else { format!("<= {last}") }
    )]
    SlotRange { place: Place, first: u32, last: u32 },
    /// No bus whatever has such a place.
    #[error("Invalid PCI address {part}='{value:#x}', must be <= {most:#X}")]
    PciPart {
        part: &'static str,
        value: u32,
        most: u32,
    },
    /// The bus takes other things.
    #[error(
        "The device at PCI address {place} cannot be plugged into the PCI controller with index='{}'. \
         It requires a controller that accepts a {needs}.",
        place.bus
    )]
    WrongBus {
        place: Place,
        needs: &'static str,
        from_document: bool,
    },
    /// What the document says is no port.
    #[error("Cannot parse <address> 'port' attribute '{port}': write at most four numbers, as 1.2")]
    UsbPort { port: String },
    /// What is a part of the chipset is said to be elsewhere.
    #[error("The device at PCI address {place} needs to be an integrated device (bus=0)")]
    NotIntegrated { place: Place },
    /// Two devices name the same place.
    #[error("Attempted double use of PCI Address {place}")]
    InUse { place: Place, from_document: bool },
    /// A function of the chipset is said to be elsewhere.
    #[error("a built-in controller must have PCI address {place}: leave its address out")]
    BuiltIn { place: Place },
    /// A bridge sits behind itself.
    #[error(
        "PCI controller at index {index} (0x{index:02x}) has bus='0x{bus:02x}', but index must be larger than bus"
    )]
    BridgeOrder { index: u32, bus: u32 },
    /// All numbers below those of the expander buses are used.
    #[error(
        "No free busNr lower than current lowest busNr is available: give the expander bus a busNr"
    )]
    NoBusNumber,
    /// All slots are taken and no bus may be added.
    #[error("No more available PCI slots")]
    NoMoreSlots,
    /// A controller needs a bus that nobody adds by itself.
    #[error(
        "a PCI slot is needed to connect a PCI controller model='{device}', but none is available, \
         and it cannot be automatically added"
    )]
    CannotAddBus { device: &'static str },
}

impl AddressError {
    /// The public error number and origin.
    pub(crate) fn public(&self) -> (Code, Origin) {
        match self {
            Self::NoBus { from_document }
            | Self::WrongBus { from_document, .. }
            | Self::InUse { from_document, .. } => match from_document {
                true => (Code::XmlError, Origin::Domain),
                false => (Code::InternalError, Origin::Domain),
            },
            Self::Domain { .. }
            | Self::BusRange { .. }
            | Self::SlotRange { .. }
            | Self::NotIntegrated { .. } => (Code::XmlError, Origin::Domain),
            Self::PciPart { .. } => (Code::XmlError, Origin::None),
            Self::NoMoreSlots | Self::CannotAddBus { .. } => (Code::InternalError, Origin::Domain),
            Self::UsbPort { .. } => (Code::InternalError, Origin::Device),
            Self::BuiltIn { .. } => (Code::InternalError, Origin::Qemu),
            Self::BridgeOrder { .. } | Self::NoBusNumber => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }
}
