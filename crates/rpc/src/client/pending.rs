//! Calls that wait for their answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::{CallError, RawReply};
use crate::close::CloseReason;
use crate::stream::Flow;

pub(super) type Outcome = Result<RawReply, CallError>;

/// Calls that wait for their answer, by serial number.
#[derive(Debug, Default)]
pub(super) struct Pending(Mutex<Calls>);

#[derive(Debug, Default)]
struct Calls {
    waiting: HashMap<u32, Call>,
    last: u32,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    /// Gone when the caller has given up.
    pub(super) caller: Option<oneshot::Sender<Outcome>>,
    /// The stream that the call opens.
    pub(super) stream: Option<Arc<Flow>>,
}

impl Pending {
    /// Takes a serial number that no waiting call has.
    pub(super) fn reserve(&self, caller: oneshot::Sender<Outcome>) -> u32 {
        let mut calls = self.lock();
        loop {
            calls.last = calls.last.wrapping_add(1);
            let serial = calls.last;
            if serial != 0 && !calls.waiting.contains_key(&serial) {
                calls.waiting.insert(
                    serial,
                    Call {
                        caller: Some(caller),
                        stream: None,
                    },
                );
                return serial;
            }
        }
    }

    pub(super) fn set_stream(&self, serial: u32, stream: Arc<Flow>) {
        if let Some(call) = self.lock().waiting.get_mut(&serial) {
            call.stream = Some(stream);
        }
    }

    pub(super) fn take(&self, serial: u32) -> Option<Call> {
        self.lock().waiting.remove(&serial)
    }

    /// The caller has given up; the answer, when it comes, still has to be dealt with.
    pub(super) fn abandon(&self, serial: u32) {
        if let Some(call) = self.lock().waiting.get_mut(&serial) {
            call.caller = None;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lock().waiting.is_empty()
    }

    pub(super) fn fail_all(&self, reason: &CloseReason) {
        let waiting = std::mem::take(&mut self.lock().waiting);
        for caller in waiting.into_values().filter_map(|call| call.caller) {
            // A caller that has just given up does not mind.
            let _ = caller.send(Err(CallError::Closed(reason.clone())));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
