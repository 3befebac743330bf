//! Sending the answer to a call.

use protocol::error::{Code, ErrorBody};
use protocol::header::{Header, PacketKind, Status};
use protocol::packet::{FDS_MAX, LENGTH_MAX};
use tracing::error;

use super::slot::Slot;
use super::{Reply, Session};
use crate::counters::count;
use crate::fault;
use crate::message::Message;
use crate::outbox::Account;

/// The largest result that fits a packet with its head.
const PAYLOAD_MAX: usize = LENGTH_MAX as usize - 32;

/// The duty to answer one call.
pub(super) struct Answer {
    pub(super) session: Session,
    pub(super) header: Header,
    pub(super) slot: Slot,
}

impl Answer {
    pub(super) fn outcome(self, outcome: Result<Result<Reply, ErrorBody>, String>) {
        match outcome {
            Ok(result) => self.send(result),
            Err(text) => self.panicked(&text),
        }
    }

    pub(super) fn panicked(self, text: &str) {
        let Header {
            program, procedure, ..
        } = self.header;
        error!(
            session = self.session.id(),
            program, procedure, text, "panic in a handler"
        );
        self.send(Err(fault::panicked(text)));
    }

    pub(super) fn send(self, result: Result<Reply, ErrorBody>) {
        let link = self.session.link();
        let result = result.and_then(|reply| sendable(reply, link.passes_descriptors));
        let stream = link.streams.get(self.header.serial);
        let message = match result {
            Ok(Reply { payload, fds }) => {
                let header = self.header.reply(Status::Ok);
                let kind = if fds.is_empty() {
                    header.kind
                } else {
                    PacketKind::ReplyWithFds
                };
                Message {
                    header: Header { kind, ..header },
                    payload,
                    fds,
                }
            }
            Err(body) => {
                count(&link.counters.errors);
                if let Some(stream) = &stream {
                    stream.refuse();
                }
                Message::new(self.header.reply(Status::Error), fault::encode(&body))
            }
        };
        // A failure means that the session is over: nobody is left to be answered.
        let _ = link.send(message, Account::Reply(self.slot));
        if let Some(stream) = stream {
            stream.open();
        }
    }
}

fn sendable(reply: Reply, passes_descriptors: bool) -> Result<Reply, ErrorBody> {
    let (size, count) = (reply.payload.len(), reply.fds.len());
    if size > PAYLOAD_MAX {
        let text = format!("the result of {size} bytes exceeds the largest packet");
        return Err(fault::rpc(Code::Rpc, text));
    }
    if count > FDS_MAX as usize {
        let text = format!("{count} descriptors exceed the {FDS_MAX} that a reply can carry");
        return Err(fault::rpc(Code::Rpc, text));
    }
    if count > 0 && !passes_descriptors {
        let text = "this connection cannot pass descriptors: connect through the unix socket";
        return Err(fault::rpc(Code::NoSupport, text));
    }
    Ok(reply)
}
