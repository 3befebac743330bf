//! What can be wrong with a member of a team.

use protocol::error::{Code, Origin};

/// Why an interface or a device of the host cannot be a member of a team.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum TeamingError {
    #[error("<teaming> needs a type: persistent or transient")]
    NoType,
    #[error("the transient member of a team names the persistent one: persistent='ALIAS'")]
    NoPersistent,
    #[error("the persistent member of a team names no other: leave the attribute persistent out")]
    ExtraPersistent,
    #[error("a device of the host is the transient member of a team: type='transient'")]
    NotTransient,
    #[error("of the devices of the host only those of type 'pci' can be in a team")]
    NotPci,
}

impl TeamingError {
    /// The public error number and origin.
    pub(super) fn public(&self) -> (Code, Origin) {
        (Code::ConfigUnsupported, Origin::Domain)
    }
}
