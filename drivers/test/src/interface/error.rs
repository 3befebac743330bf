//! What can go wrong with an interface of the host.

use driver::ToError;
use protocol::error::{Code, Origin};

/// Why an operation on an interface failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InterfaceError {
    #[error("no interface with matching name '{0}'")]
    UnknownName(String),
    #[error("no interface with matching mac '{0}'")]
    UnknownMac(String),
    #[error("several interfaces have the MAC address '{0}': look one up by its name")]
    SeveralWithMac(String),
    #[error("interface '{0}' is up already")]
    Active(String),
    #[error("interface '{0}' is not up")]
    NotActive(String),
    #[error("changes are being made already: commit them or roll them back")]
    ChangesBegun,
    #[error("no changes were begun, so there are none to commit")]
    NothingToCommit,
    #[error("no changes were begun, so there are none to roll back")]
    NothingToRollBack,
    #[error("the interface has no name")]
    NoName,
    #[error("an interface of this kind needs {0}")]
    Missing(&'static str),
}

impl ToError for InterfaceError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownName(_) | Self::UnknownMac(_) => Code::NoInterface,
            Self::SeveralWithMac(_) => Code::MultipleInterfaces,
            Self::Active(_)
            | Self::NotActive(_)
            | Self::ChangesBegun
            | Self::NothingToCommit
            | Self::NothingToRollBack => Code::OperationInvalid,
            Self::NoName | Self::Missing(_) => Code::XmlError,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::NoName | Self::Missing(_) => Some(Origin::Interface),
            _ => None,
        }
    }
}
