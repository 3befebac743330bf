//! What is known of a VM while its process runs.

use std::sync::Arc;

use documents::domain::{Domain, Status};
use qmp::Monitor;

use super::answers::Answers;
use super::paths::Paths;
use super::perf::Counters;
use super::resources::HostChanges;

/// A VM's process and the document that it was made from, as queries see them. Immutable: a change makes a new one.
#[derive(Debug, Clone)]
pub struct Live {
    /// The number of the VM as long as it is active.
    pub id: i32,
    /// QEMU's process.
    pub pid: i32,
    /// When it started, in clock ticks since boot; with `pid` it names the process for ever.
    pub start_time: Option<u64>,
    /// The document with everything that was decided for this run: aliases, addresses, terminals, ports.
    pub document: Arc<Domain>,
    /// The monitor; answers by itself, whatever the owner is doing.
    pub monitor: Monitor,
    /// What it told last of what queries ask.
    pub answers: Arc<Answers>,
    /// Where the VM's files are.
    pub paths: Arc<Paths>,
    /// The memory that the guest uses, in KiB, as the balloon reports it.
    pub balloon_kib: u64,
    /// The session whose end ends the VM.
    pub autodestroy: Option<u64>,
    /// Whether the document has been changed since the process started.
    pub updated: bool,
    /// The threads of the guest's processors, in the order of their numbers.
    pub vcpu_threads: Arc<[i32]>,
    /// What of the host was changed for it.
    pub changes: Arc<HostChanges>,
    /// What else the status file says of this run; its document stands above.
    pub run: Arc<Status>,
    /// What is counted of its threads.
    pub counters: Arc<Counters>,
    /// The host's ports that were reserved.
    pub ports: Arc<[u16]>,
}
