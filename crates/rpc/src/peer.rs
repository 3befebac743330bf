//! Who is at the other end.

use std::net::SocketAddr;
use std::time::SystemTime;

/// What is known of the other end of a transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// How it is connected.
    pub transport: TransportKind,
    /// User id of the connecting process; absent over the network.
    pub uid: Option<u32>,
    /// Group id of the connecting process; absent over the network.
    pub gid: Option<u32>,
    /// Process id of the connecting process; absent over the network.
    pub pid: Option<i32>,
    /// Network address, over TCP.
    pub address: Option<SocketAddr>,
    /// Whether it came through a socket that serves read-only connections.
    pub read_only_socket: bool,
    /// When it connected.
    pub connected_at: SystemTime,
}

/// The kinds of transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportKind {
    /// A unix stream socket.
    Unix,
    /// A TCP socket.
    Tcp,
    /// A channel between two halves of this process.
    InProcess,
}

impl TransportKind {
    /// Whether descriptors can travel with packets.
    #[must_use]
    pub fn passes_descriptors(self) -> bool {
        match self {
            Self::Unix | Self::InProcess => true,
            Self::Tcp => false,
        }
    }
}

impl Peer {
    /// Whether the connecting process runs as root.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.uid == Some(0)
    }
}
