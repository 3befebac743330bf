//! What a call costs, from the caller's bytes to the answer: over a unix socket and within the
//! process, one caller at a time, and eight connections at once.

#![allow(clippy::unwrap_used, reason = "a bench has nobody to report to")]

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use protocol::error::ErrorBody;
use protocol::header::Header;
use protocol::packet::Packet;
use protocol::procedure::Priority;
use protocol::program::Program;
use rpc::client::{Connection, Options, RawCall};
use rpc::{BoxFuture, Limits, Reply, Request, Service, Session, serve, transport};
use tokio::runtime::Runtime;

/// The number of `DOMAIN_GET_INFO`, whose arguments and result have the sizes used here.
const PROCEDURE: i32 = 16;
const ARGUMENTS: usize = 32;
const RESULT: usize = 32;
const CONNECTIONS: usize = 8;

struct Answering;

impl Service for Answering {
    fn admit(&self, _: &Session, _: &Header) -> Result<Priority, ErrorBody> {
        Ok(Priority::Low)
    }

    fn call(self: Arc<Self>, _: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        Box::pin(async { Ok(Reply::new(vec![0; RESULT])) })
    }
}

/// A client that blocks, as the C library's does: what it measures is the server.
struct Caller {
    socket: UnixStream,
    call: Bytes,
}

impl Caller {
    fn new(runtime: &Runtime) -> Self {
        let (socket, theirs) = UnixStream::pair().unwrap();
        theirs.set_nonblocking(true).unwrap();
        let _context = runtime.enter();
        let theirs = tokio::net::UnixStream::from_std(theirs).unwrap();
        let served = transport::unix(theirs).unwrap();
        runtime.spawn(serve(served, Arc::new(Answering), Limits::default()));
        let header = Header::call(Program::Remote, PROCEDURE, 1);
        let call = Packet::new(header, vec![0; ARGUMENTS].into())
            .encode()
            .unwrap();
        Self { socket, call }
    }

    fn call(&mut self) {
        let mut answer = [0; 28 + RESULT];
        self.socket.write_all(&self.call).unwrap();
        self.socket.read_exact(&mut answer).unwrap();
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn latency(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut caller = Caller::new(&runtime);
    criterion.bench_function("call over a unix socket", |bencher| {
        bencher.iter(|| caller.call());
    });
    let client = runtime.block_on(async {
        let (ours, theirs) = transport::pair();
        tokio::spawn(serve(theirs, Arc::new(Answering), Limits::default()));
        Connection::new(ours, Options::default())
    });
    criterion.bench_function("call within the process", |bencher| {
        bencher.iter(|| runtime.block_on(client.call_raw(raw_call())).unwrap());
    });
}

fn throughput(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut callers: Vec<_> = (0..CONNECTIONS).map(|_| Caller::new(&runtime)).collect();
    let mut group = criterion.benchmark_group("throughput");
    group.throughput(Throughput::Elements(CONNECTIONS as u64));
    group.measurement_time(Duration::from_secs(5));
    group.bench_function("eight connections", |bencher| {
        bencher.iter_custom(|rounds| {
            let start = Instant::now();
            std::thread::scope(|scope| {
                for caller in &mut callers {
                    scope.spawn(move || (0..rounds).for_each(|_| caller.call()));
                }
            });
            start.elapsed()
        });
    });
    group.finish();
}

fn raw_call() -> RawCall {
    RawCall {
        program: Program::Remote.number(),
        version: Program::Remote.version(),
        procedure: PROCEDURE,
        payload: Bytes::from_static(&[0; ARGUMENTS]),
        fds: Vec::new(),
    }
}

criterion_group!(benches, latency, throughput);
criterion_main!(benches);
