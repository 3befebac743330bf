//! One stream at one end, shared between its user and the engine.

use std::collections::VecDeque;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use protocol::error::ErrorBody;
use protocol::header::{Header, PacketKind, Status};
use protocol::stream::StreamHole;
use tokio::sync::Notify;

use super::{CHUNK_MAX, Chunk, Holes, Side, StreamError};
use crate::close::{CloseReason, Violation};
use crate::fault;
use crate::link::Link;
use crate::message::Message;
use crate::outbox::{Account, StreamTurn};

/// What a waiting chunk costs apart from its bytes, so that a flood of holes is bounded too.
const CHUNK_COST: usize = 64;

#[derive(Debug)]
pub(crate) struct Flow {
    link: Arc<Link>,
    /// The header of the call that opened it.
    call: Header,
    side: Side,
    holes: Holes,
    state: Mutex<State>,
    readable: Notify,
    writable: Notify,
}

#[derive(Debug)]
struct State {
    inbox: VecDeque<Chunk>,
    peer: PeerEnd,
    /// Whether the reply that opens the stream has been sent or received.
    open: bool,
    under_way: bool,
    said_eof: bool,
    /// This side has said its last word.
    ended: bool,
    /// The last word of a stream that ended before it was open.
    last_word: Option<(Status, Bytes)>,
}

/// What the other side has said about its end of the stream.
#[derive(Debug, Clone)]
enum PeerEnd {
    Open,
    /// No more data from it.
    Eof,
    /// A client's finish, or a server's answer to finish or abort.
    Finished,
    Aborted,
    Failed(Box<ErrorBody>),
    Closed(CloseReason),
}

impl Flow {
    pub(crate) fn new(link: Arc<Link>, call: Header, side: Side, holes: Holes) -> Arc<Self> {
        let state = State {
            inbox: VecDeque::new(),
            peer: PeerEnd::Open,
            open: false,
            under_way: false,
            said_eof: false,
            ended: false,
            last_word: None,
        };
        Arc::new(Self {
            link,
            call,
            side,
            holes,
            state: Mutex::new(state),
            readable: Notify::new(),
            writable: Notify::new(),
        })
    }

    /// The next piece; `None` when the peer has no more.
    pub(crate) async fn recv(&self) -> Result<Option<Chunk>, StreamError> {
        loop {
            let arrived = self.readable.notified();
            if let Some(result) = self.take_chunk() {
                return result;
            }
            arrived.await;
        }
    }

    /// Sends bytes, in packets of at most [`CHUNK_MAX`].
    pub(crate) async fn send(self: &Arc<Self>, mut data: Bytes) -> Result<(), StreamError> {
        while !data.is_empty() {
            let piece = data.split_to(data.len().min(CHUNK_MAX));
            self.turn().await?;
            self.dispatch(self.call.stream(Status::Continue), piece)?;
        }
        Ok(())
    }

    pub(crate) async fn send_hole(self: &Arc<Self>, length: u64) -> Result<(), StreamError> {
        let refused = StreamError::HoleRefused { length };
        if self.holes == Holes::Refused {
            return Err(refused);
        }
        let Ok(signed) = i64::try_from(length) else {
            return Err(refused);
        };
        let hole = StreamHole {
            length: signed,
            flags: 0,
        };
        let Ok(payload) = xdr::to_bytes(&hole) else {
            return Err(refused);
        };
        self.turn().await?;
        self.dispatch(self.call.hole(), payload.into())
    }

    /// Says, once, that no more data comes from this side.
    pub(crate) async fn send_eof(self: &Arc<Self>) -> Result<(), StreamError> {
        if self.lock().said_eof {
            return Ok(());
        }
        self.turn().await?;
        self.lock().said_eof = true;
        self.dispatch(self.call.stream(Status::Continue), Bytes::new())
    }

    /// Waits for the peer's last word. Data that comes before it is dropped.
    pub(crate) async fn await_end(&self) -> Result<(), StreamError> {
        loop {
            let arrived = self.readable.notified();
            self.drain();
            match &self.lock().peer {
                PeerEnd::Open | PeerEnd::Eof => {}
                PeerEnd::Finished => return Ok(()),
                PeerEnd::Aborted => return Err(StreamError::Aborted),
                PeerEnd::Failed(body) => return Err(StreamError::Remote(body.clone())),
                PeerEnd::Closed(reason) => return Err(StreamError::Closed(reason.clone())),
            }
            arrived.await;
        }
    }

    /// Whether the peer has said its last word or is gone.
    pub(crate) fn is_peer_done(&self) -> bool {
        !matches!(self.lock().peer, PeerEnd::Open | PeerEnd::Eof)
    }

    /// Says this side's last word. Nothing happens when it was said before or the peer ended the
    /// stream. Before the stream is open it is kept until then.
    pub(crate) fn conclude(&self, status: Status, payload: Bytes) {
        {
            let mut state = self.lock();
            if state.ended {
                return;
            }
            state.ended = true;
            if !state.open {
                state.last_word = Some((status, payload));
                return;
            }
        }
        self.say(status, payload);
    }

    fn say(&self, status: Status, payload: Bytes) {
        if self.side == Side::Server {
            self.link.streams.remove(self.call.serial, self);
        }
        // A failure means that the connection is gone, and the stream with it.
        let _ = self.link.send(
            Message::new(self.call.stream(status), payload),
            Account::None,
        );
    }

    /// The user has let go of the stream.
    pub(crate) fn dropped(&self) {
        match self.side {
            Side::Client => {
                self.conclude(Status::Error, Bytes::new());
                self.forget();
            }
            Side::Server => self.fail(&fault::stream_dropped()),
        }
    }

    /// Ends the stream with an error for the client.
    pub(crate) fn fail(&self, body: &ErrorBody) {
        self.conclude(Status::Error, fault::encode(body));
    }

    /// The reply that opens the stream is on its way or has come.
    pub(crate) fn open(&self) {
        let last_word = {
            let mut state = self.lock();
            state.open = true;
            state.last_word.take()
        };
        if let Some((status, payload)) = last_word {
            self.say(status, payload);
        }
        self.notify();
    }

    /// The call failed: there is no stream.
    pub(crate) fn refuse(&self) {
        {
            let mut state = self.lock();
            state.ended = true;
            state.last_word = None;
            state.peer = PeerEnd::Aborted;
        }
        self.drain();
        self.forget();
        self.notify();
    }

    /// The packet that was under way has left.
    pub(crate) fn departed(&self) {
        self.lock().under_way = false;
        self.writable.notify_one();
    }

    pub(super) fn close(&self, reason: &CloseReason) {
        {
            let mut state = self.lock();
            state.ended = true;
            if matches!(state.peer, PeerEnd::Open | PeerEnd::Eof) {
                state.peer = PeerEnd::Closed(reason.clone());
            }
        }
        self.notify();
    }

    /// Takes a packet from the engine.
    pub(super) fn receive(&self, message: Message) -> Result<(), CloseReason> {
        let Message {
            header, payload, ..
        } = message;
        match (header.kind, header.status, self.side) {
            (PacketKind::StreamHole, Status::Continue, _) => self.receive_hole(&payload)?,
            (_, Status::Continue, _) if payload.is_empty() => self.set_peer(PeerEnd::Eof),
            (_, Status::Continue, _) => self.receive_chunk(Chunk::Data(payload), CHUNK_COST)?,
            (_, Status::Ok, _) => self.receive_end(PeerEnd::Finished),
            (_, Status::Error, Side::Client) => {
                self.receive_end(PeerEnd::Failed(Box::new(fault::decode(&payload))));
            }
            (_, Status::Error, Side::Server) => self.receive_abort(),
        }
        self.notify();
        Ok(())
    }

    fn receive_hole(&self, payload: &[u8]) -> Result<(), CloseReason> {
        let serial = self.call.serial;
        if self.holes == Holes::Refused {
            return Err(Violation::UnexpectedHole { serial }.into());
        }
        let hole: StreamHole =
            xdr::from_bytes(payload).map_err(|_| Violation::MalformedHole { serial })?;
        let length = u64::try_from(hole.length).map_err(|_| Violation::MalformedHole { serial })?;
        self.receive_chunk(Chunk::Hole(length), CHUNK_COST)
    }

    fn receive_chunk(&self, chunk: Chunk, cost: usize) -> Result<(), CloseReason> {
        let mut state = self.lock();
        match state.peer {
            // After our own end the rest is of no interest; its sender could not know yet.
            _ if state.ended => {}
            PeerEnd::Open => {
                self.link
                    .streams
                    .waiting
                    .fetch_add(cost + chunk.bytes(), Relaxed);
                state.inbox.push_back(chunk);
            }
            _ => {
                return Err(Violation::DataAfterEnd {
                    serial: self.call.serial,
                }
                .into());
            }
        }
        Ok(())
    }

    fn receive_end(&self, end: PeerEnd) {
        self.set_peer(end);
        if self.side == Side::Client {
            self.lock().ended = true;
            self.forget();
        }
    }

    /// A client's abort is answered at once; whoever serves the stream learns of it by its next
    /// use.
    fn receive_abort(&self) {
        self.set_peer(PeerEnd::Aborted);
        self.drain();
        self.conclude(Status::Ok, Bytes::new());
    }

    fn set_peer(&self, end: PeerEnd) {
        let mut state = self.lock();
        if matches!(state.peer, PeerEnd::Open | PeerEnd::Eof) {
            state.peer = end;
        }
    }

    fn take_chunk(&self) -> Option<Result<Option<Chunk>, StreamError>> {
        let mut state = self.lock();
        if let Some(chunk) = state.inbox.pop_front() {
            drop(state);
            self.release(CHUNK_COST + chunk.bytes());
            return Some(Ok(Some(chunk)));
        }
        match &state.peer {
            PeerEnd::Open => None,
            PeerEnd::Eof | PeerEnd::Finished => Some(Ok(None)),
            PeerEnd::Aborted => Some(Err(StreamError::Aborted)),
            PeerEnd::Failed(body) => Some(Err(StreamError::Remote(body.clone()))),
            PeerEnd::Closed(reason) => Some(Err(StreamError::Closed(reason.clone()))),
        }
    }

    fn drain(&self) {
        let inbox = std::mem::take(&mut self.lock().inbox);
        let bytes = inbox.iter().map(|chunk| CHUNK_COST + chunk.bytes()).sum();
        self.release(bytes);
    }

    /// Gives room back; the engine may have stopped reading for want of it.
    fn release(&self, bytes: usize) {
        if bytes > 0 {
            self.link.streams.waiting.fetch_sub(bytes, Relaxed);
            self.link.freed();
        }
    }

    /// Waits until a packet may be made.
    async fn turn(&self) -> Result<(), StreamError> {
        loop {
            let free = self.writable.notified();
            {
                let mut state = self.lock();
                sendable(&state)?;
                if state.open && !state.under_way {
                    state.under_way = true;
                    return Ok(());
                }
            }
            free.await;
        }
    }

    fn dispatch(self: &Arc<Self>, header: Header, payload: Bytes) -> Result<(), StreamError> {
        let account = Account::Stream(StreamTurn(self.clone()));
        self.link
            .send(Message::new(header, payload), account)
            .map_err(StreamError::Closed)
    }

    fn forget(&self) {
        self.drain();
        self.link.streams.remove(self.call.serial, self);
    }

    fn notify(&self) {
        self.readable.notify_waiters();
        self.readable.notify_one();
        self.writable.notify_waiters();
        self.writable.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sendable(state: &State) -> Result<(), StreamError> {
    match &state.peer {
        PeerEnd::Aborted => Err(StreamError::Aborted),
        PeerEnd::Failed(body) => Err(StreamError::Remote(body.clone())),
        PeerEnd::Closed(reason) => Err(StreamError::Closed(reason.clone())),
        PeerEnd::Finished => Err(StreamError::Ended),
        PeerEnd::Open | PeerEnd::Eof if state.ended || state.said_eof => Err(StreamError::Ended),
        PeerEnd::Open | PeerEnd::Eof => Ok(()),
    }
}

impl Chunk {
    fn bytes(&self) -> usize {
        match self {
            Self::Data(data) => data.len(),
            Self::Hole(_) => 0,
        }
    }
}
