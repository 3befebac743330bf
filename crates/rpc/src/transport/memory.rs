//! The in-process transport: two bounded queues of whole packets.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::{Intake, Received, Sent};
use crate::message::Message;
use crate::outbox::Departures;

/// Bytes that one direction holds before the sender has to wait.
const CAPACITY: usize = 256 * 1024;

/// One end of an in-process transport; dropping it tells the other.
#[derive(Debug)]
pub(crate) struct PairEnd {
    incoming: Arc<Pipe>,
    outgoing: Arc<Pipe>,
}

pub(super) fn pair() -> (PairEnd, PairEnd) {
    let (there, back) = (Arc::new(Pipe::default()), Arc::new(Pipe::default()));
    let one = PairEnd {
        incoming: back.clone(),
        outgoing: there.clone(),
    };
    let other = PairEnd {
        incoming: there,
        outgoing: back,
    };
    (one, other)
}

impl PairEnd {
    pub(super) fn poll_receive(&self, cx: &mut Context<'_>, intake: &mut Intake) -> Poll<Received> {
        let mut pipe = self.incoming.lock();
        if pipe.queue.is_empty() {
            if pipe.closed {
                return Poll::Ready(Received::End);
            }
            pipe.reader = Some(cx.waker().clone());
            return Poll::Pending;
        }
        pipe.bytes = 0;
        intake.accept_whole(&mut pipe.queue);
        wake(pipe.writer.take());
        Poll::Ready(Received::Some)
    }

    pub(super) fn try_send(&self, departures: &mut Departures) -> io::Result<Sent> {
        let mut pipe = self.outgoing.lock();
        if pipe.closed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        while pipe.bytes < CAPACITY {
            let Some(message) = departures.take_whole() else {
                wake(pipe.reader.take());
                return Ok(Sent::All);
            };
            pipe.bytes += message.size();
            pipe.queue.push_back(message);
        }
        wake(pipe.reader.take());
        Ok(if departures.is_empty() {
            Sent::All
        } else {
            Sent::Blocked
        })
    }

    pub(super) fn is_gone(&self) -> bool {
        self.outgoing.lock().closed
    }

    pub(super) fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut pipe = self.outgoing.lock();
        if pipe.closed || pipe.bytes < CAPACITY {
            return Poll::Ready(());
        }
        pipe.writer = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for PairEnd {
    fn drop(&mut self) {
        self.outgoing.close();
        self.incoming.close();
        // What nobody will read must not keep its descriptors open.
        let unread = std::mem::take(&mut self.incoming.lock().queue);
        drop(unread);
    }
}

#[derive(Debug, Default)]
struct Pipe {
    state: Mutex<PipeState>,
}

#[derive(Debug, Default)]
struct PipeState {
    queue: VecDeque<Message>,
    bytes: usize,
    closed: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Pipe {
    fn lock(&self) -> MutexGuard<'_, PipeState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        let mut pipe = self.lock();
        pipe.closed = true;
        wake(pipe.reader.take());
        wake(pipe.writer.take());
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
