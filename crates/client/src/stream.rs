//! Streams: data that flows beside the calls.

use bytes::Bytes;
use rpc::client::ClientStream;
use rpc::stream::{Chunk, StreamError};

use crate::connection::Connection;

/// The calling end of a stream, which keeps its connection open. All methods take `&self`, so that
/// both directions can run at once.
///
/// Dropping it without [`Stream::finish`] aborts the stream.
#[derive(Debug)]
pub struct Stream {
    /// Dropped before the connection, so that the other end is told.
    stream: ClientStream,
    _connection: Connection,
}

impl Stream {
    pub(crate) fn new(connection: &Connection, stream: ClientStream) -> Self {
        Self {
            stream,
            _connection: connection.clone(),
        }
    }

    /// The next piece from the other end; `None` at the end of its data. Dropping the future loses
    /// nothing.
    ///
    /// # Errors
    ///
    /// When the other end reports an error or the connection ends.
    pub async fn recv(&self) -> Result<Option<Chunk>, StreamError> {
        self.stream.recv().await
    }

    /// Sends bytes; returns when the last packet is on its way.
    ///
    /// # Errors
    ///
    /// When the stream is over.
    pub async fn send(&self, data: Bytes) -> Result<(), StreamError> {
        self.stream.send(data).await
    }

    /// Sends a run of zero bytes as its length.
    ///
    /// # Errors
    ///
    /// When the stream is over or was opened without sparse transfer.
    pub async fn send_hole(&self, length: u64) -> Result<(), StreamError> {
        self.stream.send_hole(length).await
    }

    /// Says that no more data comes. What the other end sends can still be received.
    ///
    /// # Errors
    ///
    /// When the stream is over.
    pub async fn send_eof(&self) -> Result<(), StreamError> {
        self.stream.send_eof().await
    }

    /// Ends the stream well and waits until the other end confirms that it has all data.
    ///
    /// # Errors
    ///
    /// When the other end reports an error or the connection ends.
    pub async fn finish(&self) -> Result<(), StreamError> {
        self.stream.finish().await
    }

    /// Gives the stream up and waits until the other end has let go of it.
    ///
    /// # Errors
    ///
    /// When the other end reports an error or the connection ends.
    pub async fn abort(&self) -> Result<(), StreamError> {
        self.stream.abort().await
    }
}
