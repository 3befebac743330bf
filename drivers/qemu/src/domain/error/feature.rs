//! What can be wrong with features of the virtual hardware.

use super::public::{ARGUMENT, NOT_HERE, NOWHERE, Public, VALUE, XML};

/// What is wrong with features, power and what happens at the guest's end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum FeatureError {
    #[error("HyperV spinlock retry count must be at least 4095")]
    SpinlockRetries,
    #[error("Missing required attribute '{name}' in element '{element}'")]
    NoAttribute {
        name: &'static str,
        element: &'static str,
    },
    #[error("missing 'value' attribute for HyperV feature 'vendor_id'")]
    NoVendor,
    #[error("HyperV vendor_id value is invalid: it has a comma")]
    VendorComma,
    #[error("HyperV vendor_id value must not be more than 12 characters.")]
    VendorLength,
    #[error("dirty ring must be power of 2 and ranges [1024, 65536]")]
    DirtyRing,
    #[error("unknown suffix '{unit}'")]
    Unit { unit: String },
    #[error("TCG features are incompatible with domain type '{kind}'")]
    TcgWithoutTcg { kind: &'static str },
    #[error("tb-cache size must be an integer multiple of MiB")]
    TranslationCache,
    #[error("vmport feature requires the ps2 feature not to be disabled")]
    VmportWithoutPs2,
    #[error("SMM TSEG size must be divisible by 1 MiB")]
    TsegSize,
    #[error("SMM TSEG is only supported with q35 machine type")]
    TsegMachine,
    #[error("Lifecycle event '{event}' doesn't support '{action}' action")]
    Lifecycle {
        event: &'static str,
        action: &'static str,
    },
    #[error(
        "qemu driver doesn't support the '{action}' action for 'on_reboot'/'on_poweroff'/'on_crash'"
    )]
    LifecycleAction { action: &'static str },
    #[error(
        "qemu driver doesn't support 'onReboot' set to '{reboot}' and 'onPoweroff' set to '{poweroff}'"
    )]
    LifecyclePair {
        reboot: &'static str,
        poweroff: &'static str,
    },
    #[error("'{feature}' is not available in this QEMU binary")]
    Missing { feature: &'static str },
}

impl FeatureError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::SpinlockRetries
            | Self::NoVendor
            | Self::VendorComma
            | Self::VendorLength
            | Self::DirtyRing => XML,
            Self::NoAttribute { .. } => VALUE,
            Self::Unit { .. } => ARGUMENT,
            Self::Lifecycle { .. } => NOWHERE,
            _ => NOT_HERE,
        }
    }
}
