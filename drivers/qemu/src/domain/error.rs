//! What can be wrong with a domain's document: an enum for each family, and their one mapping to public codes.

use std::path::PathBuf;

use protocol::error::{Code, Origin};

use super::addresses::AddressError;
use super::cpu::GuestCpuError;
use super::faults::{
    ClockError, FeatureError, FirmwareError, MemoryError, NamespaceError, NumaError, Public,
    SecurityError, TuningError, VcpusError,
};
use crate::devices::image::ChainError;

mod client_device;
mod disk;
mod filesystem;
mod hostdev;
mod input;
mod interface;
mod memory_device;
mod platform_device;
mod rules;
mod tpm;

pub use client_device::ClientDeviceError;
pub use disk::{DiskError, DiskRule};
pub use filesystem::FilesystemError;
pub use hostdev::HostDevError;
pub use input::InputError;
pub use interface::{InterfaceError, InterfaceRule};
pub use memory_device::MemoryDeviceError;
pub use platform_device::PlatformDeviceError;
pub use tpm::TpmError;

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
    #[error("current memory '{current}k' exceeds maximum '{maximum}k'")]
    CurrentMemory { current: u64, maximum: u64 },
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

/// What is wrong with the CPUs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum CpuError {
    #[error("Maximum CPUs greater than specified machine type limit {limit}")]
    TooMany { limit: u32 },
    #[error("maxvcpus must not be less than current vcpus ({maximum} < {current})")]
    CurrentAboveMaximum { current: u32, maximum: u32 },
    #[error("domain has no virtual CPU: give <vcpu> a number above zero")]
    NoCpu,
    #[error("CPU topology doesn't match maximum vcpu count")]
    Topology,
    #[error("Number of CPUs in <numa> exceeds the <vcpu> count")]
    NumaCpus,
    #[error("duplicate iothread id '{id}' found")]
    DuplicateIoThread { id: u32 },
}

/// What is wrong with a controller.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum ControllerError {
    #[error("pci-root and pcie-root controllers should have index 0")]
    RootIndex,
    #[error(
        "The PCI controller with index='0' must be model='{needed}' for this machine type, but model='{found}' was found instead"
    )]
    WrongRoot { needed: &'static str, found: String },
    #[error("Multiple '{kind}' controllers with index '{index}'")]
    Duplicate { kind: &'static str, index: u32 },
    #[error("Can't add {kind} controllers for machine '{machine}': leave it out")]
    Kind { kind: &'static str, machine: String },
    #[error("controller model '{model}' of type '{kind}' is not supported by this QEMU binary")]
    Model { kind: &'static str, model: String },
    #[error("'{model}' controller only supports up to '15' ports")]
    UsbPorts { model: &'static str },
    #[error("No master USB controller specified")]
    NoMaster,
    #[error(
        "PCI controller at index {index} (0x{index:02x}) has bus='0x{bus:02x}', but index must be larger than bus"
    )]
    BridgeOrder { index: u32, bus: u32 },
    #[error("Primary {kind} controller must have PCI address {address}")]
    FixedAddress {
        kind: &'static str,
        address: &'static str,
    },
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
    #[error(
        "controller driver 'iothread' attribute can't be used together with 'iothreads' subelement"
    )]
    TwoThreads,
    #[error("controller iothread '{id}' not defined in iothreadid")]
    NoIoThread { id: u32 },
}

/// What is wrong with a character device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
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
    #[error(
        "virtio serial port {port} of controller {controller} is taken twice or does not exist"
    )]
    SerialPort { controller: u32, port: u32 },
}

/// What is wrong with a display.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum DisplayError {
    #[error("{kind} graphics are not supported with this QEMU")]
    Graphics { kind: &'static str },
    #[error("VNC password is {length} characters long, only 8 permitted")]
    VncPassword { length: usize },
    #[error("Unable to find an unused port for VNC: raise remote_display_port_max or stop a guest")]
    NoPort,
    #[error("multiple listen types of one graphics device are not supported")]
    Listens,
    #[error("vnc port must be in range [5900,65535]: {port} is not")]
    VncPort { port: i32 },
    #[error("Network not found: no network with matching name '{network}'")]
    ListenNetwork { network: String },
    #[error("'network' attribute is required for listen type 'network'")]
    NoListenNetwork,
    #[error(
        "graphics '{attribute}' attribute '{old}' must match the one of the first listen element (found '{new}')"
    )]
    ListenMismatch {
        attribute: &'static str,
        old: String,
        new: String,
    },
    #[error("spice secure channels set in XML configuration, but TLS port is not provided")]
    NoTlsPort,
    #[error("D-Bus p2p with an address is not supported")]
    DbusAddress,
    #[error(
        "graphics type 'egl-headless' is only supported with one of: 'vnc', 'spice' graphics types"
    )]
    EglHeadless,
    #[error("no audio device with ID {id}")]
    NoAudio { id: u32 },
    #[error("audio ID {id} is used multiple times")]
    SecondAudio { id: u32 },
    #[error("audio ID 0 is not permitted: count from 1")]
    AudioZero,
    #[error("audio settings specified without fixed settings flag")]
    AudioSettings,
    #[error("fixed audio settings requires mixing engine")]
    AudioMixing,
    #[error("Unable to find a satisfying vhost-user-gpu: install one")]
    NoPainter,
    #[error("'vhostuser' driver is only supported with 'virtio' device")]
    PainterModel,
    #[error("a 'none' video type must be the only video device defined for the domain")]
    NoneBeside,
    #[error("{attribute} attribute only supported for video type qxl")]
    QxlOnly { attribute: &'static str },
    #[error("address not supported for video type {model}")]
    VideoAddress { model: &'static str },
    #[error("model resolution is not supported")]
    Resolution,
    #[error("video resolution values must be greater than 0")]
    ResolutionZero,
    #[error("value for 'vram' must be at least 1 MiB (1024 KiB)")]
    SmallVram,
    #[error("video type '{model}' doesn't support multiple 'heads'")]
    Heads { model: &'static str },
    #[error("3d acceleration is supported only with 'virtio' video device")]
    AccelerationModel,
    #[error("qemu does not support the accel2d setting")]
    Acceleration2d,
    #[error("'blob' support for virtio-gpu devices requires a memfd memory backend")]
    BlobMemory,
    #[error("'blob' is only supported for virtio-gpu devices")]
    BlobModel,
    #[error("virtiovga vhostuser needs shared memory")]
    PainterMemory,
    #[error("domain configuration does not support video model '{model}'")]
    Video { model: &'static str },
    #[error("3d acceleration is not supported by this QEMU binary")]
    Acceleration,
    #[error("only one video card can be the primary one")]
    TwoPrimaries,
    #[error("video type '{model}' is only valid as primary video device")]
    NotPrimary { model: &'static str },
    #[error("value for 'vram' must be less than '{limit}'")]
    Vram { limit: u32 },
    #[error("only one {kind} graphics device is supported")]
    Second { kind: &'static str },
}

/// What is wrong with any other device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum DeviceError {
    #[error("{device} model '{model}' is not supported by this QEMU binary")]
    Model { device: &'static str, model: String },
    #[error("{device} on bus '{bus}' is not supported in this machine")]
    Bus {
        device: &'static str,
        bus: &'static str,
    },
    #[error("{device} of type '{kind}' cannot be on bus '{bus}'")]
    BusForKind {
        device: &'static str,
        kind: &'static str,
        bus: &'static str,
    },
    #[error("{device}: {element} is not supported by this driver yet")]
    Element {
        device: &'static str,
        element: &'static str,
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
    #[error("boot order 0 is not valid: count from 1")]
    BootOrderZero,
    #[error("per-device boot elements cannot be used together with os/boot elements")]
    TwoBootOrders,
    #[error("non unique alias detected: {alias}")]
    DuplicateAlias { alias: String },
    #[error("the {device} needs {what}")]
    Missing {
        device: &'static str,
        what: &'static str,
    },
    #[error(
        "machine '{machine}' has no place for {device}: leave it out or choose another machine"
    )]
    NoPlace {
        device: &'static str,
        machine: String,
    },
    #[error("address type of {device} is not supported by this driver yet")]
    Address { device: &'static str },
    #[error("only one {device} is supported")]
    Second { device: &'static str },
}

impl DomainError {
    /// The number and origin of the families that say both at once.
    fn public(&self) -> Option<Public> {
        match self {
            Self::MemoryDevice(error) => Some(error.public()),
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
            Self::Address(error) if error.is_documents_fault() => Code::XmlError,
            Self::Address(_) => Code::InternalError,
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
            Self::Address(AddressError::UsbPort { .. }) => Origin::Device,
            Self::Address(AddressError::PciPart { .. }) => Origin::None,
            Self::Address(_) => Origin::Domain,
            Self::GuestCpu(error) => error.origin(),
            Self::Controller(
                ControllerError::Duplicate { .. }
                | ControllerError::UnknownModel { .. }
                | ControllerError::NoModel
                | ControllerError::Nowhere { .. }
                | ControllerError::OptionRange { .. }
                | ControllerError::RootAddress
                | ControllerError::ThreadModel
                | ControllerError::TwoThreads
                | ControllerError::NoMaster
                | ControllerError::NoUsbPorts
                | ControllerError::UsbDisabled
                | ControllerError::UsbExcluded
                | ControllerError::HubWithoutUsb
                | ControllerError::NoUsbBus { .. }
                | ControllerError::UsbPort { .. },
            ) => Origin::Domain,
            Self::Cpu(
                CpuError::NumaCpus
                | CpuError::DuplicateIoThread { .. }
                | CpuError::NoCpu
                | CpuError::CurrentAboveMaximum { .. },
            ) => Origin::Domain,
            Self::Disk(error) => error.origin(),
            Self::Chain(ChainError::Missing { .. }) => Origin::Storage,
            Self::Interface(error) => error.origin(),
            Self::Display(error) => error.origin(),
            Self::Character(error) => error.origin(),
            Self::Machine(
                MachineError::NoOsType
                | MachineError::NoMemory { .. }
                | MachineError::CurrentMemory { .. }
                | MachineError::EmptyName
                | MachineError::NoInit
                | MachineError::UnknownOsType { .. }
                | MachineError::UnknownArch { .. }
                | MachineError::SlashInName { .. }
                | MachineError::NewlineInName { .. },
            ) => Origin::Domain,
            Self::Device(
                DeviceError::DuplicateBootOrder { .. }
                | DeviceError::BootOrderZero
                | DeviceError::TwoBootOrders
                | DeviceError::Nowhere { .. }
                | DeviceError::Unassigned
                | DeviceError::DuplicateAlias { .. },
            ) => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}

impl MachineError {
    fn code(&self) -> Code {
        match self {
            Self::NoOsType
            | Self::NoMemory { .. }
            | Self::CurrentMemory { .. }
            | Self::BiosWithoutSerial
            | Self::NoInit
            | Self::SlashInName { .. }
            | Self::NewlineInName { .. } => Code::XmlError,
            Self::EmptyName => Code::NoName,
            Self::NoFirmware { .. } => Code::OperationFailed,
            _ => Code::ConfigUnsupported,
        }
    }
}

impl CpuError {
    fn code(&self) -> Code {
        match self {
            Self::NumaCpus | Self::NoCpu => Code::InternalError,
            Self::DuplicateIoThread { .. } => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }
}

impl ControllerError {
    fn code(&self) -> Code {
        match self {
            Self::NoMaster | Self::UsbExcluded => Code::XmlDetail,
            Self::NoUsbPorts | Self::FixedAddress { .. } | Self::NoModel | Self::Nowhere { .. } => {
                Code::InternalError
            }
            Self::RootIndex
            | Self::ThreadModel
            | Self::TwoThreads
            | Self::ExpanderNode { .. }
            | Self::WrongRoot { .. }
            | Self::Duplicate { .. }
            | Self::NoUsbBus { .. }
            | Self::UsbPort { .. } => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }
}

impl CharacterError {
    fn code(&self) -> Code {
        match self {
            Self::Missing { .. } | Self::ReconnectBind | Self::NoSerialModel => Code::InternalError,
            Self::NoReconnectTimeout
            | Self::NoForwardPort
            | Self::NoForwardAddress
            | Self::UdpEnds
            | Self::NoSerialController { .. }
            | Self::PortTaken { .. } => Code::XmlError,
            Self::ReconnectZero => Code::InvalidArg,
            _ => Code::ConfigUnsupported,
        }
    }

    fn origin(&self) -> Origin {
        match self {
            Self::NoReconnectTimeout | Self::NoForwardPort => Origin::Xml,
            Self::Missing { .. }
            | Self::NoChannel
            | Self::ReconnectBind
            | Self::UdpEnds
            | Self::SpicevmcTarget
            | Self::NoForwardAddress
            | Self::ForwardAddress
            | Self::UsbSerialAddress
            | Self::NoSerialController { .. }
            | Self::SecondSerialConsole
            | Self::PortTaken { .. } => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}

impl DisplayError {
    fn code(&self) -> Code {
        match self {
            Self::ListenNetwork { .. } => Code::NoNetwork,
            Self::NoPainter => Code::OperationFailed,
            Self::NoListenNetwork
            | Self::DbusAddress
            | Self::NoAudio { .. }
            | Self::SecondAudio { .. }
            | Self::AudioZero
            | Self::Resolution => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }

    fn origin(&self) -> Origin {
        match self {
            Self::ListenNetwork { .. } => Origin::Network,
            Self::AudioZero => Origin::Xml,
            Self::NoListenNetwork
            | Self::ListenMismatch { .. }
            | Self::DbusAddress
            | Self::NoAudio { .. }
            | Self::SecondAudio { .. }
            | Self::AudioSettings
            | Self::AudioMixing
            | Self::PainterModel
            | Self::NoneBeside
            | Self::QxlOnly { .. }
            | Self::VideoAddress { .. }
            | Self::ResolutionZero
            | Self::TwoPrimaries => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}

impl DeviceError {
    fn code(&self) -> Code {
        match self {
            Self::BootOrderZero | Self::Missing { .. } => Code::XmlError,
            Self::Nowhere { .. } => Code::InternalError,
            _ => Code::ConfigUnsupported,
        }
    }
}
