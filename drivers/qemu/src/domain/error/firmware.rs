//! What can be wrong with the way in which a guest boots.

use protocol::error::{Code, Origin};

use super::public::{DETAIL, NOT_HERE, NOWHERE, Public, XML};

/// What is wrong with firmware, its tables and what it boots.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum FirmwareError {
    #[error("no loader path specified and firmware auto selection disabled")]
    NoLoader,
    #[error("NVRAM is not permitted when loader is stateless")]
    StatelessNvram,
    #[error("Only pflash loader type permits NVRAM")]
    RomNvram,
    #[error("Only EFI firmware permits NVRAM")]
    OtherNvram,
    #[error("firmware type '{kind}' does not support nvram")]
    NvramKind { kind: &'static str },
    #[error(
        "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled"
    )]
    KeysWithoutSecureBoot,
    #[error(
        "cannot use feature-based firmware autoselection when firmware autoselection is disabled"
    )]
    FeaturesWithoutSelection,
    #[error("Unsupported {what} format '{format}': use raw or qcow2")]
    Format {
        what: &'static str,
        format: &'static str,
    },
    #[error("unsupported nvram disk type '{kind}'")]
    NvramType { kind: &'static str },
    #[error("<nvram> of type '{kind}' has no source")]
    NvramSource { kind: &'static str },
    #[error("the network source of <nvram> needs a protocol")]
    NvramNoProtocol,
    #[error("the source of <nvram> has exactly one host")]
    NvramServers,
    #[error(
        "no secret driver is here to give the password with which '{user}' reaches the source of <nvram>"
    )]
    NvramLogin { user: String },
    #[error("the secret of the source of <nvram> is named by its uuid or its usage")]
    NvramSecret,
    #[error(
        "the nvram beside a loader that can be written has no format: give the loader readonly='yes'"
    )]
    WritableLoader,
    #[error(
        "variables cannot be kept by protocol '{protocol}': use a file, a block device, iscsi or nbd"
    )]
    NvramProtocol { protocol: &'static str },
    #[error("invalid value for rebootTimeout, must be in range [-1,65535]")]
    RebootTimeout,
    #[error("invalid value for boot menu timeout, must be in range [0,65535]")]
    MenuTimeout,
    #[error("ACPI table type '{kind}' may only appear once")]
    SecondTable { kind: &'static str },
    #[error("ACPI table type '{kind}' is not supported: use raw, slic or msdm")]
    Table { kind: &'static str },
    #[error("Secure boot is supported with q35 machine types only")]
    SecureMachine,
    #[error("Secure boot is supported for x86_64 architecture only")]
    SecureArch,
    #[error("Secure boot requires SMM feature enabled")]
    SecureSmm,
    #[error("Invalid BIOS 'date' format: write mm/dd/yyyy")]
    BiosDate,
    #[error("malformed <sysinfo> uuid element")]
    SysinfoUuid,
    #[error("UUID mismatch between <uuid> and <sysinfo>")]
    UuidMismatch,
    #[error("a firmware entry needs either a value or the attribute 'file'")]
    EmptyEntry,
    #[error("Invalid firmware name '{name}': it must begin with opt/")]
    EntryName { name: String },
    #[error("That firmware name is reserved: {name}")]
    ReservedName { name: String },
    #[error("domain '{name}' takes its SMBIOS tables from <sysinfo>, but has none")]
    NoSysinfo { name: String },
    #[error("Host SMBIOS information is not available")]
    NoHostTables,
    #[error(
        "qemu does not support more than one entry to Type 2 in SMBIOS table: leave one <baseBoard>"
    )]
    SecondBoard,
    #[error(
        "Unable to find any master var store for loader: {loader}: give <nvram> the attribute 'template'"
    )]
    NoTemplate { loader: String },
    #[error(
        "the variables cannot be made of '{template}', which has another format: give <nvram> the template's"
    )]
    TemplateFormat { template: String },
    #[error("resetting of nvram is not supported with network backed nvram")]
    ResetNvram,
}

impl FirmwareError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::NoLoader
            | Self::StatelessNvram
            | Self::RomNvram
            | Self::OtherNvram
            | Self::NvramKind { .. }
            | Self::KeysWithoutSecureBoot
            | Self::FeaturesWithoutSelection
            | Self::BiosDate
            | Self::SysinfoUuid
            | Self::UuidMismatch => DETAIL,
            Self::Format { .. } | Self::SecondTable { .. } | Self::EmptyEntry => XML,
            Self::NvramNoProtocol => (Code::XmlError, Origin::Xml),
            Self::NvramServers => (Code::InternalError, Origin::Qemu),
            Self::NvramLogin { .. } => (Code::NoSecret, Origin::Secret),
            Self::NvramSecret => (Code::XmlError, Origin::None),
            Self::NvramSource { .. } => (Code::InternalError, Origin::None),
            Self::WritableLoader => (Code::InternalError, Origin::Qemu),
            Self::RebootTimeout | Self::MenuTimeout => NOWHERE,
            Self::NoSysinfo { .. } => (Code::XmlError, Origin::Qemu),
            Self::NoTemplate { .. } => (Code::OperationFailed, Origin::Qemu),
            Self::TemplateFormat { .. } | Self::ResetNvram => {
                (Code::OperationUnsupported, Origin::Qemu)
            }
            _ => NOT_HERE,
        }
    }
}
