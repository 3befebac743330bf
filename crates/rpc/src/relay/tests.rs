//! A client that talks to the test service through a relay.

use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use bytes::Bytes;
use protocol::error::ErrorBody;
use protocol::header::Header;
use protocol::procedure::Priority;

use super::*;
use crate::client::Options;
use crate::limits::Limits;
use crate::server::{Service, serve};
use crate::testing::*;
use crate::{BoxFuture, CloseReason};

struct Relay {
    upstream: Connection,
}

impl Service for Relay {
    fn opened(&self, session: &Session) {
        let (upstream, session) = (self.upstream.events(), session.clone());
        tokio::spawn(async move { events(upstream, &session, |_| ()).await });
    }

    fn admit(&self, _: &Session, _: &Header) -> Result<Priority, ErrorBody> {
        Ok(Priority::Low)
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        Box::pin(async move {
            let streams = [ECHO_STREAM, SOURCE, SINK, FAILING_STREAM, REFUSED_STREAM];
            let stream = streams
                .contains(&request.header.procedure)
                .then_some(Holes::Allowed);
            forward(request, &self.upstream, stream).await
        })
    }
}

/// A client, the relay before it, and the server behind that.
struct Chain {
    client: Connection,
    server: Fixture,
    relay: tokio::task::JoinHandle<CloseReason>,
}

impl Chain {
    fn new(over: Over) -> Self {
        let server = Fixture::new(over);
        let relay = Arc::new(Relay {
            upstream: server.client.clone(),
        });
        let (ours, theirs) = transports(over);
        let relay = tokio::spawn(serve(theirs, relay, Limits::default()));
        Self {
            client: Connection::new(ours, Options::default()),
            server,
            relay,
        }
    }

    async fn open(&self, procedure: i32) -> ClientStream {
        let opened = self
            .client
            .open_stream_raw(call(procedure, "through"), Holes::Allowed);
        let (reply, stream) = soon(opened).await.unwrap();
        assert_eq!(text(&reply), "through");
        stream
    }
}

#[tokio::test]
async fn calls_errors_and_descriptors_pass() {
    for over in BOTH {
        let chain = Chain::new(over);
        let reply = soon(chain.client.call_raw(call(ECHO, "hello")))
            .await
            .unwrap();
        assert_eq!(text(&reply), "hello");
        match soon(chain.client.call_raw(call(FAIL, ""))).await {
            Err(CallError::Remote(body)) => assert_eq!(*body, error("no")),
            other => panic!("{other:?}"),
        }
        let fd = UnixStream::pair().unwrap().0.into();
        let reply = soon(chain.client.call_raw(call_with_fds(DESCRIPTORS, vec![fd])))
            .await
            .unwrap();
        assert_eq!(reply.fds.len(), 1);
    }
}

#[tokio::test]
async fn events_pass_in_order() {
    for over in BOTH {
        let chain = Chain::new(over);
        let mut received = chain.client.events();
        soon(chain.client.call_raw(call(ECHO, ""))).await.unwrap();
        for number in 0..50 {
            chain
                .server
                .service
                .session()
                .try_send_raw(event(number, 8))
                .unwrap();
        }
        for number in 0..50 {
            assert_eq!(
                soon(received.recv()).await,
                Some(Incoming::Event(event(number, 8)))
            );
        }
    }
}

#[tokio::test]
async fn a_download_passes_with_its_hole() {
    for over in BOTH {
        let chain = Chain::new(over);
        let stream = chain.open(SOURCE).await;
        let (mut size, mut holes) = (0, 0);
        while let Some(chunk) = soon(stream.recv()).await.unwrap() {
            match chunk {
                Chunk::Data(data) => size += data.len(),
                Chunk::Hole(length) => holes += length,
            }
        }
        assert_eq!((size, holes), (SOURCE_SIZE, SOURCE_HOLE));
        soon(stream.finish()).await.unwrap();
    }
}

#[tokio::test]
async fn an_upload_is_confirmed_by_the_server_behind() {
    for over in BOTH {
        let chain = Chain::new(over);
        chain.server.service.gate.add_permits(10_000);
        let stream = chain.open(SINK).await;
        soon(stream.send(Bytes::from(vec![5; 3_000_000])))
            .await
            .unwrap();
        soon(stream.finish()).await.unwrap();
        assert_eq!(chain.server.service.taken.load(SeqCst), 12);
    }
}

#[tokio::test]
async fn an_abort_passes() {
    for over in BOTH {
        let chain = Chain::new(over);
        let stream = chain.open(ECHO_STREAM).await;
        soon(stream.abort()).await.unwrap();
        soon(chain.server.service.changed.notified()).await;
        assert_eq!(chain.server.service.aborts.load(SeqCst), 1);
    }
}

#[tokio::test]
async fn a_client_that_vanishes_aborts_its_streams() {
    for over in BOTH {
        let chain = Chain::new(over);
        let _stream = chain.open(ECHO_STREAM).await;
        chain.client.close();
        soon(chain.server.service.changed.notified()).await;
        soon(chain.relay).await.unwrap();
    }
}

#[tokio::test]
async fn a_failure_in_mid_stream_passes_with_its_words() {
    for over in BOTH {
        let chain = Chain::new(over);
        let stream = chain.open(FAILING_STREAM).await;
        stream.send(Bytes::from_static(b"data")).await.unwrap();
        match soon(stream.recv()).await {
            Err(StreamError::Remote(body)) => assert_eq!(*body, error("disk full")),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_stream_that_is_refused_behind_is_refused_here() {
    for over in BOTH {
        let chain = Chain::new(over);
        let opened = chain
            .client
            .open_stream_raw(call(REFUSED_STREAM, ""), Holes::Allowed);
        match soon(opened).await {
            Err(CallError::Remote(body)) => assert_eq!(*body, error("no stream")),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error_and_not_the_end() {
    for over in BOTH {
        let chain = Chain::new(over);
        soon(chain.client.call_raw(call(ECHO, ""))).await.unwrap();
        chain.server.service.session().close();
        soon(chain.server.client.closed()).await;
        for _ in 0..2 {
            match soon(chain.client.call_raw(call(ECHO, ""))).await {
                Err(CallError::Remote(body)) => assert_eq!(body.code, Code::Rpc),
                other => panic!("{other:?}"),
            }
        }
    }
}
