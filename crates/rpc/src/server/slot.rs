//! A client's places for running calls.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use protocol::procedure::Priority;

use super::Session;

/// How many calls of one client run, by priority.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    low: AtomicU32,
    high: AtomicU32,
}

impl Slots {
    pub(super) fn running(&self) -> u32 {
        self.low.load(SeqCst) + self.high.load(SeqCst)
    }

    fn of(&self, priority: Priority) -> &AtomicU32 {
        match priority {
            Priority::Low => &self.low,
            Priority::High => &self.high,
        }
    }
}

/// One place, held from admission until the answer has left.
#[derive(Debug)]
pub(crate) struct Slot {
    session: Session,
    priority: Priority,
}

impl Slot {
    pub(super) fn take(session: &Session, priority: Priority, limit: u32) -> Option<Self> {
        let places = session.slots().of(priority);
        places
            .fetch_update(SeqCst, SeqCst, |used| (used < limit).then_some(used + 1))
            .ok()?;
        Some(Self {
            session: session.clone(),
            priority,
        })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.session.slots().of(self.priority).fetch_sub(1, SeqCst);
        self.session.link().freed();
    }
}
