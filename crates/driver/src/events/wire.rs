//! Events as they go over the wire.

use std::fmt;

use bytes::Bytes;
use protocol::procedure;
use rpc::{RawEvent, Session};

/// Which form of a message a subscriber understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One registration per kind of event; the message has no callback id.
    Legacy,
    /// Any number of registrations, told apart by their callback ids.
    Callback,
}

/// An encoded message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The program number.
    pub program: u32,
    /// The version of the program.
    pub version: u32,
    /// The event's number in the program.
    pub procedure: i32,
    /// The encoded message.
    pub payload: Bytes,
}

/// Where a subscriber's messages go.
pub trait Sink: fmt::Debug + Send + Sync {
    /// Takes a message without waiting; `false` when there is no room for it.
    fn send(&self, wire: Wire) -> bool;
}

impl Wire {
    /// Encodes the message of event `E`.
    ///
    /// A message that breaks a limit of the protocol is dropped: it says nothing that the driver
    /// could say otherwise.
    pub(super) fn of<E: procedure::Event>(message: &E::Msg) -> Option<Self> {
        match xdr::to_bytes(message) {
            Ok(payload) => Some(Self {
                program: E::INFO.program.number(),
                version: E::INFO.program.version(),
                procedure: E::INFO.number,
                payload: payload.into(),
            }),
            Err(error) => {
                tracing::error!(event = E::INFO.name, %error, "cannot encode an event");
                None
            }
        }
    }
}

impl Sink for Session {
    fn send(&self, wire: Wire) -> bool {
        let Wire {
            program,
            version,
            procedure,
            payload,
        } = wire;
        self.try_send_raw(RawEvent {
            program,
            version,
            procedure,
            payload,
        })
        .is_ok()
    }
}
