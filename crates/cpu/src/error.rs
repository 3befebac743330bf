//! What can be wrong with a CPU, and its one mapping to public codes.

use protocol::error::{Code, Origin};

/// Why a CPU is not understood, or does not go with another one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum CpuError {
    #[error("XML does not contain expected 'cpu' element")]
    NoCpuElement,
    #[error("Unknown architecture {arch}")]
    UnknownArch { arch: String },
    #[error("Missing CPU architecture")]
    NoArch,
    #[error("Missing CPU model name")]
    NoModel,
    #[error("'arch' element cannot be used inside 'cpu' element with 'match' attribute")]
    ArchWithMatch,
    #[error("Attribute mode is only allowed for guest CPU")]
    ModeOfHost,
    #[error(
        "Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode: leave it out"
    )]
    Migratable,
    #[error("vendor_id must be exactly 12 characters long: '{id}' is not")]
    VendorIdLength { id: String },
    #[error("vendor id '{id}' is invalid: it cannot contain a comma")]
    VendorIdComma { id: String },
    #[error("CPU vendor specified without CPU model")]
    VendorWithoutModel,
    #[error("Non-empty feature list specified without CPU model")]
    FeaturesWithoutModel,
    #[error("CPU feature '{name}' specified more than once")]
    FeatureTwice { name: String },
    #[error("invalid CPU cache level {level}, must be in range [1,3]")]
    CacheLevel { level: u32 },
    #[error("attribute 'limit' is only supported for maxphysaddr mode 'passthrough'")]
    AddressLimit,
    #[error("Unknown CPU model {name}")]
    UnknownModel { name: String },
    #[error("cannot translate CPU model {model} to a supported model")]
    NoTranslation { model: String },
    #[error("Unknown CPU feature {name}")]
    UnknownFeature { name: String },
    #[error("Unknown CPU vendor {name}")]
    UnknownVendor { name: String },
    #[error("CPU vendor {actual} of model {model} differs from vendor {asked}")]
    VendorOfModel {
        actual: &'static str,
        model: String,
        asked: String,
    },
    #[error("CPU vendors do not match")]
    VendorsDiffer,
    #[error("CPUs are incompatible: they have nothing in common")]
    NothingInCommon,
    #[error("Cannot find suitable CPU model for given data")]
    NoModelFits,
    #[error("CPU model {model} is not supported by hypervisor")]
    ModelNotInHypervisor { model: String },
    #[error("{reason}")]
    Incompatible { reason: String },
    #[error("unknown host CPU model: name a model instead of referring to the host")]
    UnknownHostModel,
    #[error("unknown CPU feature: {name}")]
    FeatureOfGuest { name: String },
    #[error("'{arch}' architecture is not supported by CPU driver")]
    ArchNotSupported { arch: String },
    #[error("cannot compute baseline CPU of {arch} architecture")]
    NoBaseline { arch: String },
    #[error("cannot compare CPUs of {arch} architecture")]
    NoComparison { arch: String },
    #[error("no CPU model specified at index {index}")]
    NoModelAt { index: usize },
    #[error(
        "guest CPU doesn't match specification: {}",
        difference(extra, missing)
    )]
    NotAsSpecified {
        extra: Vec<&'static str>,
        missing: Vec<&'static str>,
    },
}

impl CpuError {
    /// The code that clients switch on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NoCpuElement
            | Self::NoArch
            | Self::NoModel
            | Self::ArchWithMatch
            | Self::VendorIdLength { .. }
            | Self::VendorIdComma { .. }
            | Self::VendorWithoutModel
            | Self::FeaturesWithoutModel
            | Self::FeatureTwice { .. }
            | Self::CacheLevel { .. } => Code::XmlError,
            Self::UnknownArch { .. }
            | Self::ModeOfHost
            | Self::Migratable
            | Self::AddressLimit
            | Self::UnknownHostModel
            | Self::FeatureOfGuest { .. }
            | Self::ModelNotInHypervisor { .. } => Code::ConfigUnsupported,
            Self::UnknownModel { .. } | Self::UnknownFeature { .. } | Self::NoModelFits => {
                Code::InternalError
            }
            Self::UnknownVendor { .. }
            | Self::VendorOfModel { .. }
            | Self::VendorsDiffer
            | Self::NothingInCommon
            | Self::NotAsSpecified { .. } => Code::OperationFailed,
            Self::Incompatible { .. } => Code::CpuIncompatible,
            Self::ArchNotSupported { .. }
            | Self::NoTranslation { .. }
            | Self::NoBaseline { .. }
            | Self::NoComparison { .. } => Code::NoSupport,
            Self::NoModelAt { .. } => Code::InvalidArg,
        }
    }

    /// The part of the system that the error comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::Cpu
    }
}

fn difference(extra: &[&str], missing: &[&str]) -> String {
    let part = |what: &str, names: &[&str]| {
        (!names.is_empty()).then(|| format!("{what} features: {}", names.join(",")))
    };
    let parts = [part("extra", extra), part("missing", missing)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
