//! Unix and TCP stream sockets: gathered writes, descriptors in their own one-byte messages.

use std::cell::RefCell;
use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::task::{Context, Poll, ready};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recv, recvmsg, sendmsg,
};
use tokio::io::Interest;
use tokio::net::{TcpStream, UnixStream};

use super::{Intake, Received, Sent};
use crate::outbox::{Departures, Next};

/// Bytes read at a time. One buffer per thread serves all sessions: an idle session holds none.
const SCRATCH: usize = 64 * 1024;
/// The most descriptors that the kernel delivers at once (`SCM_MAX_FD`).
const KERNEL_FDS: usize = 253;
/// Slices gathered into one write.
const GATHER: usize = 32;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn poll_receive_unix(
    stream: &UnixStream,
    cx: &mut Context<'_>,
    intake: &mut Intake,
) -> Poll<io::Result<Received>> {
    loop {
        ready!(stream.poll_read_ready(cx))?;
        let mut outcome = Outcome::Nothing;
        let attempt = stream.try_io(Interest::READABLE, || {
            outcome = with_scratch(|buffer| receive_with_descriptors(stream, buffer, intake))?;
            outcome.exhausted()
        });
        if let Some(result) = settle(attempt, outcome) {
            return Poll::Ready(result);
        }
    }
}

pub(super) fn poll_receive_tcp(
    stream: &TcpStream,
    cx: &mut Context<'_>,
    intake: &mut Intake,
) -> Poll<io::Result<Received>> {
    loop {
        ready!(stream.poll_read_ready(cx))?;
        let mut outcome = Outcome::Nothing;
        let attempt = stream.try_io(Interest::READABLE, || {
            outcome = with_scratch(|buffer| receive_bytes(stream, buffer, intake))?;
            outcome.exhausted()
        });
        if let Some(result) = settle(attempt, outcome) {
            return Poll::Ready(result);
        }
    }
}

pub(super) fn try_send_unix(stream: &UnixStream, departures: &mut Departures) -> io::Result<Sent> {
    try_send(departures, |next| {
        stream.try_io(Interest::WRITABLE, || write(stream, next))
    })
}

pub(super) fn try_send_tcp(stream: &TcpStream, departures: &mut Departures) -> io::Result<Sent> {
    try_send(departures, |next| {
        stream.try_io(Interest::WRITABLE, || write(stream, next))
    })
}

pub(super) fn is_gone(stream: impl AsFd) -> bool {
    let mut fds = [PollFd::new(&stream, PollFlags::empty())];
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    let gone = PollFlags::HUP | PollFlags::ERR;
    poll(&mut fds, Some(&now)).is_ok() && fds.iter().any(|fd| fd.revents().intersects(gone))
}

/// What one system call brought.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Nothing,
    End,
    /// Bytes; and whether the socket is now known to be empty.
    Bytes {
        drained: bool,
    },
}

impl Outcome {
    /// A read shorter than its buffer has emptied the socket. Saying "would block" lets the runtime
    /// wait for the next arrival without another system call that would only say the same. It
    /// notices arrivals since the readiness that led to this read.
    fn exhausted(self) -> io::Result<()> {
        match self {
            Self::Bytes { drained: true } => Err(io::ErrorKind::WouldBlock.into()),
            Self::Bytes { drained: false } | Self::End | Self::Nothing => Ok(()),
        }
    }
}

/// The result of an attempt; `None` means that readiness was stale and is to be awaited again.
fn settle(attempt: io::Result<()>, outcome: Outcome) -> Option<io::Result<Received>> {
    match (outcome, attempt) {
        (Outcome::Bytes { .. }, _) => Some(Ok(Received::Some)),
        (Outcome::End, _) => Some(Ok(Received::End)),
        (Outcome::Nothing, Err(error)) if error.kind() == io::ErrorKind::WouldBlock => None,
        (Outcome::Nothing, Err(error)) if error.kind() == io::ErrorKind::Interrupted => None,
        (Outcome::Nothing, Err(error)) => Some(Err(error)),
        (Outcome::Nothing, Ok(())) => None,
    }
}

fn with_scratch<T>(read: impl FnOnce(&mut [u8]) -> io::Result<T>) -> io::Result<T> {
    BUFFER.with(|buffer| {
        let mut buffer = buffer.borrow_mut();
        buffer.resize(SCRATCH, 0);
        read(&mut buffer)
    })
}

fn receive_bytes(
    stream: &TcpStream,
    buffer: &mut [u8],
    intake: &mut Intake,
) -> io::Result<Outcome> {
    let room = buffer.len();
    let (count, _) = recv(stream.as_fd(), &mut *buffer, RecvFlags::empty())?;
    Ok(take(buffer, count, room, Vec::new(), intake))
}

fn receive_with_descriptors(
    stream: &UnixStream,
    buffer: &mut [u8],
    intake: &mut Intake,
) -> io::Result<Outcome> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(KERNEL_FDS))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let room = buffer.len();
    let count = recvmsg(
        stream.as_fd(),
        &mut [IoSliceMut::new(buffer)],
        &mut control,
        RecvFlags::CMSG_CLOEXEC,
    )?
    .bytes;
    let mut fds = Vec::new();
    for message in control.drain() {
        if let RecvAncillaryMessage::ScmRights(received) = message {
            fds.extend(received);
        }
    }
    Ok(take(buffer, count, room, fds, intake))
}

fn take(
    buffer: &[u8],
    count: usize,
    room: usize,
    fds: Vec<OwnedFd>,
    intake: &mut Intake,
) -> Outcome {
    if count == 0 {
        return Outcome::End;
    }
    // A message with descriptors ends a read early, whatever is behind it.
    let drained = count < room && fds.is_empty();
    intake.accept_bytes(buffer.get(..count).unwrap_or_default(), fds.into_iter());
    Outcome::Bytes { drained }
}

fn try_send(
    departures: &mut Departures,
    mut write: impl FnMut(&Next<'_>) -> io::Result<usize>,
) -> io::Result<Sent> {
    loop {
        let mut slices = [IoSlice::new(&[]); GATHER];
        let Some(next) = departures.next(&mut slices) else {
            return Ok(Sent::All);
        };
        let progress = write(&next).map(|count| next.progress(count));
        match progress {
            Ok(progress) => departures.advance(progress),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Sent::Blocked),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn write(stream: impl AsFd, next: &Next<'_>) -> io::Result<usize> {
    match next {
        Next::Bytes(slices) => {
            let mut control = SendAncillaryBuffer::default();
            Ok(sendmsg(stream, slices, &mut control, SendFlags::NOSIGNAL)?)
        }
        Next::Descriptor(fd) => {
            let fds = [*fd];
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
            let mut control = SendAncillaryBuffer::new(&mut space);
            control.push(SendAncillaryMessage::ScmRights(&fds));
            Ok(sendmsg(
                stream,
                &[IoSlice::new(&[0])],
                &mut control,
                SendFlags::NOSIGNAL,
            )?)
        }
    }
}
