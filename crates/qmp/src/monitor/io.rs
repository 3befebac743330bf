//! The task that moves bytes between the socket and the shared state.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use bytes::{Buf, BytesMut};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use tokio::io::Interest;
use tokio::net::UnixStream;

use super::state::{Refusal, Shared, State};
use crate::error::Disconnect;
use crate::wire::Incoming;

/// The most descriptors that one command may carry. QEMU takes 16.
pub(super) const FDS_MAX: usize = 16;

/// At least this much room is made for each read.
const READ: usize = 4096;

/// Serves the connection to its end.
pub(super) async fn drive(shared: Arc<Shared>, stream: UnixStream) {
    let reason = serve(&shared, &stream).await;
    shared.disconnect(reason);
}

async fn serve(shared: &Shared, stream: &UnixStream) -> Disconnect {
    let mut outbox = Outbox::default();
    loop {
        if outbox.is_empty() {
            let mut state = shared.lock();
            outbox.fill(&mut state);
            if state.is_over() {
                return Disconnect::GivenUp;
            }
        }
        let step = tokio::select! {
            ready = stream.readable() => ready.map_err(failed).and_then(|()| receive(shared, stream)),
            ready = stream.writable(), if !outbox.is_empty() => {
                match ready.and_then(|()| outbox.send(stream)) {
                    Ok(()) => Ok(()),
                    Err(e) => Err(last_words(shared, stream, failed(e)).await),
                }
            }
            () = shared.wakeup.notified() => Ok(()),
        };
        if let Err(reason) = step {
            return reason;
        }
    }
}

/// What can no longer be written to may still hold something to read: QEMU's last events tell
/// why it went.
async fn last_words(shared: &Shared, stream: &UnixStream, unwritable: Disconnect) -> Disconnect {
    loop {
        let step = stream
            .readable()
            .await
            .map_err(failed)
            .and_then(|()| receive(shared, stream));
        match step {
            Ok(()) => {}
            Err(Disconnect::Closed) => return unwritable,
            Err(reason) => return reason,
        }
    }
}

fn failed(error: io::Error) -> Disconnect {
    match error.kind() {
        // QEMU has exited; a reset means that it did so with our bytes still unread.
        io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => Disconnect::Closed,
        _ => Disconnect::Io(Arc::new(error)),
    }
}

/// Takes what the socket has and tells everyone whom it concerns.
fn receive(shared: &Shared, stream: &UnixStream) -> Result<(), Disconnect> {
    let mut state = shared.lock();
    let buffer = state.session.buffer();
    buffer.reserve(READ.max(buffer.len()));
    match stream.try_read_buf(buffer) {
        Ok(0) => return Err(Disconnect::Closed),
        Ok(_) => {}
        Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(()),
        Err(e) => return Err(failed(e)),
    }
    while let Some(incoming) = state.session.next_incoming()? {
        deliver(shared, &mut state, incoming);
    }
    Ok(())
}

fn deliver(shared: &Shared, state: &mut State, incoming: Incoming) {
    if let Some(first) = state.greeting.take() {
        let greeting = match incoming {
            Incoming::Greeting(greeting) => Ok(greeting),
            other => Err(format!("{other:?}")),
        };
        // Who connects has given up: then the handle is dropped, which ends this task.
        let _ = first.send(greeting);
        return;
    }
    match incoming {
        Incoming::Reply { id, result } => {
            responsive(shared);
            if let Some(waiting) = state.answered(id) {
                let _ = waiting.send(result.map_err(Refusal::Error));
            }
        }
        Incoming::Late(id) => {
            responsive(shared);
            state.answered(id);
        }
        Incoming::Event(event) => {
            state.events.push(event);
            shared.events_changed.notify_one();
        }
        Incoming::Greeting(_) => tracing::warn!(vm = %shared.vm, "QEMU greeted a second time"),
        Incoming::Stray { id, error } => {
            tracing::warn!(vm = %shared.vm, ?id, ?error, "QEMU answered what was not asked");
        }
        Incoming::Garbage(error) => {
            tracing::warn!(vm = %shared.vm, %error, "QEMU sent garbage on its monitor");
        }
    }
}

/// QEMU answers: notices a recovery.
fn responsive(shared: &Shared) {
    shared
        .responsive
        .send_if_modified(|responsive| !std::mem::replace(responsive, true));
}

/// Bytes on their way out.
#[derive(Default)]
struct Outbox {
    bytes: BytesMut,
    /// They go with the first byte.
    fds: Vec<OwnedFd>,
}

impl Outbox {
    fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Puts all that may be sent together into one piece.
    fn fill(&mut self, state: &mut State) {
        while self.fds.is_empty() {
            let Some(next) = state.take_sendable(!self.is_empty()) else {
                return;
            };
            self.bytes.extend_from_slice(&next.bytes);
            self.fds = next.fds;
        }
    }

    fn send(&mut self, stream: &UnixStream) -> io::Result<()> {
        let sent = stream.try_io(Interest::WRITABLE, || {
            send(stream.as_fd(), &self.bytes, &self.fds).map_err(io::Error::from)
        });
        match sent {
            Ok(sent) => {
                self.bytes.advance(sent.min(self.bytes.len()));
                self.fds.clear();
                Ok(())
            }
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(()),
            Err(e) => Err(e),
        }
    }
}

fn send(socket: BorrowedFd<'_>, bytes: &[u8], fds: &[OwnedFd]) -> rustix::io::Result<usize> {
    let borrowed: Vec<BorrowedFd<'_>> = fds.iter().map(AsFd::as_fd).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FDS_MAX))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    if !borrowed.is_empty() && !ancillary.push(SendAncillaryMessage::ScmRights(&borrowed)) {
        // `submit_with_fds` has refused more than there is room for.
        return Err(rustix::io::Errno::NOBUFS);
    }
    sendmsg(
        socket,
        &[IoSlice::new(bytes)],
        &mut ancillary,
        SendFlags::NOSIGNAL,
    )
}
