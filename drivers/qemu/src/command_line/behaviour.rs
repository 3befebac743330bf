//! What is no device of the document's but a behaviour of the guest: dumps, teardown, what becomes of old commands.

use documents::domain::{Domain, Toggle};
use serde::Serialize;

use super::arguments::Arguments;
use super::{Runtime, security};
use crate::capabilities::{Capabilities, Feature};
use crate::devices::{KeyVal, Part};
use crate::domain::{DomainError, FeatureError};

/// What is no device of the document's but a behaviour of the guest.
pub(super) fn add_behaviour(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    runtime: &Runtime,
) -> Result<(), DomainError> {
    security::add(args, domain, capabilities, runtime.home.as_deref())?;
    let features = domain.features.as_deref();
    let vmcoreinfo = features.and_then(|features| features.vmcoreinfo);
    if vmcoreinfo.is_some_and(Toggle::is_on) {
        args.part(&Part::device(&VmCoreInfo {
            driver: "vmcoreinfo",
        })?);
    }
    if let Some(on) = features.and_then(|features| features.async_teardown?.enabled) {
        let feature = Feature::RunWith;
        if !capabilities.has(feature) {
            return Err(FeatureError::Missing {
                feature: "async-teardown",
            }
            .into());
        }
        let mut out = KeyVal::default();
        out.switch("async-teardown", on);
        args.option("run-with", out.finish());
    }
    let compat = match domain.qemu_deprecation.as_deref() {
        Some("omit") => "deprecated-output=hide",
        Some("reject") => "deprecated-output=hide,deprecated-input=reject",
        Some("crash") => "deprecated-output=hide,deprecated-input=crash",
        _ => return Ok(()),
    };
    args.option("compat", compat);
    Ok(())
}

/// Where the guest leaves data for a core dump.
#[derive(Debug, Serialize)]
struct VmCoreInfo {
    driver: &'static str,
}
