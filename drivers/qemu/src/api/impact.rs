//! What a change is to affect: the running VM, its next boot, or both.

use driver::Error;
use protocol::error::Code;
use protocol::flags::DomainModificationImpact as Impact;

use crate::vm::admission::Reason;
use crate::vm::error::VmError;
use crate::vm::snapshot::Snapshot;

/// What a call affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Affected {
    /// The running VM.
    pub(super) live: bool,
    /// Its definition.
    pub(super) config: bool,
}

/// Reads the flags: without any, what is there of a running VM, else its definition.
///
/// # Errors
/// When the flags ask for what the VM does not have.
pub(super) fn affected(snapshot: &Snapshot, flags: Impact) -> Result<Affected, Error> {
    let active = snapshot.state.is_active();
    let (live, config) = (flags.contains(Impact::LIVE), flags.contains(Impact::CONFIG));
    let affected = match (live, config) {
        (false, false) => Affected {
            live: active,
            config: !active,
        },
        (live, config) => Affected { live, config },
    };
    if affected.live && !active {
        return Err(VmError::from(Reason::NotRunning).into());
    }
    if affected.config && snapshot.definition.is_none() {
        return Err(VmError::Transient {
            what: "change the persistent config of",
        }
        .into());
    }
    Ok(affected)
}

/// The same for a call that only looks, and can look at one of the two.
///
/// # Errors
/// As [`affected`], and when the flags ask for both.
pub(super) fn looked_at(snapshot: &Snapshot, flags: Impact) -> Result<Affected, Error> {
    if flags.contains(Impact::LIVE | Impact::CONFIG) {
        let text =
            "flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually exclusive";
        return Err(Error::verbatim(Code::InvalidArg, text));
    }
    affected(snapshot, flags)
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn a_stopped_vm_cannot_be_changed_live() {
        let snapshot = Snapshot::new("a".into());
        let error = affected(&snapshot, Impact::LIVE).unwrap_err();
        assert_eq!(error.code(), Code::OperationInvalid);
        assert!(error.message().contains("domain is not running"));
    }

    #[test]
    fn a_look_is_at_one_of_both() {
        let snapshot = Snapshot::new("a".into());
        let error = looked_at(&snapshot, Impact::LIVE | Impact::CONFIG).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArg);
    }

    #[test]
    fn a_transient_vm_has_no_definition_to_change() {
        let snapshot = Snapshot::new("a".into());
        let error = affected(&snapshot, Impact::CONFIG).unwrap_err();
        assert_eq!(error.code(), Code::OperationInvalid);
    }
}
