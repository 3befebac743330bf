//! Why a conversation ended.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use protocol::packet::FrameError;

/// Why a session or a connection ended. The first reason wins.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CloseReason {
    /// The peer closed its end between two packets.
    #[error("the peer closed the connection")]
    PeerClosed,
    /// This side asked for it.
    #[error("the connection was closed by this side")]
    Requested,
    /// Nothing was heard from the peer although it was asked `count` times.
    #[error("no sign of life from the peer within {count} keepalive intervals of {interval:?}")]
    KeepaliveTimeout {
        /// The configured interval.
        interval: Duration,
        /// How many pings stayed without answer.
        count: u32,
    },
    /// The peer broke the protocol.
    #[error("the peer broke the protocol")]
    Violation(#[source] Violation),
    /// The operating system reported an error on the socket.
    #[error("the socket failed")]
    Io(#[source] Arc<io::Error>),
}

/// How a peer broke the protocol. Each case ends its connection and nothing else.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Violation {
    /// The bytes are no packet.
    #[error("garbage instead of a packet")]
    Frame(#[source] FrameError),
    /// The connection ended in the middle of a packet.
    #[error("the connection ended in the middle of a packet")]
    Truncated,
    /// A packet took longer to arrive than its deadline allows.
    #[error("a packet was not complete within {0:?}")]
    TooSlow(Duration),
    /// A packet announced descriptors that did not come with it.
    #[error("a packet announced {announced} descriptors and brought {received}")]
    MissingDescriptors {
        /// What the packet's count word said.
        announced: u32,
        /// What arrived.
        received: usize,
    },
    /// Descriptors arrived that no packet announced.
    #[error("descriptors arrived that no packet announced")]
    StrayDescriptors,
    /// A packet of a kind that this side never receives.
    #[error("unexpected {kind} packet of procedure {procedure} in program {program:#x}")]
    UnexpectedKind {
        /// The packet's kind.
        kind: &'static str,
        /// The program number.
        program: u32,
        /// The procedure number.
        procedure: i32,
    },
    /// A hole on a stream that was opened without sparse transfer.
    #[error("a hole on stream {serial}, which was opened without sparse transfer")]
    UnexpectedHole {
        /// The serial number of the call that opened the stream.
        serial: u32,
    },
    /// The payload of a hole packet cannot be read.
    #[error("a malformed hole on stream {serial}")]
    MalformedHole {
        /// The serial number of the call that opened the stream.
        serial: u32,
    },
    /// Data after the peer had said that there is no more.
    #[error("data on stream {serial} after its end")]
    DataAfterEnd {
        /// The serial number of the call that opened the stream.
        serial: u32,
    },
}

impl CloseReason {
    /// Whether the peer is at fault, as opposed to an orderly end.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        match self {
            Self::PeerClosed | Self::Requested => false,
            Self::KeepaliveTimeout { .. } | Self::Violation(_) | Self::Io(_) => true,
        }
    }
}

impl From<Violation> for CloseReason {
    fn from(violation: Violation) -> Self {
        Self::Violation(violation)
    }
}

impl From<FrameError> for CloseReason {
    fn from(error: FrameError) -> Self {
        Self::Violation(Violation::Frame(error))
    }
}

impl From<io::Error> for CloseReason {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => Self::PeerClosed,
            _ => Self::Io(Arc::new(error)),
        }
    }
}
