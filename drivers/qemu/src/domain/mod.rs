//! From a domain's document to what QEMU can run: `Document → Completed → Checked → Live`.
//!
//! Each step is a pure function and each stage a type, so that none can be left out.

use documents::domain::{Domain, DomainKind, PciAddress};
use documents::{MacAddress, Uuid};
use driver::Layout;

use crate::capabilities::Capabilities;
use crate::firmware::Firmware;

pub mod abi;
pub(crate) mod addresses;
mod align;
pub(crate) mod checks;
pub(crate) mod completion;
pub mod cpu;
pub(crate) mod cpu_list;
pub(crate) mod disk_limits;
pub(crate) mod disk_name;
pub(crate) mod error;
mod ids;
pub(crate) mod images;
pub(crate) mod ip_address;
mod live;
pub(crate) mod machine;
mod portable;
mod repeated;
pub(crate) mod rules;

pub use addresses::AddressError;
pub use checks::{QueueMapFault, check};
pub(crate) use completion::is_passt;
pub use completion::{complete, emulator};
pub use error::{
    CharacterError, ClientDeviceError, ClockError, ControllerError, CpuError, DeviceError,
    DiskError, DiskRule, DisplayError, DomainError, FeatureError, FilesystemError, FirmwareError,
    HostDevError, InputError, InterfaceError, InterfaceRule, ListError, MachineError,
    MemoryDeviceError, MemoryError, NamespaceError, NumaError, PlatformDeviceError, SecurityError,
    TeamingError, TpmError, TuningError, VcpusError,
};
pub use ids::RandomIds;
pub use images::{Chains, attach, images};
pub(crate) use live::bus_socket_path;
pub use live::{Live, PortUse, Start, directory_name, live};
pub(crate) use portable::implied_last;

/// What completion needs to know beyond the document.
#[derive(Debug)]
pub struct Context<'a> {
    /// What the document's emulator can do.
    pub capabilities: &'a Capabilities,
    /// Where identities that the document leaves out come from.
    pub ids: &'a dyn Ids,
    /// What the host has for documents to use.
    pub host: &'a dyn Host,
}

/// The host, as far as documents are completed by what it has.
pub trait Host: std::fmt::Debug + Send + Sync {
    /// Where the driver keeps its own files.
    fn layout(&self) -> Layout;
    /// The firmware that is installed, in the order in which it is preferred.
    fn firmware(&self) -> Vec<Firmware>;
    /// How many bits an address of the host's memory has, where that is known.
    fn address_bits(&self) -> Option<u32>;
    /// Whether the host has a PCI device at this address that knows no PCI Express.
    fn is_conventional(&self, address: &PciAddress) -> bool;
}

/// A source of identities.
pub trait Ids: std::fmt::Debug + Send + Sync {
    /// A UUID that no other guest has.
    fn uuid(&self) -> Uuid;
    /// A hardware address that no other interface has.
    fn mac(&self) -> MacAddress;
}

/// A document with everything filled in that it left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Completed(Domain);

/// A completed document that this driver and this QEMU can run.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Domain);

impl Completed {
    /// The document with its defaults, aliases, addresses and controllers.
    pub fn document(&self) -> &Domain {
        &self.0
    }
}

impl Checked {
    /// The completed document.
    pub fn document(&self) -> &Domain {
        &self.0
    }

    /// The document, taken out.
    pub fn into_document(self) -> Domain {
        self.0
    }
}

/// The kind of guest with this name in documents.
pub fn kind_from_name(name: &str) -> Option<DomainKind> {
    xml::enum_from_name(name)
}

/// The name of a kind of guest in documents.
pub fn kind_name(kind: DomainKind) -> &'static str {
    completion::os::word(kind)
}
