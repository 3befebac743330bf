//! The peer: an `rpc::Service` whose answers a test sets, behind the URI `test:///fake`.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use client::{Code, ConnectUri, Connection, OpenOptions, Opener, Opening, Origin};
use protocol::enums::AuthType;
use protocol::error::ErrorBody;
use protocol::header::Header;
use protocol::procedure::{Event, Priority, Procedure, find};
use protocol::remote::{
    AuthList, AuthListRet, ConnectClose, ConnectOpen, ConnectSupportsFeature,
    ConnectSupportsFeatureRet, NonnullDomain,
};
use rpc::stream::{Chunk, Holes};
use rpc::{BoxFuture, Limits, Reply, Request, Service, Session};
use tokio::sync::watch;

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

type Answer = Arc<dyn Fn(&Bytes) -> Result<Bytes, ErrorBody> + Send + Sync>;

/// A peer.
pub(crate) struct Fake {
    answers: Mutex<HashMap<(u32, i32), Answer>>,
    calls: watch::Sender<Vec<(Header, Bytes)>>,
    session: Mutex<Option<Session>>,
    hangs: AtomicBool,
}

impl Fake {
    /// One that lets everybody in and knows no more.
    pub(crate) fn new() -> Arc<Self> {
        let fake = Arc::new(Self {
            answers: Mutex::default(),
            calls: watch::channel(Vec::new()).0,
            session: Mutex::default(),
            hangs: AtomicBool::new(false),
        });
        fake.on::<AuthList>(|_| {
            Ok(AuthListRet {
                types: vec![AuthType::None],
            })
        });
        fake.on::<ConnectOpen>(|_| Ok(()));
        fake.on::<ConnectClose>(|()| Ok(()));
        fake.on::<ConnectSupportsFeature>(|_| Ok(ConnectSupportsFeatureRet { supported: 1 }));
        fake
    }

    /// Says how a procedure is answered from now on.
    pub(crate) fn on<P: Procedure>(
        &self,
        answer: impl Fn(P::Args) -> Result<P::Ret, ErrorBody> + Send + Sync + 'static,
    ) {
        let answer = move |payload: &Bytes| {
            let args = xdr::from_bytes(payload).expect("arguments as declared");
            answer(args).map(|ret| xdr::to_bytes(&ret).expect("a result").into())
        };
        let number = (P::INFO.program.number(), P::INFO.number);
        self.answers
            .lock()
            .unwrap()
            .insert(number, Arc::new(answer));
    }

    /// Answers nothing from now on.
    pub(crate) fn hang(&self) {
        self.hangs.store(true, Ordering::Relaxed);
    }

    /// The procedures that were called, in their order.
    pub(crate) fn called(&self) -> Vec<&'static str> {
        let name = |header: &Header| find(header.known_program()?, header.procedure);
        let calls = self.calls.borrow();
        let names = calls.iter().map(|(header, _)| name(header).unwrap().name);
        names.collect()
    }

    /// The arguments of the calls of one procedure.
    pub(crate) fn arguments<P: Procedure>(&self) -> Vec<P::Args> {
        arguments::<P>(&self.calls.borrow())
    }

    /// Waits until a procedure has been called `count` times.
    pub(crate) async fn wait_for<P: Procedure>(&self, count: usize) -> Vec<P::Args> {
        let mut calls = self.calls.subscribe();
        let enough = calls.wait_for(|calls| arguments::<P>(calls).len() >= count);
        let calls = tokio::time::timeout(PATIENCE, enough).await;
        arguments::<P>(&calls.expect("it is called in time").unwrap())
    }

    /// Sends an event.
    pub(crate) fn send<E: Event>(&self, message: &E::Msg) {
        self.session().try_send_event::<E>(message).expect("sent");
    }

    /// The session of the client that came last.
    pub(crate) fn session(&self) -> Session {
        self.lock_session().clone().expect("a client")
    }

    fn lock_session(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap()
    }
}

impl Service for Fake {
    fn opened(&self, session: &Session) {
        session.set_authenticated();
        *self.lock_session() = Some(session.clone());
    }

    fn admit(&self, _: &Session, _: &Header) -> Result<Priority, ErrorBody> {
        Ok(Priority::High)
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        let header = request.header;
        self.calls
            .send_modify(|calls| calls.push((header, request.payload.clone())));
        if self.hangs.load(Ordering::Relaxed) {
            return Box::pin(std::future::pending());
        }
        let answers = self.answers.lock().unwrap();
        let answer = answers.get(&(header.program, header.procedure)).cloned();
        let result = match answer {
            Some(answer) => answer(&request.payload).map(Reply::new),
            None => Err(ErrorBody::new(Code::NoSupport, Origin::Rpc, "not here")),
        };
        let info = header
            .known_program()
            .and_then(|program| find(program, header.procedure));
        if result.is_ok() && info.is_some_and(|info| info.stream.is_some()) {
            echo(&request);
        }
        Box::pin(std::future::ready(result))
    }
}

/// Sends back what arrives on the stream of a call, until the client ends it.
fn echo(request: &Request) {
    let stream = request.accept_stream(Holes::Refused);
    tokio::spawn(async move {
        while let Ok(Some(Chunk::Data(data))) = stream.recv().await {
            if stream.send(data).await.is_err() {
                return;
            }
        }
        // The client may have gone without a word.
        let _ = stream.finish().await;
    });
}

fn arguments<P: Procedure>(calls: &[(Header, Bytes)]) -> Vec<P::Args> {
    let (program, number) = (P::INFO.program.number(), P::INFO.number);
    calls
        .iter()
        .filter(|(header, _)| (header.program, header.procedure) == (program, number))
        .map(|(_, payload)| xdr::from_bytes(payload).expect("arguments as declared"))
        .collect()
}

/// Opens connections to a fake.
struct Door(Arc<Fake>);

impl Opener for Door {
    fn knows(&self, uri: &ConnectUri) -> bool {
        uri.path() == "/fake"
    }

    fn open<'a>(&'a self, _: &'a ConnectUri) -> Opening<'a> {
        Box::pin(async {
            let (ours, theirs) = rpc::transport::pair();
            tokio::spawn(rpc::serve(theirs, self.0.clone(), Limits::default()));
            Ok(ours)
        })
    }
}

/// The door to a fake.
pub(crate) fn door(fake: &Arc<Fake>) -> Arc<dyn Opener> {
    Arc::new(Door(fake.clone()))
}

/// Options that lead to a fake.
pub(crate) fn options(fake: &Arc<Fake>) -> OpenOptions {
    OpenOptions::new().opener(door(fake))
}

/// A connection to a fake.
pub(crate) async fn open(fake: &Arc<Fake>) -> Connection {
    let opened = options(fake).open(Some("test:///fake")).await;
    opened.expect("a connection")
}

/// A domain as it is on the wire.
pub(crate) fn domain(name: &str, id: i32) -> NonnullDomain {
    let mut uuid = [0; 16];
    uuid.iter_mut()
        .zip(name.bytes())
        .for_each(|(to, from)| *to = from);
    NonnullDomain {
        name: name.to_owned(),
        uuid,
        id,
    }
}

/// The refusal of a domain that is not there.
pub(crate) fn no_domain() -> ErrorBody {
    ErrorBody::new(Code::NoDomain, Origin::Qemu, "Domain not found: nobody")
}
