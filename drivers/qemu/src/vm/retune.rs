//! The limits and places of a VM that runs, changed to what a document says.

use std::sync::Arc;

use documents::domain::Domain;
use qmp::commands::QueryIothreads;
use rustix::process::Pid;

use super::control_group::{ControlGroup, GroupError};
use super::live::Live;
use super::start::PlaceError;
use super::start::limits;
use super::start::threads::{self, Allotted, Threads};
use crate::driver::QemuDriver;

/// Why limits stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum RetuneError {
    /// The group of the VM.
    #[error(transparent)]
    Limit(#[from] GroupError),
    /// Its threads.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// QEMU does not say which its threads are.
    #[error("cannot read the I/O threads")]
    Threads(#[from] qmp::Error),
    /// The runtime is ending.
    #[error("the driver is shutting down")]
    ShuttingDown,
}

/// Carries out on a running VM what `document`, its own with a change, says of limits and places. A VM that had no
/// control group gets one where the change needs it.
///
/// # Errors
/// When this host does not control what is changed, or the kernel refuses.
pub(crate) async fn carry_out(
    driver: &Arc<QemuDriver>,
    live: &Live,
    document: Domain,
) -> Result<(), RetuneError> {
    let iothreads = match document.iothreadids.is_empty() {
        true => Vec::new(),
        false => live.monitor.execute(&QueryIothreads).await?,
    };
    let threads = Threads {
        vcpus: (0..).zip(live.vcpu_threads.iter().copied()).collect(),
        iothreads: iothreads.iter().filter_map(threads::iothread).collect(),
    };
    let Some(pid) = Pid::from_raw(live.pid) else {
        return Ok(());
    };
    let (driver, id) = (driver.clone(), live.id);
    // Moving a thread from group to group waits for the kernel.
    let changing = tokio::task::spawn_blocking(move || {
        let group = limits::group(&driver, &document, id)?;
        // What limits nothing any more is still in the group that it once needed.
        let group = group.or_else(|| limits::existing(&driver, &document, id));
        if let Some(group) = &group {
            limit(group, pid, &document)?;
        }
        let allotted = Allotted::in_group(group);
        Ok(threads::place(&document, pid, &threads, &allotted)?)
    });
    match changing.await {
        Ok(changed) => changed,
        Err(_) => Err(RetuneError::ShuttingDown),
    }
}

fn limit(group: &ControlGroup, pid: Pid, document: &Domain) -> Result<(), GroupError> {
    if !group.exists() {
        group.make()?;
        group.add_process(pid.as_raw_nonzero().get())?;
    }
    limits::set(group, document)
}
