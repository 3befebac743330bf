//! `<tpm>`: trusted platform modules.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, SocketMode};
use crate::Uuid;

/// A trusted platform module.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "tpm")]
pub struct Tpm {
    /// The model.
    #[xml(attribute, default = "`tpm-tis`; `tpm-spapr` of a pSeries")]
    pub model: Option<TpmModel>,
    /// Where it is.
    #[xml(child, required, once)]
    pub backend: TpmBackend,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi boot master rom")]
    pub info: DeviceInfo,
}

/// The model of a TPM.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum TpmModel {
    /// TIS, of TPM 1.2 and 2.0.
    #[default]
    TpmTis,
    /// CRB, of TPM 2.0.
    #[xml(since = "4.4.0")]
    TpmCrb,
    /// pSeries.
    #[xml(since = "6.1.0")]
    TpmSpapr,
    /// pSeries, the host's.
    #[xml(since = "6.5.0")]
    SpaprTpmProxy,
}

/// Where a TPM is.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", required)]
pub enum TpmBackend {
    /// The host's.
    Passthrough(TpmPassthrough),
    /// swtpm.
    #[xml(since = "4.5.0")]
    Emulator(TpmEmulator),
    /// An emulator that somebody else runs.
    #[xml(since = "9.0.0")]
    External(TpmExternal),
}

impl Default for TpmBackend {
    fn default() -> Self {
        Self::Emulator(TpmEmulator::default())
    }
}

/// The host's TPM.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TpmPassthrough {
    /// The version.
    #[xml(attribute, lax, since = "4.5.0", absent = "that of the device")]
    pub version: Option<TpmVersion>,
    /// The device.
    #[xml(
        child = "device",
        attribute = "path",
        schema = "crate::pattern::NOT_EMPTY",
        default = "/dev/tpm0"
    )]
    pub device: Option<String>,
}

/// swtpm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TpmEmulator {
    /// The version.
    #[xml(
        attribute,
        since = "4.5.0",
        default = "`1.2` with `tpm-tis` on a PC, else `2.0`"
    )]
    pub version: Option<TpmVersion>,
    /// Whether a transient domain's state stays.
    #[xml(
        attribute = "persistent_state",
        yes_no,
        fault = "Internal",
        since = "7.0.0",
        default = "`no`"
    )]
    pub persistent_state: Option<bool>,
    /// How much it logs.
    #[xml(
        attribute,
        since = "10.6.0",
        absent = "nothing is logged",
        schema = "crate::pattern::BYTE"
    )]
    pub debug: Option<u32>,
    /// The secret that encrypts its state.
    #[xml(
        child = "encryption",
        attribute = "secret",
        since = "5.6.0",
        schema_required,
        fault = "Internal",
        lax = "empty"
    )]
    pub encryption: Option<Uuid>,
    /// The banks of its registers.
    #[xml(child = "active_pcr_banks", since = "7.10.0")]
    pub active_pcr_banks: Option<PcrBanks>,
    /// Where its state is.
    #[xml(child, since = "10.10.0")]
    pub source: Option<TpmStateSource>,
    /// Its profile.
    #[xml(child, since = "10.10.0", absent = "that of swtpm_setup")]
    pub profile: Option<TpmProfile>,
}

/// The version of a TPM.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum TpmVersion {
    /// 1.2.
    #[xml("1.2")]
    V1,
    /// 2.0.
    #[default]
    #[xml("2.0")]
    V2,
}

/// Banks of registers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PcrBanks {
    /// SHA-1.
    #[xml(present, since = "7.10.0")]
    pub sha1: bool,
    /// SHA-256.
    #[xml(present, since = "7.10.0")]
    pub sha256: bool,
    /// SHA-384.
    #[xml(present, since = "7.10.0")]
    pub sha384: bool,
    /// SHA-512.
    #[xml(present, since = "7.10.0")]
    pub sha512: bool,
}

/// Where the state of swtpm is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TpmStateSource {
    /// `file` or `dir`.
    #[xml(attribute = "type", schema_required)]
    pub kind: Option<TpmStateKind>,
    /// The path.
    #[xml(
        attribute,
        required,
        missing = "Content",
        schema = "crate::pattern::DIRECTORY"
    )]
    pub path: String,
}

/// Where the state of swtpm is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TpmStateKind {
    /// A file or block device.
    #[default]
    File,
    /// A folder.
    Dir,
}

/// A profile of swtpm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TpmProfile {
    /// Where it comes from.
    #[xml(
        attribute,
        schema = "crate::pattern::PROFILE_NAME",
        absent = "swtpm's own default holds"
    )]
    pub source: Option<String>,
    /// Whether algorithms that the host forbids are left out.
    #[xml(attribute, absent = "they stay")]
    pub remove_disabled: Option<TpmRemoveDisabled>,
    /// Its name.
    #[xml(
        attribute,
        schema = "crate::pattern::PROFILE_NAME",
        absent = "the domain has not been started with it"
    )]
    pub name: Option<String>,
}

/// Whether forbidden algorithms are left out of a profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TpmRemoveDisabled {
    /// After a look at which are.
    #[default]
    Check,
    /// As a host in FIPS mode.
    FipsHost,
}

/// An emulator that somebody else runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TpmExternal {
    /// The version.
    #[xml(attribute, lax, absent = "that of the emulator")]
    pub version: Option<TpmVersion>,
    /// Its socket.
    #[xml(child, once, since = "9.0.0")]
    pub source: Option<TpmExternalSource>,
}

/// The socket of an emulator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TpmExternalSource {
    /// `unix`.
    #[xml(
        attribute = "type",
        required,
        schema_words = "unix",
        missing = "Content",
        lax = "empty"
    )]
    pub kind: String,
    /// `connect`.
    #[xml(attribute, schema_required, schema_words = "connect")]
    pub mode: Option<SocketMode>,
    /// The path.
    #[xml(attribute, schema_required, schema = "crate::pattern::NOT_EMPTY")]
    pub path: Option<String>,
}
