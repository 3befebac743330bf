//! What queries need that ask a running QEMU: the VM's run, and the monitor's answer in time.

use driver::Error;
use qmp::Pending;

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

/// Waits for the monitor's answer, at most until its deadline.
///
/// # Errors
/// When QEMU refuses, does not answer in time, or is gone; `what` says what could not be done.
pub(super) async fn ask<R: serde::de::DeserializeOwned>(
    answer: Pending<R>,
    what: &'static str,
) -> Result<R, Error> {
    answer.await.map_err(|error| {
        Error::new(monitor_code(&error), format!("cannot {what}")).caused_by(error)
    })
}
