//! What the handles of a monitor and its driving task share.

use std::collections::{HashMap, VecDeque};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::value::RawValue;
use tokio::sync::{Notify, oneshot, watch};
use tokio::time::Instant;

use super::events::Queue;
use crate::error::Disconnect;
use crate::wire::{CommandError, CommandId, Greeting, Session};

/// What a waiting command gets.
pub(super) type Answer = Result<Box<RawValue>, Refusal>;

/// Why a command gets no value.
#[derive(Debug)]
pub(super) enum Refusal {
    Error(CommandError),
    Disconnected(Disconnect),
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) vm: Arc<str>,
    state: Mutex<State>,
    /// There is something to send, or nobody is left who would.
    pub(super) wakeup: Notify,
    pub(super) events_changed: Notify,
    pub(super) responsive: watch::Sender<bool>,
    pub(super) ended: watch::Sender<Option<Disconnect>>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) session: Session,
    /// Not sent yet, in order.
    pub(super) queue: VecDeque<Outgoing>,
    pub(super) waiting: HashMap<CommandId, oneshot::Sender<Answer>>,
    /// Since when QEMU owes an answer and has given none.
    pub(super) silent_since: Option<Instant>,
    /// A command was sent with descriptors. QEMU keeps only those that came last, so that nothing
    /// may follow before it has taken them.
    pub(super) descriptors_on_their_way: Option<CommandId>,
    pub(super) events: Queue,
    /// Who waits for the first thing that QEMU says.
    pub(super) greeting: Option<oneshot::Sender<Result<Greeting, String>>>,
    /// Every handle is gone.
    pub(super) given_up: bool,
    pub(super) disconnect: Option<Disconnect>,
}

/// A command that waits to be sent.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) id: CommandId,
    pub(super) bytes: Vec<u8>,
    pub(super) fds: Vec<OwnedFd>,
    /// May be sent although QEMU owes answers to other commands.
    pub(super) out_of_band: bool,
}

impl Shared {
    pub(super) fn new(vm: Arc<str>, session: Session) -> Self {
        let state = State {
            session,
            queue: VecDeque::new(),
            waiting: HashMap::new(),
            silent_since: None,
            descriptors_on_their_way: None,
            greeting: None,
            events: Queue::Open {
                waiting: VecDeque::new(),
                lost: 0,
            },
            given_up: false,
            disconnect: None,
        };
        Shared {
            vm,
            state: Mutex::new(state),
            wakeup: Notify::new(),
            events_changed: Notify::new(),
            responsive: watch::Sender::new(true),
            ended: watch::Sender::new(None),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // What a panicking holder left is still consistent: every change under the lock is one
        // insertion or removal.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everyone that the connection has ended.
    pub(super) fn disconnect(&self, reason: Disconnect) {
        let waiting = {
            let mut state = self.lock();
            state.queue.clear();
            state.greeting = None;
            state.disconnect.get_or_insert(reason.clone());
            std::mem::take(&mut state.waiting)
        };
        for (_, waiting) in waiting {
            // Who does not wait any more need not be told.
            let _ = waiting.send(Err(Refusal::Disconnected(reason.clone())));
        }
        self.ended.send_replace(Some(reason));
        self.events_changed.notify_one();
    }

    /// Nobody waits for this answer any more. Tells whether QEMU may have got the command.
    pub(super) fn give_up_on(&self, id: CommandId) -> bool {
        // A connection that was kept for this answer only can end now.
        self.wakeup.notify_one();
        let mut state = self.lock();
        state.waiting.remove(&id);
        if let Some(at) = state.queue.iter().position(|o| o.id == id) {
            state.queue.remove(at);
            state.session.withdraw(id);
            state.end_silence_if_nothing_is_owed();
            return false;
        }
        state.session.abandon(id);
        state.end_silence_if_nothing_is_owed();
        true
    }
}

impl State {
    /// Takes the next command that may be sent now; one that carries descriptors only if
    /// nothing goes `before` it in the same piece.
    ///
    /// While QEMU owes an answer that nobody waits for any more, it is not given further work: it
    /// would start it only afterwards, when perhaps nobody wants it any more either.
    pub(super) fn take_sendable(&mut self, before: bool) -> Option<Outgoing> {
        if self.descriptors_on_their_way.is_some() {
            return None;
        }
        let at = if self.session.owes_answers() {
            self.queue.iter().position(|o| o.out_of_band)?
        } else {
            0
        };
        if before && self.queue.get(at).is_some_and(|o| !o.fds.is_empty()) {
            return None;
        }
        let next = self.queue.remove(at)?;
        if !next.fds.is_empty() {
            self.descriptors_on_their_way = Some(next.id);
        }
        Some(next)
    }

    /// An answer came, wanted or not.
    pub(super) fn answered(&mut self, id: CommandId) -> Option<oneshot::Sender<Answer>> {
        if self.descriptors_on_their_way == Some(id) {
            self.descriptors_on_their_way = None;
        }
        self.silent_since = self.silent_since.map(|_| Instant::now());
        self.end_silence_if_nothing_is_owed();
        self.waiting.remove(&id)
    }

    /// QEMU is not silent when there is nothing for it to say.
    fn end_silence_if_nothing_is_owed(&mut self) {
        if self.session.is_settled() {
            self.silent_since = None;
        }
    }

    /// Nobody uses the connection and nobody waits for anything.
    pub(super) fn is_over(&self) -> bool {
        self.given_up && self.queue.is_empty() && self.waiting.is_empty()
    }
}
