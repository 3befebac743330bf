//! What queries need that ask a running QEMU: the VM's run, and its answer, the last one where it hangs.

use std::future::Future;

use driver::Error;

use crate::vm::admission::Reason;
use crate::vm::error::{VmError, monitor_code};
use crate::vm::live::Live;
use crate::vm::snapshot::Snapshot;

/// The VM's run.
///
/// # Errors
/// When it does not run.
pub(super) fn running(snapshot: &Snapshot) -> Result<&Live, Error> {
    let live = snapshot.state.live();
    Ok(live.ok_or(VmError::from(Reason::NotRunning))?)
}

/// The answer to a question ([`Answers`](crate::vm::answers::Answers)).
///
/// # Errors
/// When QEMU refuses, is gone, or does not answer and never did; `what` says what could not be done.
pub(super) async fn told<R>(
    answer: impl Future<Output = Result<R, qmp::Error>>,
    what: &'static str,
) -> Result<R, Error> {
    answer.await.map_err(|error| failed(error, what))
}

/// The error that something cannot be done because of what QEMU answered, or did not.
pub(super) fn failed(error: qmp::Error, what: &'static str) -> Error {
    Error::new(monitor_code(&error), format!("cannot {what}")).caused_by(error)
}
