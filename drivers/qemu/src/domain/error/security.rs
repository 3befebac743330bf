//! What can be wrong with labels, wrapped keys and encrypted memory.

use protocol::error::{Code, Origin};

use super::public::{DETAIL, NOT_HERE, NOWHERE, Public, XML};

/// What is wrong with what protects the guest, or the host from it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum SecurityError {
    #[error("missing security model in domain seclabel")]
    NoModel,
    #[error("missing security model when using multiple labels")]
    NoModelOfMany,
    #[error("security label is missing")]
    NoLabel,
    #[error("seclabel for model {model} is already provided")]
    Duplicate { model: String },
    #[error("dynamic label type must use resource relabeling")]
    DynamicWithoutRelabel,
    #[error("resource relabeling is not compatible with 'none' label type")]
    NoneWithRelabel,
    #[error("Cannot specify a label if relabelling is turned off. model={model}")]
    LabelWithoutRelabel { model: String },
    #[error("Cannot specify relabel if label is missing. model={model}")]
    RelabelWithoutLabel { model: String },
    #[error("'{kind}' launch security is not supported with this QEMU binary")]
    LaunchSecurity { kind: &'static str },
    #[error("A domain definition can have no more than one cipher node with name {name}")]
    DuplicateCipher { name: &'static str },
    #[error("'aes-key-wrap'/'dea-key-wrap' is not available on this architecture")]
    KeyWrap,
}

impl SecurityError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::NoModel
            | Self::NoModelOfMany
            | Self::NoLabel
            | Self::LabelWithoutRelabel { .. }
            | Self::RelabelWithoutLabel { .. } => XML,
            Self::Duplicate { .. } => DETAIL,
            Self::DynamicWithoutRelabel | Self::NoneWithRelabel => NOWHERE,
            Self::DuplicateCipher { .. } => (Code::InternalError, Origin::Domain),
            _ => NOT_HERE,
        }
    }
}
