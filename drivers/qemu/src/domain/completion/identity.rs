//! Name, UUID, and what only a running domain has.

use documents::domain::{Domain, LifecycleAction};

use crate::domain::Ids;
use crate::domain::error::MachineError;

/// The prefix of aliases that belong to the user and stay.
const USER_ALIAS: &str = "ua-";

/// Checks the name, makes the UUID, and drops the facts of an earlier run.
pub(super) fn complete(domain: &mut Domain, ids: &dyn Ids) -> Result<(), MachineError> {
    check_name(&domain.name)?;
    domain.id = None;
    domain.uuid.get_or_insert_with(|| ids.uuid());
    if let Some(genid) = &mut domain.genid {
        genid.value.get_or_insert_with(|| ids.uuid());
    }
    domain.on_poweroff.get_or_insert(LifecycleAction::Destroy);
    domain.on_reboot.get_or_insert(LifecycleAction::Restart);
    domain.on_crash.get_or_insert(LifecycleAction::Destroy);
    domain.metadata.keep_addressable();
    drop_aliases(domain);
    Ok(())
}

fn check_name(name: &str) -> Result<(), MachineError> {
    if name.is_empty() {
        return Err(MachineError::EmptyName);
    }
    if name.contains('/') {
        return Err(MachineError::SlashInName {
            name: name.to_owned(),
        });
    }
    if name.contains('\n') {
        return Err(MachineError::NewlineInName {
            name: name.to_owned(),
        });
    }
    Ok(())
}

/// Aliases are given at start, but for those that the user chose.
fn drop_aliases(domain: &mut Domain) {
    super::super::addresses::for_each_info(&mut domain.devices, |_, info| {
        info.alias.take_if(|alias| !alias.starts_with(USER_ALIAS));
    });
}
