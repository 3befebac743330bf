//! The one queue into a VM, and the question whether anybody is reading it.
//!
//! A stopped VM has no task: its whole state is its published snapshot. The first message to it asks the sender
//! to start an owner; an owner that has nothing left to do leaves, and the check "is the queue empty" and the
//! leaving are one step under the lock, so no message is ever stranded. So 5,000 defined VMs cost no tasks.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// A queue whose reader comes and goes.
#[derive(Debug)]
pub struct Mailbox<T> {
    inner: Mutex<Inner<T>>,
    arrived: Notify,
}

#[derive(Debug)]
struct Inner<T> {
    queue: VecDeque<T>,
    reader: Reader,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Absent,
    Present,
    /// The VM is gone for good.
    Closed,
}

/// What the sender of a message has to do.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub enum Posted<T> {
    /// Nothing: an owner reads.
    Read,
    /// Start an owner.
    StartReader,
    /// The VM is gone; here is the message back.
    Gone(T),
}

impl<T> Default for Mailbox<T> {
    fn default() -> Self {
        let inner = Inner {
            queue: VecDeque::new(),
            reader: Reader::Absent,
        };
        Self {
            inner: Mutex::new(inner),
            arrived: Notify::new(),
        }
    }
}

impl<T> Mailbox<T> {
    /// Puts a message at the end of the queue.
    pub fn post(&self, message: T) -> Posted<T> {
        let mut inner = self.lock();
        if inner.reader == Reader::Closed {
            return Posted::Gone(message);
        }
        inner.queue.push_back(message);
        if inner.reader == Reader::Absent {
            inner.reader = Reader::Present;
            return Posted::StartReader;
        }
        drop(inner);
        self.arrived.notify_one();
        Posted::Read
    }

    /// Makes the caller the reader without a message, when there is none yet.
    pub fn occupy(&self) -> bool {
        let mut inner = self.lock();
        let free = inner.reader == Reader::Absent;
        if free {
            inner.reader = Reader::Present;
        }
        free
    }

    /// The next message; waits for one. Dropping the future loses nothing.
    pub async fn next(&self) -> T {
        loop {
            let arrived = self.arrived.notified();
            if let Some(message) = self.lock().queue.pop_front() {
                return message;
            }
            arrived.await;
        }
    }

    /// The reader leaves unless a message has come; true when it has left.
    pub fn leave(&self) -> bool {
        let mut inner = self.lock();
        let empty = inner.queue.is_empty();
        if empty {
            inner.reader = Reader::Absent;
            // A stopped VM keeps no room for messages.
            inner.queue = VecDeque::new();
        }
        empty
    }

    /// The VM is gone: whatever still waits is handed back, later messages bounce.
    pub fn close(&self) -> VecDeque<T> {
        let mut inner = self.lock();
        inner.reader = Reader::Closed;
        std::mem::take(&mut inner.queue)
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        // The queue is consistent at every point where a holder could panic.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_message_asks_for_a_reader_the_second_does_not() {
        let mailbox = Mailbox::default();
        assert_eq!(mailbox.post(1), Posted::StartReader);
        assert_eq!(mailbox.post(2), Posted::Read);
    }

    #[test]
    fn a_reader_cannot_leave_a_message_behind() {
        let mailbox = Mailbox::default();
        assert_eq!(mailbox.post(1), Posted::StartReader);
        assert!(!mailbox.leave());
    }

    #[tokio::test]
    async fn messages_come_in_order_and_wake_the_reader() {
        let mailbox = std::sync::Arc::new(Mailbox::default());
        assert!(mailbox.occupy());
        assert!(!mailbox.occupy());
        let reader = tokio::spawn({
            let mailbox = mailbox.clone();
            async move { (mailbox.next().await, mailbox.next().await) }
        });
        tokio::task::yield_now().await;
        assert_eq!(mailbox.post("a"), Posted::Read);
        assert_eq!(mailbox.post("b"), Posted::Read);
        assert_eq!(reader.await.unwrap(), ("a", "b"));
        assert!(mailbox.leave());
        assert_eq!(mailbox.post("c"), Posted::StartReader);
    }

    #[test]
    fn after_the_end_messages_bounce() {
        let mailbox = Mailbox::default();
        assert_eq!(mailbox.post(1), Posted::StartReader);
        assert_eq!(mailbox.close(), [1]);
        assert_eq!(mailbox.post(2), Posted::Gone(2));
    }
}
