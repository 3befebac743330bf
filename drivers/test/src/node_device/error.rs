//! What can go wrong with a device of the host.

use driver::ToError;
use protocol::error::{Code, Origin};

/// Why an operation on a device failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NodeDeviceError {
    #[error("no node device with matching name '{0}'")]
    UnknownName(String),
    #[error("a device of the host needs a <name>")]
    NoName,
    #[error("no device capabilities for '{0}'")]
    NoCapability(String),
    #[error("Device is not a fibre channel HBA: only its virtual ports can be made and removed")]
    NoFibreChannel,
    #[error("Could not find parent device for '{0}'")]
    NoParent(String),
    #[error("Parent device {0} is not capable of vport operations")]
    NoVports(String),
    #[error("a parent is found by both 'wwnn' and 'wwpn', or by 'fabric_wwn'")]
    HalfParent,
    #[error("no parent for this device")]
    IsRoot,
    #[error("no random bytes for a world wide name")]
    NoRandom,
}

impl ToError for NodeDeviceError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownName(_) => Code::NoNodeDevice,
            Self::HalfParent | Self::NoName => Code::XmlError,
            Self::NoCapability(_)
            | Self::NoFibreChannel
            | Self::NoParent(_)
            | Self::NoVports(_)
            | Self::IsRoot
            | Self::NoRandom => Code::InternalError,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::UnknownName(_) | Self::IsRoot => None,
            _ => Some(Origin::Nodedev),
        }
    }
}
