//! A connection to a server.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::header::{Header, PacketKind, Status};
use protocol::packet::{FDS_MAX, LENGTH_MAX};
use protocol::procedure::Procedure;
use tokio::sync::oneshot;

use super::events::Events;
use super::pending::Outcome;
use super::role::{ClientRole, Desk};
use super::{CallError, ClientStream};
use crate::close::CloseReason;
use crate::counters::{Stats, count};
use crate::keepalive::Keepalive;
use crate::limits::Limits;
use crate::link::{Engine, Link};
use crate::message::Message;
use crate::outbox::Account;
use crate::peer::Peer;
use crate::stream::{Flow, Holes, Side};
use crate::transport::Transport;

/// The largest arguments that fit a packet with its head.
const PAYLOAD_MAX: usize = LENGTH_MAX as usize - 32;

/// How a connection behaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// How long a call may take; `None` waits as long as the connection lives.
    pub call_timeout: Option<Duration>,
    /// The bounds of what waits on this side.
    pub limits: Limits,
}

/// A connection to a server. Clones share it; it is closed when the last of them is dropped.
#[derive(Debug, Clone)]
pub struct Connection(Arc<Handle>);

#[derive(Debug)]
struct Handle {
    link: Arc<Link>,
    desk: Arc<Desk>,
    peer: Peer,
    options: Options,
}

/// A call that is already encoded, for a relay.
#[derive(Debug)]
pub struct RawCall {
    /// The program number.
    pub program: u32,
    /// The program's version.
    pub version: u32,
    /// The procedure number.
    pub procedure: i32,
    /// The encoded arguments.
    pub payload: Bytes,
    /// Whether descriptors travel along; those procedures use packets of their own kind.
    pub fds: Vec<OwnedFd>,
}

/// An answer that is still encoded.
#[derive(Debug)]
pub struct RawReply {
    /// The encoded result.
    pub payload: Bytes,
    /// Descriptors that came with it.
    pub fds: Vec<OwnedFd>,
}

impl Connection {
    /// Starts a conversation. Its engine runs as a task of the current tokio runtime.
    #[must_use]
    pub fn new(transport: Transport, options: Options) -> Self {
        let Transport { io, peer } = transport;
        let desk = Arc::new(Desk::default());
        let limits = options.limits;
        let passes = peer.transport.passes_descriptors();
        let engine = Engine::new(io, passes, limits, |link| ClientRole {
            link: link.clone(),
            desk: desk.clone(),
            limits,
        });
        let link = engine.role().link.clone();
        tokio::spawn(engine);
        Self(Arc::new(Handle {
            link,
            desk,
            peer,
            options,
        }))
    }

    /// Calls a procedure.
    ///
    /// # Errors
    /// When there is no result; see the cases.
    pub async fn call<P: Procedure>(&self, args: &P::Args) -> Result<P::Ret, CallError> {
        let reply = self.call_raw(raw::<P>(args, Vec::new())?).await?;
        decode::<P>(&reply)
    }

    /// Calls a procedure that takes or returns descriptors.
    ///
    /// # Errors
    /// When there is no result; see the cases.
    pub async fn call_with_fds<P: Procedure>(
        &self,
        args: &P::Args,
        fds: Vec<OwnedFd>,
    ) -> Result<(P::Ret, Vec<OwnedFd>), CallError> {
        let reply = self.call_raw(raw::<P>(args, fds)?).await?;
        Ok((decode::<P>(&reply)?, reply.fds))
    }

    /// Calls a procedure that opens a stream. `holes` says whether the arguments ask for sparse
    /// transfer.
    ///
    /// # Errors
    /// When there is no result; see the cases.
    pub async fn open_stream<P: Procedure>(
        &self,
        args: &P::Args,
        holes: Holes,
    ) -> Result<(P::Ret, ClientStream), CallError> {
        let (reply, stream) = self
            .open_stream_raw(raw::<P>(args, Vec::new())?, holes)
            .await?;
        Ok((decode::<P>(&reply)?, stream))
    }

    /// Makes a call that is already encoded.
    ///
    /// # Errors
    /// When there is no answer, or an error as the answer.
    pub async fn call_raw(&self, call: RawCall) -> Result<RawReply, CallError> {
        self.exchange(call, None).await.map(|(reply, _)| reply)
    }

    /// Makes a call that is already encoded and opens a stream.
    ///
    /// # Errors
    /// When there is no answer, or an error as the answer.
    pub async fn open_stream_raw(
        &self,
        call: RawCall,
        holes: Holes,
    ) -> Result<(RawReply, ClientStream), CallError> {
        match self.exchange(call, Some(holes)).await? {
            (reply, Some(stream)) => Ok((reply, stream)),
            (_, None) => Err(CallError::Closed(CloseReason::Requested)),
        }
    }

    /// Subscribes to all events that arrive from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        self.0.desk.subscribers.subscribe()
    }

    /// Starts to ask the server for signs of life, or stops it. Only a server that has said that it
    /// understands keepalive may be asked.
    pub fn set_keepalive(&self, rules: Option<Keepalive>) {
        self.0.link.enable_keepalive(rules);
    }

    /// Ends the connection now. Calls under way fail.
    pub fn close(&self) {
        self.0.link.close(CloseReason::Requested);
    }

    /// Why the connection is over, when it is.
    #[must_use]
    pub fn close_reason(&self) -> Option<CloseReason> {
        self.0.link.end().cloned()
    }

    /// Waits for the end of the connection.
    pub async fn closed(&self) -> CloseReason {
        self.0.link.closed().await
    }

    /// Who is at the other end.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.0.peer
    }

    /// The connection's counters.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.0.link.counters.read()
    }

    async fn exchange(
        &self,
        call: RawCall,
        stream: Option<Holes>,
    ) -> Result<(RawReply, Option<ClientStream>), CallError> {
        let (serial, flow, answer) = self.send(call, stream)?;
        let mut waiting = Waiting {
            desk: &self.0.desk,
            serial,
            answered: false,
        };
        let outcome = match self.0.options.call_timeout {
            None => answer.await,
            Some(limit) => match tokio::time::timeout(limit, answer).await {
                Ok(outcome) => outcome,
                Err(_) => return Err(CallError::Timeout(limit)),
            },
        };
        waiting.answered = true;
        let reply = outcome.unwrap_or_else(|_| Err(self.closed_error()))?;
        Ok((reply, flow.map(ClientStream::new)))
    }

    #[expect(
        clippy::type_complexity,
        reason = "the three parts of a call under way"
    )]
    fn send(
        &self,
        call: RawCall,
        stream: Option<Holes>,
    ) -> Result<(u32, Option<Arc<Flow>>, oneshot::Receiver<Outcome>), CallError> {
        let link = &self.0.link;
        check(&call, link)?;
        let (caller, answer) = oneshot::channel();
        let serial = self.0.desk.pending.reserve(caller);
        let RawCall {
            program,
            version,
            procedure,
            payload,
            fds,
        } = call;
        let kind = if fds.is_empty() {
            PacketKind::Call
        } else {
            PacketKind::CallWithFds
        };
        let header = Header {
            program,
            version,
            procedure,
            kind,
            serial,
            status: Status::Ok,
        };
        // Data may follow the answer at once, so the stream is there before the call.
        let flow = stream.map(|holes| {
            let flow = Flow::new(link.clone(), header, Side::Client, holes);
            link.streams.insert(serial, flow.clone());
            self.0.desk.pending.set_stream(serial, flow.clone());
            flow
        });
        count(&link.counters.calls);
        if let Err(reason) = link.send(
            Message {
                header,
                payload,
                fds,
            },
            Account::None,
        ) {
            self.0.desk.pending.take(serial);
            if let Some(flow) = &flow {
                flow.refuse();
            }
            return Err(CallError::Closed(reason));
        }
        // Stream data that nobody takes may have stopped the reading; for this answer it goes on.
        link.freed();
        Ok((serial, flow, answer))
    }

    fn closed_error(&self) -> CallError {
        CallError::Closed(self.close_reason().unwrap_or(CloseReason::Requested))
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.link.close(CloseReason::Requested);
    }
}

/// A caller that waits. Dropped early, it leaves the answer to the engine.
struct Waiting<'a> {
    desk: &'a Desk,
    serial: u32,
    answered: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.answered {
            self.desk.pending.abandon(self.serial);
        }
    }
}

fn raw<P: Procedure>(args: &P::Args, fds: Vec<OwnedFd>) -> Result<RawCall, CallError> {
    let procedure = P::INFO.name;
    let payload = xdr::to_bytes(args)
        .map_err(|source| CallError::Encode { procedure, source })?
        .into();
    let program = P::INFO.program;
    Ok(RawCall {
        program: program.number(),
        version: program.version(),
        procedure: P::INFO.number,
        payload,
        fds,
    })
}

fn decode<P: Procedure>(reply: &RawReply) -> Result<P::Ret, CallError> {
    let procedure = P::INFO.name;
    xdr::from_bytes(&reply.payload).map_err(|source| CallError::Decode { procedure, source })
}

fn check(call: &RawCall, link: &Link) -> Result<(), CallError> {
    let (size, count) = (call.payload.len(), call.fds.len());
    if size > PAYLOAD_MAX {
        return Err(CallError::TooLarge { size });
    }
    if count > FDS_MAX as usize || (count > 0 && !link.passes_descriptors) {
        return Err(CallError::Descriptors { count });
    }
    Ok(())
}
