//! Streams, blocking.

use bytes::Bytes;
use rpc::stream::{Chunk, StreamError};

use super::wait::finish;

/// The calling end of a stream. All methods take `&self`, so that a thread can receive while
/// another sends. Dropping it without [`Stream::finish`] aborts the stream.
#[derive(Debug)]
pub struct Stream(crate::Stream);

impl From<crate::Stream> for Stream {
    fn from(stream: crate::Stream) -> Self {
        Self(stream)
    }
}

impl Stream {
    /// Waits for [`recv`](crate::Stream::recv).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn recv(&self) -> Result<Option<Chunk>, StreamError> {
        finish(self.0.recv())
    }

    /// Waits for [`send`](crate::Stream::send).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn send(&self, data: Bytes) -> Result<(), StreamError> {
        finish(self.0.send(data))
    }

    /// Waits for [`send_hole`](crate::Stream::send_hole).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn send_hole(&self, length: u64) -> Result<(), StreamError> {
        finish(self.0.send_hole(length))
    }

    /// Waits for [`send_eof`](crate::Stream::send_eof).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn send_eof(&self) -> Result<(), StreamError> {
        finish(self.0.send_eof())
    }

    /// Waits for [`finish`](crate::Stream::finish).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn finish(&self) -> Result<(), StreamError> {
        finish(self.0.finish())
    }

    /// Waits for [`abort`](crate::Stream::abort).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn abort(&self) -> Result<(), StreamError> {
        finish(self.0.abort())
    }
}
