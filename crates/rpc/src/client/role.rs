//! What a client does with packets: answers find their callers, events their subscribers.

use std::os::fd::OwnedFd;
use std::sync::Arc;

use bytes::Bytes;
use protocol::header::{Header, PacketKind, Status};
use tracing::{debug, trace};

use super::events::Subscribers;
use super::pending::{Call, Pending};
use super::{CallError, RawReply};
use crate::close::{CloseReason, Violation};
use crate::fault;
use crate::limits::Limits;
use crate::link::{Link, Role};
use crate::message::{Message, RawEvent, kind_name};

/// While an answer is awaited, so many times the usual amount of stream data may wait: whoever
/// awaits the answer may be the one who should take the data.
const PATIENCE: usize = 16;

/// What all handles of one connection share with its engine.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) pending: Pending,
    pub(super) subscribers: Subscribers,
}

#[derive(Debug)]
pub(super) struct ClientRole {
    pub(super) link: Arc<Link>,
    pub(super) desk: Arc<Desk>,
    pub(super) limits: Limits,
}

impl Role for ClientRole {
    fn receive(&mut self, message: Message) -> Result<(), CloseReason> {
        let Message {
            header,
            payload,
            fds,
        } = message;
        match header.kind {
            PacketKind::Reply | PacketKind::ReplyWithFds => self.reply(&header, payload, fds),
            PacketKind::Message => self.event(&header, payload),
            PacketKind::Call
            | PacketKind::CallWithFds
            | PacketKind::Stream
            | PacketKind::StreamHole => {
                let Header {
                    program, procedure, ..
                } = header;
                let kind = kind_name(header.kind);
                return Err(Violation::UnexpectedKind {
                    kind,
                    program,
                    procedure,
                }
                .into());
            }
        }
        Ok(())
    }

    fn resume(&mut self) {}

    fn accepts(&self) -> bool {
        let waiting = self.link.streams.waiting_bytes();
        let limit = self.limits.stream_bytes;
        waiting < limit
            || (waiting < limit.saturating_mul(PATIENCE) && !self.desk.pending.is_empty())
    }

    fn is_idle(&self) -> bool {
        self.desk.pending.is_empty()
    }

    fn ended(&mut self, reason: &CloseReason) {
        debug!(%reason, "connection ended");
        self.desk.pending.fail_all(reason);
        self.desk.subscribers.end();
    }
}

impl ClientRole {
    fn reply(&self, header: &Header, payload: Bytes, fds: Vec<OwnedFd>) {
        let Some(Call { caller, stream }) = self.desk.pending.take(header.serial) else {
            trace!(serial = header.serial, "an answer that nobody waits for");
            return;
        };
        if let Some(stream) = &stream {
            match header.status {
                Status::Error => stream.refuse(),
                Status::Ok | Status::Continue => stream.open(),
            }
        }
        let outcome = match header.status {
            Status::Error => Err(CallError::Remote(Box::new(fault::decode(&payload)))),
            Status::Ok | Status::Continue => Ok(RawReply { payload, fds }),
        };
        let unheard = match caller {
            Some(caller) => caller.send(outcome).is_err(),
            None => true,
        };
        if let (true, Some(stream)) = (unheard, stream) {
            stream.dropped();
        }
    }

    fn event(&self, header: &Header, payload: Bytes) {
        let Header {
            program,
            version,
            procedure,
            ..
        } = *header;
        self.desk.subscribers.publish(&RawEvent {
            program,
            version,
            procedure,
            payload,
        });
    }
}
