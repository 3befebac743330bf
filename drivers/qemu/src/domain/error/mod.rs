//! What can be wrong with a domain's document: an enum for each family, and their one mapping to public codes.

use protocol::error::{Code, Origin};

use super::addresses::AddressError;
use super::cpu::GuestCpuError;
use crate::devices::image::ChainError;

mod character;
mod client_device;
mod clock;
mod controller;
mod cpu;
mod device;
mod disk;
mod display;
mod feature;
mod filesystem;
mod firmware;
mod hostdev;
mod input;
mod interface;
mod list;
mod machine;
mod memory;
mod memory_device;
mod namespace;
mod numa;
mod platform_device;
mod public;
mod rules;
mod security;
mod teaming;
mod tpm;
mod tuning;
mod vcpus;

pub use character::CharacterError;
pub use client_device::ClientDeviceError;
pub use clock::ClockError;
pub use controller::ControllerError;
pub use cpu::CpuError;
pub use device::DeviceError;
pub use disk::{DiskError, DiskRule};
pub use display::DisplayError;
pub use feature::FeatureError;
pub use filesystem::FilesystemError;
pub use firmware::FirmwareError;
pub use hostdev::HostDevError;
pub use input::InputError;
pub use interface::{InterfaceError, InterfaceRule};
pub use list::ListError;
pub use machine::MachineError;
pub use memory::MemoryError;
pub use memory_device::MemoryDeviceError;
pub use namespace::NamespaceError;
pub use numa::NumaError;
pub use platform_device::PlatformDeviceError;
pub(crate) use public::Public;
pub use security::SecurityError;
pub use teaming::TeamingError;
pub use tpm::TpmError;
pub use tuning::TuningError;
pub use vcpus::VcpusError;

/// Why a document cannot become a guest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DomainError {
    /// An address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A character device.
    #[error(transparent)]
    Character(#[from] CharacterError),
    /// A controller.
    #[error(transparent)]
    Controller(#[from] ControllerError),
    /// The CPU, or how many there are.
    #[error(transparent)]
    Cpu(#[from] CpuError),
    /// The CPU that the hypervisor is to give.
    #[error(transparent)]
    GuestCpu(#[from] GuestCpuError),
    /// A disk.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// A graphics device or a video card.
    #[error(transparent)]
    Display(#[from] DisplayError),
    /// An interface.
    #[error(transparent)]
    Interface(#[from] InterfaceError),
    /// The machine, its firmware, clock and features.
    #[error(transparent)]
    Machine(#[from] MachineError),
    /// A memory device.
    #[error(transparent)]
    MemoryDevice(#[from] MemoryDeviceError),
    /// A member of a team of interfaces.
    #[error(transparent)]
    Teaming(#[from] TeamingError),
    /// A TPM.
    #[error(transparent)]
    Tpm(#[from] TpmError),
    /// A folder of the host.
    #[error(transparent)]
    Filesystem(#[from] FilesystemError),
    /// A device of the host.
    #[error(transparent)]
    HostDev(#[from] HostDevError),
    /// A keyboard, mouse or tablet.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A USB device of a client, or a smart card.
    #[error(transparent)]
    ClientDevice(#[from] ClientDeviceError),
    /// A small device of the platform.
    #[error(transparent)]
    PlatformDevice(#[from] PlatformDeviceError),
    /// The clock.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// A feature.
    #[error(transparent)]
    Feature(#[from] FeatureError),
    /// The firmware.
    #[error(transparent)]
    Firmware(#[from] FirmwareError),
    /// The memory.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// What goes to QEMU as it is.
    #[error(transparent)]
    Namespace(#[from] NamespaceError),
    /// Cells and nodes.
    #[error(transparent)]
    Numa(#[from] NumaError),
    /// What protects guest and host.
    #[error(transparent)]
    Security(#[from] SecurityError),
    /// Shares and places of the host.
    #[error(transparent)]
    Tuning(#[from] TuningError),
    /// Single virtual CPUs.
    #[error(transparent)]
    Vcpus(#[from] VcpusError),
    /// Another device.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The images behind a disk.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// A QEMU argument could not be written.
    #[error("a QEMU argument cannot be written")]
    Json(#[from] serde_json::Error),
}

impl DomainError {
    /// The number and origin of the families that say both at once.
    fn public(&self) -> Option<Public> {
        match self {
            Self::Address(error) => Some(error.public()),
            Self::MemoryDevice(error) => Some(error.public()),
            Self::Teaming(error) => Some(error.public()),
            Self::Tpm(error) => Some(error.public()),
            Self::Filesystem(error) => Some(error.public()),
            Self::HostDev(error) => Some(error.public()),
            Self::Input(error) => Some(error.public()),
            Self::ClientDevice(error) => Some(error.public()),
            Self::PlatformDevice(error) => Some(error.public()),
            Self::Clock(error) => Some(error.public()),
            Self::Feature(error) => Some(error.public()),
            Self::Firmware(error) => Some(error.public()),
            Self::Memory(error) => Some(error.public()),
            Self::Namespace(error) => Some(error.public()),
            Self::Numa(error) => Some(error.public()),
            Self::Security(error) => Some(error.public()),
            Self::Tuning(error) => Some(error.public()),
            Self::Vcpus(error) => Some(error.public()),
            _ => None,
        }
    }

    /// What the kernel said, as a number.
    pub fn errno(&self) -> Option<i32> {
        match self {
            Self::Tpm(error) => error.errno(),
            Self::HostDev(error) => error.errno(),
            _ => None,
        }
    }

    /// The public error number.
    pub fn code(&self) -> Code {
        if let Some((code, _)) = self.public() {
            return code;
        }
        match self {
            Self::Character(error) => error.code(),
            Self::Controller(error) => error.code(),
            Self::Cpu(error) => error.code(),
            Self::GuestCpu(error) => error.code(),
            Self::Disk(error) => error.code(),
            Self::Display(error) => error.code(),
            Self::Interface(error) => error.code(),
            Self::Machine(error) => error.code(),
            Self::Device(error) => error.code(),
            Self::Chain(ChainError::Missing { .. }) => Code::SystemError,
            Self::Chain(_) => Code::OperationFailed,
            _ => Code::InternalError,
        }
    }

    /// The public part of the system that the error comes from.
    pub fn origin(&self) -> Origin {
        if let Some((_, origin)) = self.public() {
            return origin;
        }
        match self {
            Self::Character(error) => error.origin(),
            Self::Controller(error) => error.origin(),
            Self::Cpu(error) => error.origin(),
            Self::GuestCpu(error) => error.origin(),
            Self::Disk(error) => error.origin(),
            Self::Display(error) => error.origin(),
            Self::Interface(error) => error.origin(),
            Self::Machine(error) => error.origin(),
            Self::Device(error) => error.origin(),
            Self::Chain(ChainError::Missing { .. }) => Origin::Storage,
            _ => Origin::Qemu,
        }
    }
}
