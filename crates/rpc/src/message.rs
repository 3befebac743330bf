//! A packet together with the descriptors that travel with it.

use std::os::fd::OwnedFd;

use bytes::Bytes;
use protocol::header::{Header, PacketKind};

/// One packet with its descriptors.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) header: Header,
    pub(crate) payload: Bytes,
    pub(crate) fds: Vec<OwnedFd>,
}

impl Message {
    pub(crate) fn new(header: Header, payload: impl Into<Bytes>) -> Self {
        Self {
            header,
            payload: payload.into(),
            fds: Vec::new(),
        }
    }

    /// The memory that it holds while it waits somewhere.
    pub(crate) fn size(&self) -> usize {
        std::mem::size_of::<Self>() + self.payload.len()
    }
}

/// An event as it came over the wire, not yet decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEvent {
    /// The program number.
    pub program: u32,
    /// The program's version.
    pub version: u32,
    /// The event's procedure number.
    pub procedure: i32,
    /// The encoded message.
    pub payload: Bytes,
}

/// The name of a packet kind in logs and errors.
pub(crate) fn kind_name(kind: PacketKind) -> &'static str {
    match kind {
        PacketKind::Call => "call",
        PacketKind::Reply => "reply",
        PacketKind::Message => "message",
        PacketKind::Stream => "stream",
        PacketKind::CallWithFds => "call with descriptors",
        PacketKind::ReplyWithFds => "reply with descriptors",
        PacketKind::StreamHole => "stream hole",
    }
}
