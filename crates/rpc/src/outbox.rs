//! Packets on their way out: the queue, and what each of them accounts for until it has left.

use std::collections::VecDeque;
use std::io::IoSlice;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use crate::head::Head;
use crate::message::Message;
use crate::server::slot::Slot;
use crate::stream::Flow;

/// What a packet holds until it has left, given back when it is dropped.
#[derive(Debug)]
pub(crate) enum Account {
    /// Nothing.
    None,
    /// The client's place among its running calls.
    Reply(#[expect(dead_code, reason = "held for its drop")] Slot),
    /// Room in the event budget.
    Event(#[expect(dead_code, reason = "held for its drop")] EventRoom),
    /// The one packet that a stream may have under way.
    Stream(#[expect(dead_code, reason = "held for its drop")] StreamTurn),
    /// The one answer to pings that may be under way.
    Pong(#[expect(dead_code, reason = "held for its drop")] PongTurn),
}

/// Room taken from the event budget.
#[derive(Debug)]
pub(crate) struct EventRoom {
    used: Arc<AtomicUsize>,
    bytes: usize,
}

impl EventRoom {
    /// Takes room for `bytes`, unless the budget is used up. One event always fits an empty budget.
    pub(crate) fn take(used: &Arc<AtomicUsize>, bytes: usize, budget: usize) -> Option<Self> {
        used.fetch_update(Relaxed, Relaxed, |before| {
            (before == 0 || before.saturating_add(bytes) <= budget).then_some(before + bytes)
        })
        .ok()?;
        Some(Self {
            used: used.clone(),
            bytes,
        })
    }
}

impl Drop for EventRoom {
    fn drop(&mut self) {
        self.used.fetch_sub(self.bytes, Relaxed);
    }
}

/// A stream's turn; its end lets the stream send on.
#[derive(Debug)]
pub(crate) struct StreamTurn(pub(crate) Arc<Flow>);

impl Drop for StreamTurn {
    fn drop(&mut self) {
        self.0.departed();
    }
}

/// Keeps a peer that pings but does not read from piling up answers.
#[derive(Debug)]
pub(crate) struct PongTurn(Arc<AtomicBool>);

impl PongTurn {
    pub(crate) fn take(busy: &Arc<AtomicBool>) -> Option<Self> {
        (!busy.swap(true, Relaxed)).then(|| Self(busy.clone()))
    }
}

impl Drop for PongTurn {
    fn drop(&mut self) {
        self.0.store(false, Relaxed);
    }
}

#[derive(Debug)]
struct Departure {
    message: Message,
    head: Head,
    _account: Account,
}

/// The queue, with the place up to which its front has been written.
#[derive(Debug, Default)]
pub(crate) struct Departures {
    queue: VecDeque<Departure>,
    written: usize,
    passed: usize,
}

/// The next thing to write.
#[derive(Debug)]
pub(crate) enum Next<'a> {
    /// Bytes of one or more packets.
    Bytes(&'a [IoSlice<'a>]),
    /// A descriptor of the packet before, in a message of its own.
    Descriptor(BorrowedFd<'a>),
}

/// How far a write got.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Progress {
    Bytes(usize),
    Descriptor,
}

impl Next<'_> {
    pub(crate) fn progress(&self, count: usize) -> Progress {
        match self {
            Self::Bytes(_) => Progress::Bytes(count),
            Self::Descriptor(_) => Progress::Descriptor,
        }
    }
}

impl Departures {
    pub(crate) fn push(&mut self, message: Message, account: Account) {
        let head = Head::new(&message.header, message.fds.len(), message.payload.len());
        self.queue.push_back(Departure {
            message,
            head,
            _account: account,
        });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Takes everything out, so that accounts can be settled without the queue's lock.
    pub(crate) fn clear(&mut self) {
        self.queue.clear();
        self.queue.shrink_to_fit();
    }

    /// The next whole message, for a transport that hands messages over.
    pub(crate) fn take_whole(&mut self) -> Option<Message> {
        self.queue.pop_front().map(|departure| departure.message)
    }

    /// The next thing to write. A packet with descriptors ends the gathering: they follow right
    /// behind.
    pub(crate) fn next<'a>(&'a self, slices: &'a mut [IoSlice<'a>]) -> Option<Next<'a>> {
        let front = self.queue.front()?;
        if self.written == front.length() {
            let fd = front.message.fds.get(self.passed)?;
            return Some(Next::Descriptor(fd.as_fd()));
        }
        let mut used = 0;
        let mut skip = self.written;
        'packets: for departure in &self.queue {
            for part in [departure.head.as_slice(), &departure.message.payload] {
                let rest = part.get(skip..).unwrap_or_default();
                skip = skip.saturating_sub(part.len());
                if rest.is_empty() {
                    continue;
                }
                let Some(slot) = slices.get_mut(used) else {
                    break 'packets;
                };
                *slot = IoSlice::new(rest);
                used += 1;
            }
            if !departure.message.fds.is_empty() {
                break;
            }
        }
        slices.get(..used).map(Next::Bytes)
    }

    pub(crate) fn advance(&mut self, progress: Progress) {
        match progress {
            Progress::Bytes(count) => self.written += count,
            Progress::Descriptor => self.passed += 1,
        }
        while let Some(front) = self.queue.front() {
            let length = front.length();
            if self.written < length || self.passed < front.message.fds.len() {
                return;
            }
            self.written -= length;
            self.passed = 0;
            self.queue.pop_front();
        }
        // A burst must not leave its memory with an idle session.
        if self.queue.capacity() > 64 {
            self.queue.shrink_to_fit();
        }
    }
}

impl Departure {
    fn length(&self) -> usize {
        self.head.as_slice().len() + self.message.payload.len()
    }
}
