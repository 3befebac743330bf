//! The engine of one conversation, the same at both ends: reading, writing, keepalive, deadlines,
//! the end.
//!
//! One task polls an [`Engine`]; it reads, and hands what it reads to its [`Role`]. Writing happens
//! where something is to be said: [`Link::send`] puts the packet in the queue and, unless the
//! socket is full or the engine is in the middle of its own turn, writes it right away. The
//! engine's turn is "corked": all that its role answers leaves in one gathered write.

mod engine;

use std::io;
use std::sync::atomic::{
    AtomicBool, AtomicUsize,
    Ordering::{Relaxed, SeqCst},
};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::Notify;

pub(crate) use engine::{Engine, Role};

use crate::close::CloseReason;
use crate::counters::{Counters, count};
use crate::keepalive::Keepalive;
use crate::message::Message;
use crate::outbox::{Account, Departures};
use crate::stream::Streams;
use crate::transport::{Io, Sent};
use crate::wake::WakeSlot;

/// The shared part of one end of a conversation.
#[derive(Debug)]
pub(crate) struct Link {
    outbox: Mutex<Outbox>,
    wake: WakeSlot,
    close_request: Mutex<Option<CloseReason>>,
    finishing: AtomicBool,
    /// The engine waits for something to become free.
    starved: AtomicBool,
    end: OnceLock<CloseReason>,
    ended: Notify,
    keepalive: Mutex<Option<Keepalive>>,
    pong_busy: Arc<AtomicBool>,
    pub(crate) streams: Streams,
    pub(crate) event_bytes: Arc<AtomicUsize>,
    pub(crate) counters: Counters,
    pub(crate) passes_descriptors: bool,
}

#[derive(Debug)]
struct Outbox {
    io: Option<Arc<Io>>,
    departures: Departures,
    corked: bool,
    blocked: bool,
    failure: Option<io::Error>,
}

impl Outbox {
    /// Writes what the peer takes. `true` when the engine has to go on from here.
    fn flush(&mut self) -> bool {
        let Some(io) = &self.io else { return false };
        match io.try_send(&mut self.departures) {
            Ok(Sent::All) => {
                self.blocked = false;
                false
            }
            Ok(Sent::Blocked) => {
                self.blocked = true;
                true
            }
            Err(error) => {
                self.failure = Some(error);
                true
            }
        }
    }
}

impl Link {
    fn new(io: Arc<Io>, passes_descriptors: bool) -> Self {
        let outbox = Outbox {
            io: Some(io),
            departures: Departures::default(),
            corked: false,
            blocked: false,
            failure: None,
        };
        Self {
            outbox: Mutex::new(outbox),
            wake: WakeSlot::default(),
            close_request: Mutex::new(None),
            finishing: AtomicBool::new(false),
            starved: AtomicBool::new(false),
            end: OnceLock::new(),
            ended: Notify::new(),
            keepalive: Mutex::new(None),
            pong_busy: Arc::default(),
            streams: Streams::default(),
            event_bytes: Arc::default(),
            counters: Counters::default(),
            passes_descriptors,
        }
    }

    /// Queues a message and writes it when the peer takes it now.
    ///
    /// # Errors
    /// With the reason why the conversation is over.
    pub(crate) fn send(&self, message: Message, account: Account) -> Result<(), CloseReason> {
        let mut outbox = self.outbox();
        if outbox.io.is_none() {
            drop(outbox);
            return Err(self.end_reason());
        }
        count(&self.counters.packets_sent);
        outbox.departures.push(message, account);
        let engine_wanted = !outbox.corked && !outbox.blocked && outbox.flush();
        drop(outbox);
        if engine_wanted {
            self.wake();
        }
        Ok(())
    }

    /// Lets the engine take a turn.
    pub(crate) fn wake(&self) {
        self.wake.wake();
    }

    /// Something became free that the engine may be waiting for.
    pub(crate) fn freed(&self) {
        if self.starved.swap(false, SeqCst) || self.is_finishing() {
            self.wake();
        }
    }

    /// Asks to be woken by [`Link::freed`]. Look once more after this: it may have happened just
    /// before.
    pub(crate) fn starve(&self) {
        self.starved.store(true, SeqCst);
    }

    /// Ends the conversation now, whatever is under way.
    pub(crate) fn close(&self, reason: CloseReason) {
        self.close_request
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(reason);
        self.wake();
    }

    /// Ends the conversation when everything that was asked has been answered.
    pub(crate) fn finish(&self) {
        self.finishing.store(true, Relaxed);
        self.wake();
    }

    pub(crate) fn is_finishing(&self) -> bool {
        self.finishing.load(Relaxed)
    }

    pub(crate) fn enable_keepalive(&self, rules: Option<Keepalive>) {
        *self
            .keepalive
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = rules;
        self.wake();
    }

    /// The end, when it has come.
    pub(crate) fn end(&self) -> Option<&CloseReason> {
        self.end.get()
    }

    pub(crate) async fn closed(&self) -> CloseReason {
        loop {
            let ended = self.ended.notified();
            if let Some(reason) = self.end.get() {
                return reason.clone();
            }
            ended.await;
        }
    }

    fn end_reason(&self) -> CloseReason {
        self.end.get().cloned().unwrap_or(CloseReason::Requested)
    }

    fn outbox(&self) -> MutexGuard<'_, Outbox> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keepalive_rules(&self) -> Option<Keepalive> {
        *self
            .keepalive
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn take_close_request(&self) -> Option<CloseReason> {
        self.close_request
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn conclude(&self, reason: &CloseReason) {
        if self.end.set(reason.clone()).is_err() {
            return;
        }
        let mut outbox = self.outbox();
        outbox.io = None;
        let mut unsent = std::mem::take(&mut outbox.departures);
        drop(outbox);
        unsent.clear();
        self.streams.close_all(reason);
        self.ended.notify_waiters();
    }
}
