//! What can be wrong with the machine, its firmware and its name.

use std::path::PathBuf;

use protocol::error::{Code, Origin};

/// What is wrong with the machine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum MachineError {
    #[error("an os <type> must be specified")]
    NoOsType,
    #[error("Emulator '{}' does not support os type '{os_type}'", emulator.display())]
    OsType { emulator: PathBuf, os_type: String },
    #[error("unknown OS type '{os_type}': guests of QEMU have 'hvm'")]
    UnknownOsType { os_type: String },
    #[error("a container needs its first program: name it with <init>")]
    NoInit,
    #[error("Unknown architecture {arch}")]
    UnknownArch { arch: String },
    #[error("No emulator found for arch '{arch}'")]
    NoEmulator { arch: String },
    #[error("Emulator '{}' does not support arch '{arch}'", emulator.display())]
    WrongArch { emulator: PathBuf, arch: String },
    #[error("Emulator '{}' does not support machine type '{machine}'", emulator.display())]
    UnknownMachine { emulator: PathBuf, machine: String },
    #[error("{what} is not available with this QEMU binary")]
    NotInBinary { what: &'static str },
    #[error("ACPI requires UEFI on this architecture: choose firmware='efi'")]
    AcpiWithoutUefi,
    #[error("setting ACPI S3/S4 not supported: machines of this QEMU binary have no such sleep")]
    NoSleep,
    #[error("this QEMU does not support the 'genid' capability")]
    NoGenId,
    #[error("BIOS serial console only supported on x86 architectures")]
    BiosSerialArch,
    #[error(
        "machine '{machine}' of '{arch}' guests is known by its document only: this driver runs PCs, and 'virt' of ARM and RISC-V"
    )]
    NotRun { arch: String, machine: String },
    #[error("Emulator '{}' has no machine type for a guest that names none", emulator.display())]
    NoDefaultMachine { emulator: PathBuf },
    #[error("Emulator '{}' does not support virt type '{kind}'", emulator.display())]
    VirtType {
        emulator: PathBuf,
        kind: &'static str,
    },
    #[error(
        "The '{feature}' feature is not supported for architecture '{arch}' or machine type '{machine}'"
    )]
    Feature {
        feature: &'static str,
        arch: String,
        machine: String,
    },
    #[error("domain '{name}' has no memory: give <memory> a size above zero")]
    NoMemory { name: String },
    #[error("need at least one serial port to use BIOS serial output")]
    BiosWithoutSerial,
    #[error(
        "Unable to find '{kind}' firmware that is compatible with the current configuration: \
         name it with <loader> and <nvram>"
    )]
    NoFirmware { kind: &'static str },
    #[error("UEFI requires ACPI on this architecture")]
    UefiWithoutAcpi,
    #[error("bootloader is not supported by QEMU")]
    Bootloader,
    #[error("name '{name}' cannot contain '/'")]
    SlashInName { name: String },
    #[error("name '{name}' cannot contain '\\n'")]
    NewlineInName { name: String },
    #[error("name cannot be an empty string")]
    EmptyName,
    #[error("qemu emulator '{}' does not support ACPI for machine '{machine}'", emulator.display())]
    NoAcpi { emulator: PathBuf, machine: String },
}

impl MachineError {
    /// The public error number.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::NoOsType
            | Self::NoMemory { .. }
            | Self::BiosWithoutSerial
            | Self::NoInit
            | Self::SlashInName { .. } => Code::XmlError,
            Self::NewlineInName { .. } => Code::XmlDetail,
            Self::EmptyName => Code::NoName,
            Self::NoFirmware { .. } => Code::OperationFailed,
            _ => Code::ConfigUnsupported,
        }
    }

    /// The public part of the system that the error comes from.
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::NoOsType
            | Self::NoMemory { .. }
            | Self::EmptyName
            | Self::NoInit
            | Self::UnknownOsType { .. }
            | Self::UnknownArch { .. }
            | Self::SlashInName { .. } => Origin::Domain,
            Self::NewlineInName { .. } => Origin::Xml,
            _ => Origin::Qemu,
        }
    }
}
