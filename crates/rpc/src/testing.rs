//! A small service and the two ends of a conversation with it, for this crate's tests.

use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use protocol::error::{Code, ErrorBody, Origin};
use protocol::header::{Header, PacketKind, Status};
use protocol::procedure::Priority;
use protocol::program::Program;
use tokio::net::UnixStream;
use tokio::sync::{Notify, Semaphore};

use crate::client::{CallError, Connection, Options, RawCall, RawReply};
use crate::close::CloseReason;
use crate::limits::Limits;
use crate::server::{Reply, Request, Service, Session, accept};
use crate::stream::{Chunk, Holes, StreamError};
use crate::transport::{self, Transport};
use crate::{BoxFuture, RawEvent};

pub(crate) const ECHO: i32 = 1;
pub(crate) const FAIL: i32 = 2;
/// Waits for a permit of [`TestService::gate`].
pub(crate) const GATED: i32 = 3;
/// Returns the descriptors in reverse.
pub(crate) const DESCRIPTORS: i32 = 4;
/// Opens a stream that returns what it gets, and finishes when the client does.
pub(crate) const ECHO_STREAM: i32 = 5;
/// Opens a stream that sends 10 MiB with a hole in the middle.
pub(crate) const SOURCE: i32 = 6;
/// Opens a stream that takes data when [`TestService::gate`] permits, a chunk for a permit.
pub(crate) const SINK: i32 = 7;
pub(crate) const PANIC: i32 = 8;
pub(crate) const PANIC_LATER: i32 = 9;
pub(crate) const URGENT: i32 = 10;
pub(crate) const FINISH: i32 = 11;
/// Opens a stream that fails after the first chunk.
pub(crate) const FAILING_STREAM: i32 = 12;
pub(crate) const REFUSED: i32 = 13;
pub(crate) const KEEPALIVE: i32 = 14;
/// Accepts a stream and answers with an error.
pub(crate) const REFUSED_STREAM: i32 = 15;

/// Returns a descriptor of the server's.
pub(crate) const OWN_DESCRIPTOR: i32 = 16;
/// Returns more than fits a packet.
pub(crate) const HUGE: i32 = 17;

pub(crate) const SOURCE_SIZE: usize = 10 * 1024 * 1024;
pub(crate) const SOURCE_HOLE: u64 = 1 << 40;

#[derive(Debug)]
pub(crate) struct TestService {
    pub(crate) gate: Semaphore,
    pub(crate) running: AtomicU32,
    pub(crate) most_running: AtomicU32,
    pub(crate) taken: AtomicU32,
    pub(crate) changed: Notify,
    pub(crate) aborts: AtomicU32,
    pub(crate) sessions: Mutex<Vec<Session>>,
}

impl Default for TestService {
    fn default() -> Self {
        Self {
            gate: Semaphore::new(0),
            running: AtomicU32::new(0),
            most_running: AtomicU32::new(0),
            taken: AtomicU32::new(0),
            changed: Notify::new(),
            aborts: AtomicU32::new(0),
            sessions: Mutex::default(),
        }
    }
}

impl Service for TestService {
    fn opened(&self, session: &Session) {
        self.sessions.lock().unwrap().push(session.clone());
    }

    fn admit(&self, _: &Session, header: &Header) -> Result<Priority, ErrorBody> {
        match header.procedure {
            REFUSED => Err(error("not for you")),
            URGENT | KEEPALIVE => Ok(Priority::High),
            _ => Ok(Priority::Low),
        }
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        match request.header.procedure {
            PANIC => panic!("at once"),
            procedure => Box::pin(async move { self.answer(procedure, request).await }),
        }
    }
}

impl TestService {
    async fn answer(self: Arc<Self>, procedure: i32, request: Request) -> Result<Reply, ErrorBody> {
        match procedure {
            ECHO | URGENT => {}
            FAIL => return Err(error("no")),
            GATED => self.pass_gate().await,
            DESCRIPTORS => {
                let fds = request.fds.into_iter().rev().collect();
                return Ok(Reply::new(request.payload).with_fds(fds));
            }
            PANIC_LATER => {
                tokio::task::yield_now().await;
                panic!("later");
            }
            FINISH => request.session.finish(),
            KEEPALIVE => request.session.enable_keepalive(),
            OWN_DESCRIPTOR => {
                let fd = UnixStream::pair().unwrap().0.into_std().unwrap().into();
                return Ok(Reply::empty().with_fds(vec![fd]));
            }
            HUGE => return Ok(Reply::new(vec![0; 34 * 1024 * 1024])),
            REFUSED_STREAM => {
                let _stream = request.accept_stream(Holes::Refused);
                return Err(error("no stream"));
            }
            _ => drop(tokio::spawn(
                self.stream(procedure, request.accept_stream(Holes::Allowed)),
            )),
        }
        Ok(Reply::new(request.payload))
    }

    async fn pass_gate(&self) {
        let running = self.running.fetch_add(1, SeqCst) + 1;
        self.most_running.fetch_max(running, SeqCst);
        self.gate.acquire().await.unwrap().forget();
        self.running.fetch_sub(1, SeqCst);
    }

    async fn stream(self: Arc<Self>, procedure: i32, stream: crate::server::ServerStream) {
        let outcome = match procedure {
            ECHO_STREAM => echo(&stream).await,
            SOURCE => source(&stream).await,
            SINK => self.sink(&stream).await,
            _ => {
                stream.recv().await.unwrap();
                stream.fail(&error("disk full"));
                Ok(())
            }
        };
        if let Err(StreamError::Aborted) = outcome {
            self.aborts.fetch_add(1, SeqCst);
            self.changed.notify_one();
        }
    }

    async fn sink(&self, stream: &crate::server::ServerStream) -> Result<(), StreamError> {
        loop {
            self.gate.acquire().await.unwrap().forget();
            if stream.recv().await?.is_none() {
                return stream.finish().await;
            }
            self.taken.fetch_add(1, SeqCst);
            self.changed.notify_one();
        }
    }

    pub(crate) fn session(&self) -> Session {
        self.sessions.lock().unwrap().last().unwrap().clone()
    }
}

async fn echo(stream: &crate::server::ServerStream) -> Result<(), StreamError> {
    while let Some(chunk) = stream.recv().await? {
        match chunk {
            Chunk::Data(data) => stream.send(data).await?,
            Chunk::Hole(length) => stream.send_hole(length).await?,
        }
    }
    if !stream.is_finished() {
        stream.send_eof().await?;
    }
    stream.finish().await
}

async fn source(stream: &crate::server::ServerStream) -> Result<(), StreamError> {
    let half = Bytes::from(vec![7; SOURCE_SIZE / 2]);
    stream.send(half.clone()).await?;
    stream.send_hole(SOURCE_HOLE).await?;
    stream.send(half).await?;
    stream.finish().await
}

pub(crate) fn error(text: &str) -> ErrorBody {
    ErrorBody::new(Code::OperationFailed, Origin::Rpc, text)
}

/// A served conversation.
pub(crate) struct Fixture {
    pub(crate) service: Arc<TestService>,
    pub(crate) client: Connection,
    pub(crate) end: tokio::task::JoinHandle<CloseReason>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Over {
    Pair,
    Socket,
}

pub(crate) const BOTH: [Over; 2] = [Over::Pair, Over::Socket];

impl Fixture {
    pub(crate) fn new(over: Over) -> Self {
        Self::with(over, Limits::default(), Options::default())
    }

    pub(crate) fn with(over: Over, limits: Limits, options: Options) -> Self {
        let (ours, theirs) = transports(over);
        let service = Arc::new(TestService::default());
        let end = tokio::spawn(accept(theirs, service.clone(), limits).1);
        Self {
            service,
            client: Connection::new(ours, options),
            end,
        }
    }

    pub(crate) async fn call(&self, procedure: i32, text: &str) -> Result<String, CallError> {
        let reply = self.client.call_raw(call(procedure, text)).await?;
        Ok(String::from_utf8(reply.payload.to_vec()).unwrap())
    }
}

pub(crate) fn transports(over: Over) -> (Transport, Transport) {
    match over {
        Over::Pair => transport::pair(),
        Over::Socket => {
            let (one, other) = UnixStream::pair().unwrap();
            (
                transport::unix(one).unwrap(),
                transport::unix(other).unwrap(),
            )
        }
    }
}

pub(crate) fn call(procedure: i32, text: &str) -> RawCall {
    RawCall {
        program: Program::Remote.number(),
        version: 1,
        procedure,
        payload: Bytes::copy_from_slice(text.as_bytes()),
        fds: Vec::new(),
    }
}

pub(crate) fn call_with_fds(procedure: i32, fds: Vec<OwnedFd>) -> RawCall {
    RawCall {
        fds,
        ..call(procedure, "fds")
    }
}

pub(crate) fn event(number: i32, size: usize) -> RawEvent {
    let payload = Bytes::from(vec![0; size]);
    RawEvent {
        program: Program::Remote.number(),
        version: 1,
        procedure: number,
        payload,
    }
}

pub(crate) fn header(kind: PacketKind, procedure: i32, serial: u32, status: Status) -> Header {
    Header {
        kind,
        status,
        ..Header::call(Program::Remote, procedure, serial)
    }
}

pub(crate) fn text(reply: &RawReply) -> &str {
    std::str::from_utf8(&reply.payload).unwrap()
}

/// Waits for something that must happen, but not for ever.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what)
        .await
        .expect("it did not happen")
}

/// Lets all other tasks get as far as they can.
pub(crate) async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}
