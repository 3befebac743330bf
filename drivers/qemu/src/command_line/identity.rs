//! Who the guest is, and what its firmware says of that.

use documents::domain::Domain;
use serde::Serialize;

use super::arguments::Arguments;
use super::{Surroundings, firmware};
use crate::devices::Part;
use crate::domain::DomainError;

/// Who the guest is, and what its firmware says of that.
pub(super) fn add_identity(
    args: &mut Arguments,
    domain: &Domain,
    host: &Surroundings,
) -> Result<(), DomainError> {
    if let Some(uuid) = &domain.uuid {
        args.option("uuid", uuid.to_string());
    }
    firmware::add_tables(args, domain, host.smbios.as_ref())?;
    if let Some(guid) = domain.genid.as_ref().and_then(|genid| genid.value) {
        args.part(&Part::device(&GenId {
            driver: "vmgenid",
            guid: guid.to_string(),
            id: "vmgenid0",
        })?);
    }
    Ok(())
}

/// Tells the guest that it is another one than it was.
#[derive(Debug, Serialize)]
struct GenId {
    driver: &'static str,
    guid: String,
    id: &'static str,
}
