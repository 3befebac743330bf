//! What can be wrong with a device of the host that a guest is to have.

use std::io;
use std::path::PathBuf;

use documents::domain::DriveAddress;
use protocol::error::{Code, Origin};

/// Why a guest cannot have a device of the host.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum HostDevError {
    #[error(
        "Invalid value for attribute 'type' in element 'hostdev': '{kind}' is of the other mode"
    )]
    Kind { kind: &'static str },
    #[error("hostdev mode 'capabilities' is not supported in qemu")]
    Capabilities,
    #[error("the PCI address has {part} {value:#x}: it is at most {most:#x}")]
    PciPlace {
        part: &'static str,
        value: u32,
        most: u32,
    },
    #[error("a server of an iSCSI hostdev needs a name")]
    HostName,
    #[error("an iSCSI hostdev has one server only")]
    SecondHost,
    #[error("the secret of an iSCSI hostdev is named by its uuid or its usage")]
    SecretName,
    #[error("the secret of an iSCSI hostdev needs the type 'iscsi'")]
    SecretType,
    #[error("the secret of an iSCSI hostdev is of the type 'iscsi', not of another one")]
    SecretOfOther,
    #[error("Hostdev already exists in the domain configuration")]
    Duplicate,
    #[error(
        "a disk has the address of a SCSI device of the host: controller {}, bus {}, target {}, unit {}",
        place.controller, place.bus, place.target, place.unit
    )]
    DiskPlace { place: DriveAddress },
    #[error(
        "two SCSI devices of the host have the same address: controller {}, bus {}, target {}, unit {}",
        place.controller, place.bus, place.target, place.unit
    )]
    PlaceTaken { place: DriveAddress },
    #[error("booting from assigned devices is not supported by vhost SCSI devices")]
    VhostBoot,
    #[error("booting from assigned devices is not supported by mediated devices of model {driver}")]
    MediatedBoot { driver: &'static str },
    #[error("a SCSI host in the kernel has an address of type 'pci' or 'ccw'")]
    ScsiHostAddress,
    #[error("only a USB device has a startupPolicy: leave the attribute out")]
    StartupPolicy,
    #[error("{what} is only supported for scsi host device")]
    ScsiOnly { what: &'static str },
    #[error("unfiltered sgio is no longer supported")]
    Unfiltered,
    #[error("missing {what}")]
    UsbMissing { what: &'static str },
    #[error("Invalid value for attribute 'id' in element 'vendor': Zero is not permitted")]
    UsbVendor,
    #[error("USB host device must use 'usb' address type")]
    UsbAddressType,
    #[error("USB host device is missing bus/device information")]
    NoUsbDevice,
    #[error("Did not find USB device {device}: plug it in")]
    UsbAbsent { device: String },
    #[error("multiple USB devices for {device}, use <address> to specify one")]
    UsbSeveral { device: String },
    #[error("PCI host device must use 'pci' or 'unassigned' address type")]
    PciAddressType,
    #[error("Write filtering of PCI device configuration space is not supported by qemu")]
    WriteFiltering,
    #[error(
        "host doesn't support passthrough of host PCI devices: turn the IOMMU on and load vfio-pci"
    )]
    NoVfio,
    #[error("invalid PCI passthrough type '{driver}'")]
    PciDriver { driver: &'static str },
    #[error("Missing required attribute 'model' in element 'hostdev'")]
    NoModel,
    #[error("a hostdev of this type has no model '{model}': it is one of {}", known.join(", "))]
    UnknownModel {
        model: String,
        known: &'static [&'static str],
    },
    #[error("only mediated devices and SCSI hosts have a model: leave the attribute out")]
    ModelOfOther,
    #[error("Missing 'uuid' attribute for element <address>")]
    NoUuid,
    #[error("VFIO {kind} device assignment is not supported by this version of QEMU")]
    Mediated { kind: &'static str },
    #[error("a mediated device of model 'vfio-pci' has an address of type 'pci'")]
    MediatedAddress,
    #[error("graphics device is needed for attribute value 'display=on' in <hostdev>")]
    Display,
    #[error("missing the host address for the iSCSI hostdev")]
    IscsiHost,
    #[error("missing iSCSI hostdev source path name")]
    IscsiName,
    #[error("'adapter' name must be specified for scsi hostdev source")]
    NoAdapter,
    #[error("'address' must be specified for scsi hostdev source")]
    NoScsiPlace,
    #[error("SCSI host device must use 'drive' address type")]
    ScsiAddress,
    #[error("the adapter '{name}' is none of the host's: it is called scsi_host and a number")]
    Adapter { name: String },
    #[error("target must be 0 for controller model 'lsilogic'")]
    ScsiTarget,
    #[error("a SCSI controller has one bus only: bus must be 0")]
    ScsiBus,
    #[error("the generic device of a SCSI unit has not been found")]
    NoScsiGeneric,
    #[error("Secret not found: user '{user}' of an iSCSI hostdev")]
    NoSecret { user: String },
    #[error("missing vhost-scsi hostdev source wwpn")]
    NoWwpn,
    #[error("malformed 'wwpn' value")]
    Wwpn,
    #[error("vhost-scsi device file '/dev/vhost-scsi' cannot be found")]
    NoVhostScsi,
    #[error("cannot read '{}'", path.display())]
    Read { path: PathBuf, source: io::Error },
}

impl HostDevError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        match self {
            Self::ModelOfOther
            | Self::Duplicate
            | Self::ScsiOnly { .. }
            | Self::DiskPlace { .. }
            | Self::IscsiHost
            | Self::HostName
            | Self::MediatedAddress
            | Self::SecondHost
            | Self::IscsiName
            | Self::NoAdapter
            | Self::NoScsiPlace
            | Self::NoWwpn
            | Self::Wwpn => (Code::XmlError, Origin::Domain),
            Self::Kind { .. } | Self::UsbVendor | Self::NoModel | Self::UnknownModel { .. } => {
                (Code::XmlError, Origin::Xml)
            }
            Self::UsbMissing { .. } | Self::PciAddressType | Self::SecretOfOther => {
                (Code::InternalError, Origin::Domain)
            }
            Self::PciPlace { .. } | Self::SecretName => (Code::XmlError, Origin::None),
            Self::Unfiltered
            | Self::SecretType
            | Self::UsbAddressType
            | Self::PlaceTaken { .. }
            | Self::ScsiAddress
            | Self::ScsiHostAddress
            | Self::StartupPolicy
            | Self::NoUuid => (Code::ConfigUnsupported, Origin::Domain),
            Self::NoUsbDevice | Self::PciDriver { .. } | Self::NoScsiGeneric => {
                (Code::InternalError, Origin::Qemu)
            }
            Self::ScsiBus => (Code::InternalError, Origin::Qemu),
            Self::Adapter { .. } | Self::UsbAbsent { .. } => (Code::InternalError, Origin::None),
            Self::UsbSeveral { .. } => (Code::OperationFailed, Origin::None),
            Self::NoSecret { .. } => (Code::NoSecret, Origin::Secret),
            Self::NoVhostScsi => (Code::ConfigUnsupported, Origin::None),
            Self::Read { .. } => (Code::SystemError, Origin::None),
            _ => (Code::ConfigUnsupported, Origin::Qemu),
        }
    }

    /// What the kernel said, as a number.
    pub(super) fn errno(&self) -> Option<i32> {
        match self {
            Self::Read { source, .. } => source.raw_os_error(),
            _ => None,
        }
    }
}
