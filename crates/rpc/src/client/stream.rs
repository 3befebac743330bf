//! The calling end of a stream.

use std::sync::Arc;

use bytes::Bytes;
use protocol::header::Status;

use crate::stream::{Chunk, Flow, StreamError};

/// The calling end of a stream. All methods take `&self`, so that both directions can run at once.
///
/// Dropping it without [`ClientStream::finish`] aborts the stream.
#[derive(Debug)]
pub struct ClientStream(Arc<Flow>);

impl ClientStream {
    pub(super) fn new(flow: Arc<Flow>) -> Self {
        Self(flow)
    }

    /// The next piece from the server; `None` at the end of its data. Dropping the future loses
    /// nothing.
    ///
    /// # Errors
    /// When the server reports an error or the connection ends.
    pub async fn recv(&self) -> Result<Option<Chunk>, StreamError> {
        self.0.recv().await
    }

    /// Sends bytes to the server; returns when the last packet is on its way.
    ///
    /// # Errors
    /// When the stream is over.
    pub async fn send(&self, data: Bytes) -> Result<(), StreamError> {
        self.0.send(data).await
    }

    /// Sends a run of zero bytes as its length.
    ///
    /// # Errors
    /// When the stream is over or was opened without sparse transfer.
    pub async fn send_hole(&self, length: u64) -> Result<(), StreamError> {
        self.0.send_hole(length).await
    }

    /// Says that no more data comes. Further data from the server can still be received.
    ///
    /// # Errors
    /// When the stream is over.
    pub async fn send_eof(&self) -> Result<(), StreamError> {
        self.0.send_eof().await
    }

    /// Ends the stream well and waits until the server confirms that it has all data.
    ///
    /// # Errors
    /// When the server reports an error or the connection ends.
    pub async fn finish(&self) -> Result<(), StreamError> {
        self.0.conclude(Status::Ok, Bytes::new());
        self.0.await_end().await
    }

    /// Gives the stream up and waits until the server has let go of it.
    ///
    /// # Errors
    /// When the server reports an error or the connection ends.
    pub async fn abort(&self) -> Result<(), StreamError> {
        self.0.conclude(Status::Error, Bytes::new());
        self.0.await_end().await
    }
}

impl Drop for ClientStream {
    fn drop(&mut self) {
        self.0.dropped();
    }
}
