//! The one job that runs beside an owner.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use qmp::commands::StatusInfo;
use tokio::sync::oneshot;

use crate::vm::admission::Busy;
use crate::vm::error::VmError;
use crate::vm::reconnect::{Adopted, LostReason};
use crate::vm::request::Reply;
use crate::vm::start::{Configured, StartError};
use crate::vm::state::RunningReason;

/// Work beside the owner. It does not touch the VM's state: it ends with an [`Outcome`] that the owner applies.
pub(super) struct Job {
    /// What admission takes it for.
    pub(super) busy: Busy,
    /// What is polled beside the owner's queue.
    pub(super) work: Pin<Box<dyn Future<Output = Outcome> + Send>>,
    /// Breaks it off so that it unwinds; a job without one can just be dropped.
    pub(super) abort: Option<oneshot::Sender<()>>,
    /// Who waits for it.
    pub(super) reply: Option<Reply>,
    /// It was broken off by a destruction; `reply` is the destroyer's.
    pub(super) destroyed: bool,
    /// It takes over a process of an earlier driver, rather than making one.
    pub(super) takes_over: bool,
    /// The session to which the VM that is being started is bound.
    pub(super) autodestroy: Option<u64>,
}

impl Job {
    /// A job that can just be dropped.
    pub(super) fn new(
        busy: Busy,
        work: impl Future<Output = Outcome> + Send + 'static,
        reply: Option<Reply>,
    ) -> Self {
        Self {
            busy,
            work: Box::pin(work),
            abort: None,
            reply,
            destroyed: false,
            takes_over: false,
            autodestroy: None,
        }
    }
}

/// How a job ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The chain of start phases has ended; whether the guest is to stay paused.
    Configured(Result<Box<Configured>, StartError>, bool),
    /// A process of an earlier daemon was taken over, or not.
    Adopted(Box<Result<Adopted, LostReason>>),
    /// A monitor command has ended.
    Commanded(Command, Result<(), qmp::Error>),
    /// QEMU's state.
    Status(Result<StatusInfo, qmp::Error>),
    /// The process was to be ended: it is gone, or it is not.
    Ended(Result<(), VmError>),
}

/// What a monitor command was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// Let the guest run for the first time.
    Launch,
    /// Stop the processors.
    Suspend,
    /// Let them run.
    Resume,
    /// Press the power button.
    Shutdown,
    /// Press the power button, and boot again then.
    Reboot,
    /// Press the reset button.
    Reset,
    /// Reset and run, after the guest has ended.
    Restart(RunningReason),
}

impl Command {
    /// The word for messages: "cannot … domain".
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Launch => "start",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Shutdown => "shut down",
            Self::Reboot => "reboot",
            Self::Reset => "reset",
            Self::Restart(_) => "restart",
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("busy", &self.busy)
            .finish_non_exhaustive()
    }
}
