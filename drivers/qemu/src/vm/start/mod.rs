//! Bringing up a VM's process: a chain of phases.
//!
//! ```text
//! Plan → Prepared → Spawned → Connected → Configured
//! ```
//!
//! Each phase is a type that consumes the one before. When a step fails, or the start is broken off, the phase
//! unwinds itself, and with it those before: nothing is left of a start that did not succeed. The guest's
//! processors stay stopped (`-S`) until the owner has taken over what the last phase hands out.
//!
//! The monitor's socket listens before QEMU exists and is passed to it by descriptor, so that connecting needs
//! neither polling nor waiting: the connection is made at once and greeted when QEMU is ready. The status file is
//! written before the process is started: a daemon that is killed in between finds the socket, and through it
//! whoever holds it.

mod abort;
mod advice;
mod configured;
mod connected;
mod error;
pub(super) mod files;
mod helpers;
pub(super) mod limits;
mod master_key;
mod memory_lock;
pub(super) mod nvram;
mod passwords;
mod plug;
mod prepared;
mod settings;
mod sockets;
mod spawned;
mod terminals;
pub(super) mod threads;

use std::sync::Arc;

use documents::domain::Domain;
use tokio::sync::oneshot;

pub use abort::{Abort, Interruption};
pub use advice::AdviceError;
pub use configured::Configured;
pub use error::StartError;
pub use helpers::HelperError;
use prepared::Prepared;
pub use threads::PlaceError;

use crate::driver::QemuDriver;

/// What is to be started.
#[derive(Debug)]
pub struct Plan {
    /// The driver.
    pub driver: Arc<QemuDriver>,
    /// The VM's name.
    pub name: Arc<str>,
    /// The number that the VM gets.
    pub id: i32,
    /// The document to start from.
    pub document: Domain,
    /// The session whose end ends the VM.
    pub autodestroy: Option<u64>,
    /// Whether the firmware starts with fresh variables.
    pub reset_nvram: bool,
}

/// Carries out the chain. `abort` breaks it off at any step; everything is unwound then as after a failure.
///
/// # Errors
/// When a step failed; nothing is left of it.
pub async fn bring_up(
    plan: Plan,
    abort: oneshot::Receiver<()>,
) -> Result<Box<Configured>, StartError> {
    let mut abort = Abort::new(abort);
    let prepared = Prepared::new(plan).await?;
    let spawned = prepared.spawn(&mut abort).await?;
    let connected = spawned.connect(&mut abort).await?;
    connected.configure(&mut abort).await.map(Box::new)
}
