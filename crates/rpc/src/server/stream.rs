//! The serving end of a stream.

use std::sync::Arc;

use bytes::Bytes;
use protocol::error::ErrorBody;
use protocol::header::Status;

use crate::stream::{Chunk, Flow, StreamError};

/// The serving end of a stream. All methods take `&self`, so that both directions can run at once.
///
/// Dropping it without [`ServerStream::finish`] or [`ServerStream::fail`] tells the client that the
/// stream failed.
#[derive(Debug)]
pub struct ServerStream(Arc<Flow>);

impl ServerStream {
    pub(super) fn new(flow: Arc<Flow>) -> Self {
        Self(flow)
    }

    /// The next piece from the client; `None` when it has finished. Dropping the future loses
    /// nothing.
    ///
    /// # Errors
    /// When the client aborts the stream or the session ends.
    pub async fn recv(&self) -> Result<Option<Chunk>, StreamError> {
        self.0.recv().await
    }

    /// Sends bytes to the client; returns when the last packet is on its way.
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

    /// Says that no more data comes. Further data from the client can still be received.
    ///
    /// # Errors
    /// When the stream is over.
    pub async fn send_eof(&self) -> Result<(), StreamError> {
        self.0.send_eof().await
    }

    /// Ends the stream well: says that no more data comes, waits for the client's finish and
    /// confirms it.
    ///
    /// # Errors
    /// When the client aborts the stream or the session ends.
    pub async fn finish(&self) -> Result<(), StreamError> {
        if !self.0.is_peer_done() {
            // A client that finishes at the same moment has ended the need for it.
            match self.0.send_eof().await {
                Ok(()) | Err(StreamError::Ended) => {}
                Err(error) => return Err(error),
            }
        }
        self.0.await_end().await?;
        self.0.conclude(Status::Ok, Bytes::new());
        Ok(())
    }

    /// Whether the client has said its last word: finished, aborted or gone.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.is_peer_done()
    }

    /// Waits for the client's last word without answering it. Data that still comes is dropped.
    ///
    /// # Errors
    /// When the client aborts the stream or the session ends.
    pub async fn await_end(&self) -> Result<(), StreamError> {
        self.0.await_end().await
    }

    /// Ends the stream with an error.
    pub fn fail(&self, body: &ErrorBody) {
        self.0.fail(body);
    }
}

impl Drop for ServerStream {
    fn drop(&mut self) {
        self.0.dropped();
    }
}
