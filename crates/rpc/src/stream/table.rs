//! The open streams of one conversation.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Flow;
use crate::close::CloseReason;
use crate::message::Message;

#[derive(Debug, Default)]
pub(crate) struct Streams {
    open: Mutex<HashMap<u32, Arc<Flow>>>,
    /// Received data that nobody has taken yet, of all streams.
    pub(super) waiting: AtomicUsize,
}

impl Streams {
    pub(crate) fn insert(&self, serial: u32, flow: Arc<Flow>) {
        let replaced = self.lock().insert(serial, flow);
        if let Some(replaced) = replaced {
            replaced.refuse();
        }
    }

    pub(crate) fn get(&self, serial: u32) -> Option<Arc<Flow>> {
        self.lock().get(&serial).cloned()
    }

    /// Forgets the stream `serial` if it is still `flow`.
    pub(crate) fn remove(&self, serial: u32, flow: &Flow) {
        let mut open = self.lock();
        if open
            .get(&serial)
            .is_some_and(|known| std::ptr::eq(&**known, flow))
        {
            open.remove(&serial);
            if open.is_empty() {
                open.shrink_to_fit();
            }
        }
    }

    /// Hands a stream packet to its stream. A packet for a stream that has ended is dropped: its
    /// sender could not know yet.
    pub(crate) fn deliver(&self, message: Message) -> Result<(), CloseReason> {
        match self.get(message.header.serial) {
            Some(flow) => flow.receive(message),
            None => Ok(()),
        }
    }

    pub(crate) fn waiting_bytes(&self) -> usize {
        self.waiting.load(Relaxed)
    }

    pub(crate) fn count(&self) -> usize {
        self.lock().len()
    }

    pub(crate) fn close_all(&self, reason: &CloseReason) {
        let open = std::mem::take(&mut *self.lock());
        for flow in open.into_values() {
            flow.close(reason);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u32, Arc<Flow>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
