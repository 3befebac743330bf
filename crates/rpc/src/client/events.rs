//! Events on their way to whoever asked for them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::Notify;

use crate::message::RawEvent;

/// Bytes of events that wait for one subscriber; what comes beyond is dropped and counted.
const BUDGET: usize = 4 * 1024 * 1024;
/// What a waiting event costs apart from its payload.
const EVENT_COST: usize = 64;

/// What a subscriber receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// An event.
    Event(RawEvent),
    /// This many events were dropped here because the subscriber was too slow.
    Lost(u64),
}

/// One subscription to all events of a connection.
#[derive(Debug)]
pub struct Events(Arc<Queue>);

impl Events {
    /// The next event in the server's order; `None` when the connection has ended and all were
    /// taken. Dropping the future loses nothing.
    pub async fn recv(&mut self) -> Option<Incoming> {
        loop {
            let arrived = self.0.arrived.notified();
            {
                let mut state = self.0.lock();
                if let Some(next) = state.next() {
                    return Some(next);
                }
                if state.ended {
                    return None;
                }
            }
            arrived.await;
        }
    }

    /// The next event if one is there already.
    pub fn try_recv(&mut self) -> Option<Incoming> {
        self.0.lock().next()
    }
}

/// All subscriptions of a connection.
#[derive(Debug, Default)]
pub(super) struct Subscribers(Mutex<Subscriptions>);

#[derive(Debug, Default)]
struct Subscriptions {
    queues: Vec<Weak<Queue>>,
    ended: bool,
}

impl Subscribers {
    pub(super) fn subscribe(&self) -> Events {
        let queue = Arc::new(Queue::default());
        let mut subscriptions = self.lock();
        queue.lock().ended = subscriptions.ended;
        subscriptions.queues.push(Arc::downgrade(&queue));
        Events(queue)
    }

    pub(super) fn publish(&self, event: &RawEvent) {
        self.lock().queues.retain(|queue| match queue.upgrade() {
            Some(queue) => {
                queue.push(event.clone());
                true
            }
            None => false,
        });
    }

    pub(super) fn end(&self) {
        let mut subscriptions = self.lock();
        subscriptions.ended = true;
        for queue in subscriptions
            .queues
            .drain(..)
            .filter_map(|queue| queue.upgrade())
        {
            queue.lock().ended = true;
            queue.arrived.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Subscriptions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
struct Queue {
    state: Mutex<State>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct State {
    events: VecDeque<RawEvent>,
    bytes: usize,
    lost: u64,
    ended: bool,
}

impl Queue {
    fn push(&self, event: RawEvent) {
        let mut state = self.lock();
        let cost = EVENT_COST + event.payload.len();
        // Once something is lost, all is lost until the subscriber has been told: the order of
        // events and losses stays true.
        if state.lost > 0 || (state.bytes > 0 && state.bytes + cost > BUDGET) {
            state.lost += 1;
        } else {
            state.bytes += cost;
            state.events.push_back(event);
        }
        drop(state);
        self.arrived.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next(&mut self) -> Option<Incoming> {
        if let Some(event) = self.events.pop_front() {
            self.bytes -= EVENT_COST + event.payload.len();
            return Some(Incoming::Event(event));
        }
        match std::mem::take(&mut self.lost) {
            0 => None,
            lost => Some(Incoming::Lost(lost)),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn event(procedure: i32, size: usize) -> RawEvent {
        RawEvent {
            program: 1,
            version: 1,
            procedure,
            payload: Bytes::from(vec![0; size]),
        }
    }

    #[tokio::test]
    async fn a_slow_subscriber_is_told_what_it_lost() {
        let subscribers = Subscribers::default();
        let mut events = subscribers.subscribe();
        for number in 0..5 {
            subscribers.publish(&event(number, BUDGET / 3));
        }
        assert_eq!(
            events.recv().await,
            Some(Incoming::Event(event(0, BUDGET / 3)))
        );
        assert_eq!(
            events.recv().await,
            Some(Incoming::Event(event(1, BUDGET / 3)))
        );
        assert_eq!(events.recv().await, Some(Incoming::Lost(3)));
        subscribers.publish(&event(9, 1));
        subscribers.end();
        assert_eq!(events.recv().await, Some(Incoming::Event(event(9, 1))));
        assert_eq!(events.recv().await, None);
    }

    #[test]
    fn a_subscription_that_is_gone_is_forgotten() {
        let subscribers = Subscribers::default();
        drop(subscribers.subscribe());
        subscribers.publish(&event(1, 1));
        assert!(subscribers.lock().queues.is_empty());
    }
}
