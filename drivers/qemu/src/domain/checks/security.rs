//! Encrypted memory against what this QEMU, on this host, can give.

use documents::domain::{Domain, LaunchSecurity};

use crate::capabilities::Capabilities;
use crate::domain::error::SecurityError;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), SecurityError> {
    let Some(security) = domain.launch_security.as_deref() else {
        return Ok(());
    };
    let (kind, supported) = match security {
        LaunchSecurity::Sev(_) => ("sev", has_sev(capabilities, "sev-guest")),
        LaunchSecurity::SevSnp(_) => ("sev-snp", has_sev(capabilities, "sev-snp-guest")),
        LaunchSecurity::S390Pv => ("s390-pv", capabilities.has_object("s390-pv-guest")),
    };
    match supported {
        true => Ok(()),
        false => Err(SecurityError::LaunchSecurity { kind }),
    }
}

/// Every QEMU of this architecture has the object; only on a host that can encrypt does it say with what.
fn has_sev(capabilities: &Capabilities, object: &str) -> bool {
    capabilities.has_object(object) && capabilities.sev.is_some()
}
