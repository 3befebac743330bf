//! What can be wrong with the elements of QEMU's own namespace.

use protocol::error::{Code, Origin};

use super::public::Public;

/// What is wrong with what goes to QEMU as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum NamespaceError {
    #[error("No qemu command-line argument specified: give <qemu:arg> a value")]
    NoArgument,
    #[error("No qemu environment name specified")]
    NoName,
    #[error("Invalid environment name, it must begin with a letter or underscore: '{name}'")]
    NameStart { name: String },
    #[error(
        "Invalid environment name, it must contain only alphanumerics and underscore: '{name}'"
    )]
    NameCharacter { name: String },
    #[error("missing capability name")]
    NoCapability,
    #[error("missing 'alias' attribute for qemu:device")]
    NoAlias,
    #[error("missing 'name' attribute for qemu:property")]
    NoProperty,
    #[error("missing 'value' attribute for 'qemu:property'")]
    NoValue,
    #[error("invalid value '{value}' of 'value' attribute of 'qemu:property'")]
    Value { value: String },
    #[error("setting 'value' attribute of 'qemu:property' doesn't make sense with 'remove' type")]
    RemovedValue,
}

impl NamespaceError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::NoAlias
            | Self::NoProperty
            | Self::NoValue
            | Self::Value { .. }
            | Self::RemovedValue => (Code::XmlError, Origin::Qemu),
            _ => (Code::InternalError, Origin::Qemu),
        }
    }
}
