//! Changes of what a domain gets of the host: carried out on the running VM first, which may fail, then written down.

use std::sync::Arc;

use documents::domain::{CpuTune, Domain};
use driver::{Call, Error};
use protocol::error::Code;
use protocol::flags::{DomainModificationImpact as Impact, DomainParameterFlags};
use protocol::remote::NonnullDomain;

use super::impact::{Affected, affected, looked_at};
use super::{domain_xml, live, object};
use crate::driver::QemuDriver;
use crate::vm::error::monitor_code;
use crate::vm::request::{Action, Edit};
use crate::vm::retune::{self, RetuneError};
use crate::vm::snapshot::Snapshot;

/// Changes the documents of a domain that `flags` mean, and the running VM with its own. `check` sees each document
/// after the change.
///
/// # Errors
/// When `check` refuses one of them, or the host the change of the running VM; nothing is changed then.
pub(super) async fn change(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    flags: Impact,
    check: impl Fn(&Domain) -> Result<(), Error>,
    apply: impl Fn(&mut Domain) + Send + Sync + 'static,
) -> Result<(), Error> {
    let vm = object::find(call, domain)?;
    let snapshot = vm.snapshot();
    let Affected { live, config } = affected(&snapshot, flags)?;
    if config {
        let mut document = domain_xml::document(&snapshot, true)?;
        apply(&mut document);
        check(&document)?;
    }
    if live {
        let running = live::running(&snapshot)?;
        let mut document = Domain::clone(&running.document);
        apply(&mut document);
        check(&document)?;
        let changed = retune::carry_out(call.driver(), running, document).await;
        changed.map_err(refused)?;
    }
    let edit = Edit {
        live,
        config,
        apply: Arc::new(apply),
        announce: None,
    };
    Ok(vm.ask(call.driver(), Action::Edit(edit)).await?)
}

/// The document that a call looks at, and whether it is the running VM's.
///
/// # Errors
/// When the VM has none such.
pub(super) fn document(
    snapshot: &Snapshot,
    flags: DomainParameterFlags,
) -> Result<(Domain, bool), Error> {
    let flags = Impact::from_bits_truncate(flags.bits());
    let Affected { live, .. } = looked_at(snapshot, flags)?;
    Ok((domain_xml::document(snapshot, !live)?, live))
}

/// Changes `<cputune>`, which goes when nothing is left in it.
pub(super) fn edit_cpus(document: &mut Domain, edit: impl FnOnce(&mut CpuTune)) {
    let mut tune = document.cputune.take().unwrap_or_default();
    edit(&mut tune);
    document.cputune = Some(tune).filter(|tune| **tune != CpuTune::default());
}

fn refused(error: RetuneError) -> Error {
    let code = match &error {
        RetuneError::Limit(error) => error.code(),
        RetuneError::Place(error) => error.code(),
        RetuneError::Threads(error) => monitor_code(error),
        RetuneError::ShuttingDown => Code::OperationInvalid,
    };
    let text = error.to_string();
    match std::error::Error::source(&error).map(ToString::to_string) {
        Some(cause) => Error::new(code, format!("{text}: {cause}")),
        None => Error::new(code, text),
    }
}
