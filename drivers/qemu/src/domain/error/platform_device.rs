//! What can be wrong with a small device of the platform: IOMMU, vsock, shared memory, panic, pstore and their like.

use protocol::error::{Code, Origin};

/// Why a guest cannot have such a device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum PlatformDeviceError {
    #[error("no panic model provided, and no default for the architecture and machine type")]
    NoPanicModel,
    #[error("IOMMU device: '{model}' is only supported with {machines} machines")]
    IommuMachine {
        model: &'static str,
        machines: &'static str,
    },
    #[error("IOMMU device: '{model}' is not supported with this QEMU binary")]
    IommuModel { model: &'static str },
    #[error("iommu model '{model}' doesn't support additional attributes")]
    IommuOptions { model: &'static str },
    #[error("iommu model '{model}' can't have address")]
    IommuAddress { model: &'static str },
    #[error("IOMMU device: '{model}' needs a PCI address")]
    IommuPci { model: &'static str },
    #[error("IOMMU eim requires interrupt remapping to be enabled")]
    EimAlone,
    #[error("IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')")]
    WholeIoApic,
    #[error("more than 255 vCPUs require extended interrupt mode enabled on the iommu device")]
    ManyCpus,
    #[error("guest CIDs must be >= 3")]
    Cid,
    #[error("vsock device is not supported with this QEMU binary")]
    NoVsock,
    #[error("shmem name cannot include '/' character")]
    ShmemSlash,
    #[error("shmem name cannot be equal to '{name}'")]
    ShmemDots { name: String },
    #[error("ivshmem device is no longer supported")]
    Ivshmem,
    #[error("shmem size must be a power of 2 and at least 1 MiB (1024 KiB)")]
    ShmemSize,
    #[error("shmem model '{model}' does not support size setting")]
    ShmemNoSize { model: &'static str },
    #[error("shmem model '{model}' is supported only with server option {state}")]
    ShmemServer {
        model: &'static str,
        state: &'static str,
    },
    #[error("msi option is only supported with a server")]
    ShmemMsi,
    #[error("only 'pci' addresses are supported for the shared memory device")]
    ShmemAddress,
    #[error("Multiple panic devices with model '{model}'")]
    SecondPanic { model: &'static str },
    #[error("only {guests} guests support panic device of model '{model}'")]
    PanicModel {
        model: &'static str,
        guests: &'static str,
    },
    #[error("panic is supported only with {kind} address type")]
    PanicAddress { kind: &'static str },
    #[error("setting the panic device address is not supported for model '{model}'")]
    PanicNoAddress { model: &'static str },
    #[error("the QEMU binary does not support the {what}")]
    Missing { what: &'static str },
    #[error("crypto backend {backend} is not supported")]
    CryptoBackend { backend: &'static str },
    #[error("missing element or attribute './size'")]
    PstoreNoSize,
    #[error("invalid size of ACPI ERST pstore device")]
    PstoreSize,
    #[error("ACPI ERST device must reside on a PCI bus")]
    PstoreBus,
    #[error("IOMMU device '{model}' requires ACPI: add <acpi/> to the features")]
    IommuAcpi { model: &'static str },
    #[error("nvram device is only supported for PPC64")]
    Nvram,
    #[error("missing {what} of a lease")]
    Lease { what: &'static str },
    #[error("a <lease> without a <lockspace> cannot be shown")]
    LeaseLockspace,
}

impl PlatformDeviceError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::IommuOptions { .. }
            | Self::IommuAddress { .. }
            | Self::ShmemMsi
            | Self::SecondPanic { .. }
            | Self::PstoreSize
            | Self::Lease { .. } => (Code::XmlError, Origin::Domain),
            Self::LeaseLockspace => (Code::InternalError, Origin::None),
            Self::PstoreNoSize => (Code::XmlError, Origin::Xml),
            Self::ShmemSize => (Code::XmlError, Origin::Qemu),
            Self::EimAlone
            | Self::WholeIoApic
            | Self::Cid
            | Self::ShmemSlash
            | Self::ShmemDots { .. } => (Code::ConfigUnsupported, Origin::Domain),
            _ => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }
}
