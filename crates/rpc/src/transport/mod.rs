//! What moves whole packets with their descriptors.
//!
//! A byte layer on top of a socket (TLS, a SASL security layer) belongs between `socket` and the
//! framer: it turns received bytes into plain ones before they are framed and packs the gathered
//! bytes before they are written. Descriptors never pass such a layer.

mod intake;
mod memory;
mod socket;

use std::io;
use std::task::{Context, Poll};
use std::time::SystemTime;

use tokio::net::{TcpStream, UnixStream};

pub(crate) use intake::Intake;
use memory::PairEnd;

use crate::outbox::Departures;
use crate::peer::{Peer, TransportKind};

/// One end of a conversation, before anyone speaks.
#[derive(Debug)]
pub struct Transport {
    pub(crate) io: Io,
    pub(crate) peer: Peer,
}

/// Takes a connected unix stream socket. The peer's ids are read from the socket.
///
/// # Errors
/// When the kernel does not tell who the peer is.
pub fn unix(stream: UnixStream) -> io::Result<Transport> {
    let ids = stream.peer_cred()?;
    let peer = Peer {
        transport: TransportKind::Unix,
        uid: Some(ids.uid()),
        gid: Some(ids.gid()),
        pid: ids.pid(),
        address: None,
        read_only_socket: false,
        connected_at: SystemTime::now(),
    };
    Ok(Transport {
        io: Io::Unix(stream),
        peer,
    })
}

/// Takes a connected TCP socket.
///
/// # Errors
/// When the socket's peer or options cannot be read or set.
pub fn tcp(stream: TcpStream) -> io::Result<Transport> {
    stream.set_nodelay(true)?;
    let peer = Peer {
        transport: TransportKind::Tcp,
        uid: None,
        gid: None,
        pid: None,
        address: Some(stream.peer_addr()?),
        read_only_socket: false,
        connected_at: SystemTime::now(),
    };
    Ok(Transport {
        io: Io::Tcp(stream),
        peer,
    })
}

/// Two ends within this process. Packets and descriptors are handed over, not copied.
#[must_use]
pub fn pair() -> (Transport, Transport) {
    let peer = Peer {
        transport: TransportKind::InProcess,
        uid: Some(rustix::process::getuid().as_raw()),
        gid: Some(rustix::process::getgid().as_raw()),
        pid: Some(rustix::process::getpid().as_raw_nonzero().get()),
        address: None,
        read_only_socket: false,
        connected_at: SystemTime::now(),
    };
    let (one, other) = memory::pair();
    (
        Transport {
            io: Io::Memory(one),
            peer: peer.clone(),
        },
        Transport {
            io: Io::Memory(other),
            peer,
        },
    )
}

impl Transport {
    /// Marks it as having come through a socket for read-only connections.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.peer.read_only_socket = true;
        self
    }

    /// Who is at the other end.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.peer
    }
}

/// What came of an attempt to receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    /// Something; look into the intake.
    Some,
    /// The peer has closed its end.
    End,
}

/// What came of an attempt to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Everything has left.
    All,
    /// The peer takes nothing more for now.
    Blocked,
}

#[derive(Debug)]
pub(crate) enum Io {
    Unix(UnixStream),
    Tcp(TcpStream),
    Memory(PairEnd),
}

impl Io {
    /// Moves what has arrived into `intake`.
    pub(crate) fn poll_receive(
        &self,
        cx: &mut Context<'_>,
        intake: &mut Intake,
    ) -> Poll<io::Result<Received>> {
        match self {
            Self::Unix(stream) => socket::poll_receive_unix(stream, cx, intake),
            Self::Tcp(stream) => socket::poll_receive_tcp(stream, cx, intake),
            Self::Memory(end) => end.poll_receive(cx, intake).map(Ok),
        }
    }

    /// Sends as much of `departures` as the peer takes now.
    pub(crate) fn try_send(&self, departures: &mut Departures) -> io::Result<Sent> {
        match self {
            Self::Unix(stream) => socket::try_send_unix(stream, departures),
            Self::Tcp(stream) => socket::try_send_tcp(stream, departures),
            Self::Memory(end) => end.try_send(departures),
        }
    }

    /// Whether the peer is gone altogether, whatever is still to be read.
    pub(crate) fn is_gone(&self) -> bool {
        match self {
            Self::Unix(stream) => socket::is_gone(stream),
            Self::Tcp(stream) => socket::is_gone(stream),
            Self::Memory(end) => end.is_gone(),
        }
    }

    /// Waits until [`Io::try_send`] may get further.
    pub(crate) fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Unix(stream) => stream.poll_write_ready(cx),
            Self::Tcp(stream) => stream.poll_write_ready(cx),
            Self::Memory(end) => end.poll_writable(cx).map(Ok),
        }
    }
}
