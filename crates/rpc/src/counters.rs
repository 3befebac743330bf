//! What a conversation has moved so far.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A reading of a conversation's counters, for the admin program and for tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Packets received, keepalive included.
    pub packets_received: u64,
    /// Packets sent, keepalive included.
    pub packets_sent: u64,
    /// Calls accepted for execution.
    pub calls: u64,
    /// Calls answered with an error.
    pub errors: u64,
    /// Events that found no room because the peer does not read.
    pub events_dropped: u64,
    /// Calls in execution, or answered and not yet sent.
    pub calls_running: u32,
    /// Streams that are open.
    pub streams_open: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) packets_received: AtomicU64,
    pub(crate) packets_sent: AtomicU64,
    pub(crate) calls: AtomicU64,
    pub(crate) errors: AtomicU64,
    pub(crate) events_dropped: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self) -> Stats {
        Stats {
            packets_received: self.packets_received.load(Relaxed),
            packets_sent: self.packets_sent.load(Relaxed),
            calls: self.calls.load(Relaxed),
            errors: self.errors.load(Relaxed),
            events_dropped: self.events_dropped.load(Relaxed),
            calls_running: 0,
            streams_open: 0,
        }
    }
}

pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}
