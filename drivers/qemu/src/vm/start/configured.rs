//! The last phase of a start: a process that waits for its guest to be let run.

use std::sync::Arc;

use documents::domain::Domain;
use process::Process;
use qmp::{Events, Monitor};

use crate::vm::perf::Counters;
use crate::vm::resources::Resources;

/// A process that has been configured; the guest's processors are stopped.
#[derive(Debug)]
pub struct Configured {
    /// QEMU itself, whose processors stand still.
    pub process: Process,
    /// The connection to it.
    pub monitor: Monitor,
    /// What it has to say.
    pub events: Events,
    /// The document of this run.
    pub document: Domain,
    /// The threads of the guest's processors.
    pub vcpu_threads: Vec<i32>,
    /// What is counted of its threads.
    pub counters: Arc<Counters>,
    /// What was taken for it.
    pub resources: Resources,
    /// The session whose end ends the VM.
    pub autodestroy: Option<u64>,
}
