//! What a server does with packets: admission, parking, execution, answers.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use protocol::error::ErrorBody;
use protocol::header::{Header, PacketKind};
use protocol::procedure::Priority;
use tracing::{debug, error, warn};

use super::answer::Answer;
use super::slot::Slot;
use super::{Reply, Request, Service, Session};
use crate::close::{CloseReason, Violation};
use crate::counters::count;
use crate::fault;
use crate::limits::Limits;
use crate::link::Role;
use crate::message::{Message, kind_name};
use crate::panics::{Guarded, guarded};

pub(super) struct ServerRole {
    session: Session,
    service: Arc<dyn Service>,
    limits: Limits,
    parked: Parked,
}

/// Calls that wait for a place. Those of high priority have their own line and places.
#[derive(Default)]
struct Parked {
    high: VecDeque<Admitted>,
    low: VecDeque<Admitted>,
    bytes: usize,
}

/// A call with the decision on it.
struct Admitted {
    message: Message,
    verdict: Result<Priority, ErrorBody>,
}

impl ServerRole {
    pub(super) fn new(session: Session, service: Arc<dyn Service>, limits: Limits) -> Self {
        Self {
            session,
            service,
            limits,
            parked: Parked::default(),
        }
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Takes a place for the call and executes it, or gives it back when there is none.
    fn try_start(&self, call: Admitted) -> Option<Admitted> {
        let limit = self.limits.requests_per_client.max(1);
        let priority = call.priority();
        let slot = Slot::take(&self.session, priority, limit).or_else(|| {
            self.session.link().starve();
            Slot::take(&self.session, priority, limit)
        });
        match slot {
            Some(slot) => {
                self.start(call, slot);
                None
            }
            None => Some(call),
        }
    }

    fn start(&self, call: Admitted, slot: Slot) {
        let Admitted {
            message:
                Message {
                    header,
                    payload,
                    fds,
                },
            verdict,
        } = call;
        let answer = Answer {
            session: self.session.clone(),
            header,
            slot,
        };
        if let Err(body) = verdict {
            answer.send(Err(body));
            return;
        }
        count(&self.session.link().counters.calls);
        let request = Request {
            header,
            payload,
            fds,
            session: self.session.clone(),
        };
        let service = self.service.clone();
        match guarded(|| service.call(request)) {
            Ok(future) => execute(Guarded(future), answer),
            Err(text) => answer.panicked(&text),
        }
    }
}

/// Polls a handler once here; what is not ready at once goes on in a task of its own.
fn execute(mut handler: Guarded<Result<Reply, ErrorBody>>, answer: Answer) {
    match Pin::new(&mut handler).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => answer.outcome(outcome),
        // The task polls it again before anything else, which registers a real waker.
        Poll::Pending => {
            tokio::spawn(async move { answer.outcome(handler.await) });
        }
    }
}

impl Role for ServerRole {
    fn receive(&mut self, message: Message) -> Result<(), CloseReason> {
        let header = message.header;
        if !matches!(header.kind, PacketKind::Call | PacketKind::CallWithFds) {
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
        if self.session.link().is_finishing() {
            return Ok(());
        }
        let verdict = guarded(|| self.service.admit(&self.session, &header))
            .unwrap_or_else(|text| Err(fault::panicked(&text)));
        let mut call = Admitted { message, verdict };
        if call.verdict.is_err() {
            call.message = Message::new(header, Bytes::new());
        }
        let overtakes = self.parked.line(call.priority()).is_empty();
        let refused = if overtakes {
            self.try_start(call)
        } else {
            Some(call)
        };
        if let Some(call) = refused {
            self.parked.push(call);
        }
        Ok(())
    }

    fn resume(&mut self) {
        for priority in [Priority::High, Priority::Low] {
            while let Some(call) = self.parked.pop(priority) {
                if let Some(call) = self.try_start(call) {
                    self.parked.put_back(call);
                    break;
                }
            }
        }
    }

    fn accepts(&self) -> bool {
        self.parked.bytes < self.limits.parked_bytes
            && self.session.link().streams.waiting_bytes() < self.limits.stream_bytes
    }

    fn is_idle(&self) -> bool {
        self.session.slots().running() == 0 && self.parked.is_empty()
    }

    fn ended(&mut self, reason: &CloseReason) {
        self.parked = Parked::default();
        let session = self.session.id();
        if reason.is_fault() {
            let (peer, cause) = (self.session.peer(), Causes(reason));
            warn!(session, ?peer, %cause, "client dropped");
        } else {
            debug!(session, %reason, "session ended");
        }
        if let Err(text) = guarded(|| self.service.closed(&self.session)) {
            error!(session, text, "panic while a session was being closed");
        }
    }
}

impl Admitted {
    /// A refusal costs nothing to answer, so it goes with the quick ones.
    fn priority(&self) -> Priority {
        *self.verdict.as_ref().unwrap_or(&Priority::High)
    }
}

impl Parked {
    fn line(&mut self, priority: Priority) -> &mut VecDeque<Admitted> {
        match priority {
            Priority::High => &mut self.high,
            Priority::Low => &mut self.low,
        }
    }

    fn push(&mut self, call: Admitted) {
        self.bytes += call.message.size();
        self.line(call.priority()).push_back(call);
    }

    fn pop(&mut self, priority: Priority) -> Option<Admitted> {
        let call = self.line(priority).pop_front()?;
        self.bytes -= call.message.size();
        Some(call)
    }

    fn put_back(&mut self, call: Admitted) {
        self.bytes += call.message.size();
        self.line(call.priority()).push_front(call);
    }

    fn is_empty(&self) -> bool {
        self.high.is_empty() && self.low.is_empty()
    }
}

/// An error with its sources, for one log field.
struct Causes<'a>(&'a CloseReason);

impl std::fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = std::error::Error::source(self.0);
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
