//! A call and its answer, still encoded.

use std::os::fd::OwnedFd;

use bytes::Bytes;
use protocol::header::Header;

use super::{ServerStream, Session};
use crate::stream::{Flow, Holes, Side};

/// A call as it arrived.
#[derive(Debug)]
pub struct Request {
    /// Program, procedure and serial number.
    pub header: Header,
    /// The encoded arguments.
    pub payload: Bytes,
    /// Descriptors that came with the call.
    pub fds: Vec<OwnedFd>,
    /// The client's session.
    pub session: Session,
}

impl Request {
    /// Accepts the stream that this call opens.
    ///
    /// The stream starts to flow when the call's answer has been sent; an error as the answer takes
    /// it back. Whoever gets the stream must end it by [`ServerStream::finish`] or
    /// [`ServerStream::fail`].
    #[must_use]
    pub fn accept_stream(&self, holes: Holes) -> ServerStream {
        let link = self.session.link();
        let flow = Flow::new(link.clone(), self.header, Side::Server, holes);
        link.streams.insert(self.header.serial, flow.clone());
        ServerStream::new(flow)
    }
}

/// The answer to a call.
#[derive(Debug, Default)]
pub struct Reply {
    /// The encoded result.
    pub payload: Bytes,
    /// Descriptors that go with it.
    pub fds: Vec<OwnedFd>,
}

impl Reply {
    /// An answer with an encoded result.
    #[must_use]
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self {
            payload: payload.into(),
            fds: Vec::new(),
        }
    }

    /// An answer without a result.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The same with descriptors.
    #[must_use]
    pub fn with_fds(mut self, fds: Vec<OwnedFd>) -> Self {
        self.fds = fds;
        self
    }
}
