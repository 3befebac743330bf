//! Events on their way to the owner.

use std::collections::VecDeque;
use std::sync::Arc;

use super::state::Shared;
use crate::wire::Event;

/// How many events may wait for the owner.
pub(super) const WAITING_MAX: usize = 4096;

/// What the owner of a monitor is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// Something happened.
    Event(Event),
    /// So many events came faster than they were taken, and are lost. What they would have told
    /// has to be queried.
    Lost(u64),
}

/// The receiver of a monitor's events. When it is dropped, events are dropped.
#[derive(Debug)]
pub struct Events(pub(super) Arc<Shared>);

impl Events {
    /// The next event, in the order in which QEMU sent them; `None` once the connection has ended
    /// and all were taken. Cancel safe.
    pub async fn recv(&mut self) -> Option<Notice> {
        loop {
            {
                let mut state = self.0.lock();
                if let Some(notice) = state.events.take() {
                    return Some(notice);
                }
                if state.disconnect.is_some() {
                    return None;
                }
            }
            // A change since then has left its permit here.
            self.0.events_changed.notified().await;
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.0.lock().events = Queue::Closed;
    }
}

/// Events that wait for the owner.
#[derive(Debug)]
pub(super) enum Queue {
    Open {
        waiting: VecDeque<Event>,
        lost: u64,
    },
    /// Nobody listens.
    Closed,
}

impl Queue {
    pub(super) fn push(&mut self, event: Event) {
        let Queue::Open { waiting, lost } = self else {
            return;
        };
        if waiting.len() < WAITING_MAX && *lost == 0 {
            waiting.push_back(event);
        } else {
            *lost += 1;
        }
    }

    /// What is lost is told where it is missing: after the ones that still found room.
    fn take(&mut self) -> Option<Notice> {
        let Queue::Open { waiting, lost } = self else {
            return None;
        };
        match waiting.pop_front() {
            Some(event) => Some(Notice::Event(event)),
            None if *lost > 0 => Some(Notice::Lost(std::mem::take(lost))),
            None => None,
        }
    }
}
