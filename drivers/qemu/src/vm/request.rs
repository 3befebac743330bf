//! What the owner of a VM can be asked.

use std::fmt;
use std::sync::Arc;

use documents::domain::Domain;
use tokio::sync::oneshot;

use super::admission::Wish;
use super::announcement::Announcement;
use super::definition::Definition;
use super::error::VmError;
use super::state::RunningReason;

/// A message to the owner.
#[derive(Debug)]
pub struct Request {
    /// What is wanted.
    pub action: Action,
    /// Who waits for it; nobody for the owner's own wishes.
    pub reply: Option<Reply>,
}

/// Tells the asker how it went.
pub type Reply = oneshot::Sender<Result<(), VmError>>;

/// What is wanted of a VM.
#[derive(Debug)]
pub enum Action {
    /// Bring up a process.
    Start(Box<Start>),
    /// Take over a process that an earlier daemon left.
    Adopt(Box<super::reconnect::Found>),
    /// End the process.
    Destroy {
        /// Only by asking it; fail if it does not go.
        graceful: bool,
    },
    /// The session with this number has ended: destroy the VM if it was bound to it.
    SessionEnded(u64),
    /// Press the power button.
    Shutdown,
    /// Press the power button, and boot again when the guest has powered off.
    Reboot,
    /// Press the reset button.
    Reset,
    /// Stop the processors.
    Suspend,
    /// Let the processors run.
    Resume,
    /// The guest is done and is to boot again: the owner's own wish.
    Restart(RunningReason),
    /// Words of QEMU's were lost: ask it for its state. The owner's own wish.
    Resync,
    /// Use this definition from the next boot on.
    Define(Arc<Definition>),
    /// Have no definition any more.
    Undefine(Undefine),
    /// Carry another name.
    Rename(Arc<str>),
    /// Start with the host, or not.
    SetAutostart(bool),
    /// Start with the host's next boot, or not.
    SetAutostartOnce(bool),
    /// Change the documents.
    Edit(Edit),
}

/// How to start.
#[derive(Debug, Clone)]
pub struct Start {
    /// The document to start from; `None` stands for the definition.
    pub document: Option<Arc<Domain>>,
    /// Leave the processors stopped.
    pub paused: bool,
    /// The session whose end ends the VM.
    pub autodestroy: Option<u64>,
    /// Give the firmware fresh variables.
    pub reset_nvram: bool,
}

/// What goes with a definition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Undefine {
    /// Its firmware variables as well; `None` was not said and is refused where there are some.
    pub nvram: Option<bool>,
    /// Its emulated TPM's state as well; `None` goes by the document.
    pub tpm: Option<bool>,
}

/// A change of the documents that needs no monitor.
#[derive(Clone)]
pub struct Edit {
    /// Of the running VM's document.
    pub live: bool,
    /// Of the definition.
    pub config: bool,
    /// The change.
    pub apply: Arc<dyn Fn(&mut Domain) + Send + Sync>,
    /// What to tell the world.
    pub announce: Option<Announcement>,
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("live", &self.live)
            .field("config", &self.config)
            .field("announce", &self.announce)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// A wish of the owner's own.
    pub fn own(action: Action) -> Self {
        Self {
            action,
            reply: None,
        }
    }

    /// Tells the asker how it went.
    pub fn answer(self, result: Result<(), VmError>) {
        answer(self.reply, result);
    }
}

/// Tells the asker, if there is one and it still waits.
pub fn answer(reply: Option<Reply>, result: Result<(), VmError>) {
    if let Some(reply) = reply {
        // Who does not wait any more need not be told.
        let _ = reply.send(result);
    }
}

impl Action {
    /// What admission decides on; `None` for what the owner decides by itself.
    pub fn wish(&self) -> Option<Wish> {
        Some(match self {
            Self::Start(_) => Wish::Start,
            Self::Destroy { .. } => Wish::Destroy,
            Self::Shutdown => Wish::Shutdown,
            Self::Reboot => Wish::Reboot,
            Self::Reset => Wish::Reset,
            Self::Suspend => Wish::Suspend,
            Self::Resume => Wish::Resume,
            Self::Define(_) => Wish::Define,
            Self::Undefine(_) => Wish::Undefine,
            Self::Rename(_) => Wish::Rename,
            Self::SetAutostart(_) | Self::SetAutostartOnce(_) | Self::Edit(_) => Wish::Annotate,
            Self::Adopt(_) | Self::SessionEnded(_) | Self::Restart(_) | Self::Resync => {
                return None;
            }
        })
    }
}
