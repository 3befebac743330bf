//! Streams: data that flows beside the calls, opened by a call and sharing its serial number.
//!
//! Flow control: a stream has one packet under way at a time and makes the next when that one has
//! left, so replies and events pass between its packets. What is received waits in a bounded queue;
//! when the queues of a conversation are full, reading stops until someone takes a chunk.

mod flow;
mod table;

pub(crate) use flow::Flow;
pub(crate) use table::Streams;

use bytes::Bytes;
use protocol::error::ErrorBody;

use crate::close::CloseReason;

/// The most stream data in one packet.
pub const CHUNK_MAX: usize = 262_120;

/// A piece of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// Bytes, never empty.
    Data(Bytes),
    /// A run of zero bytes that was not sent, in bytes.
    Hole(u64),
}

/// Which end of a stream this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

/// Whether the opening call asked for sparse transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holes {
    /// Holes may be sent and received.
    Allowed,
    /// A hole from the peer ends the connection.
    Refused,
}

/// Why a stream cannot go on.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StreamError {
    /// The client gave the stream up.
    #[error("the client aborted the stream")]
    Aborted,
    /// The stream has ended on this side or is finished on the other.
    #[error("the stream has ended")]
    Ended,
    /// The server reported an error, which ended the stream.
    #[error("the server ended the stream with an error: {}", .0.text())]
    Remote(Box<ErrorBody>),
    /// The connection is gone.
    #[error("the connection is closed")]
    Closed(#[source] CloseReason),
    /// A hole on a stream without sparse transfer, or longer than the protocol can say.
    #[error("a hole of {length} bytes cannot be sent on this stream")]
    HoleRefused {
        /// The hole's length in bytes.
        length: u64,
    },
}
