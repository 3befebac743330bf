//! Quotas, priorities, panics, keepalive, and what bad peers get.

use std::io::IoSlice;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use proptest::prelude::*;
use protocol::error::{Code, ErrorBody};
use protocol::header::{Header, PacketKind, Status};
use protocol::packet::{Framer, Packet};
use protocol::procedure::Priority;
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::task::JoinHandle;

use super::serve;
use crate::BoxFuture;
use crate::client::{CallError, Connection, Options};
use crate::close::{CloseReason, Violation};
use crate::keepalive::{self, Keepalive};
use crate::limits::Limits;
use crate::testing::*;
use crate::transport;

/// A peer that speaks in bytes.
struct Raw {
    socket: UnixStream,
    framer: Framer,
    service: Arc<TestService>,
    end: JoinHandle<CloseReason>,
}

impl Raw {
    fn new(limits: Limits) -> Self {
        let (socket, theirs) = UnixStream::pair().unwrap();
        let service = Arc::new(TestService::default());
        let end = tokio::spawn(serve(
            transport::unix(theirs).unwrap(),
            service.clone(),
            limits,
        ));
        Self {
            socket,
            framer: Framer::new(),
            service,
            end,
        }
    }

    async fn send(&mut self, bytes: &[u8]) {
        self.socket.write_all(bytes).await.unwrap();
    }

    async fn receive(&mut self) -> Option<Packet> {
        loop {
            if let Some(packet) = self.framer.next_packet().unwrap() {
                return Some(packet);
            }
            let mut bytes = BytesMut::with_capacity(65536);
            if self.socket.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
            self.framer.feed(&bytes);
        }
    }

    async fn violation(self) -> Violation {
        match soon(self.end).await.unwrap() {
            CloseReason::Violation(violation) => violation,
            other => panic!("{other:?}"),
        }
    }
}

fn packet(kind: PacketKind, procedure: i32, serial: u32, status: Status, payload: &[u8]) -> Bytes {
    let header = header(kind, procedure, serial, status);
    Packet::new(header, Bytes::copy_from_slice(payload))
        .encode()
        .unwrap()
}

fn call_packet(procedure: i32, serial: u32, payload: &[u8]) -> Bytes {
    packet(PacketKind::Call, procedure, serial, Status::Ok, payload)
}

fn ping() -> Bytes {
    let message = keepalive::ping();
    Packet::new(message.header, message.payload)
        .encode()
        .unwrap()
}

fn is_pong(packet: &Packet) -> bool {
    packet.header == keepalive::pong().header
}

#[tokio::test]
async fn no_more_calls_run_at_once_than_the_quota_says() {
    for over in BOTH {
        let fixture = Fixture::with(
            over,
            Limits {
                requests_per_client: 3,
                ..Limits::default()
            },
            Options::default(),
        );
        let calls: Vec<_> = (0..10)
            .map(|_| {
                let client = fixture.client.clone();
                tokio::spawn(async move { client.call_raw(call(GATED, "x")).await })
            })
            .collect();
        settle().await;
        assert_eq!(fixture.service.running.load(SeqCst), 3);
        assert_eq!(fixture.service.session().stats().calls_running, 3);
        // A call of high priority is not behind them, nor is a refusal.
        assert_eq!(soon(fixture.call(URGENT, "quick")).await.unwrap(), "quick");
        assert!(matches!(
            soon(fixture.call(REFUSED, "x")).await,
            Err(CallError::Remote(_))
        ));
        fixture.service.gate.add_permits(10);
        for call in calls {
            soon(call).await.unwrap().unwrap();
        }
        assert_eq!(fixture.service.most_running.load(SeqCst), 3);
    }
}

#[tokio::test]
async fn keepalive_is_answered_while_calls_wait_for_the_quota() {
    let mut raw = Raw::new(Limits {
        requests_per_client: 1,
        ..Limits::default()
    });
    for serial in 1..50 {
        raw.send(&call_packet(GATED, serial, b"x")).await;
    }
    raw.send(&ping()).await;
    let answer = soon(raw.receive()).await.unwrap();
    assert!(is_pong(&answer), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn a_peer_behind_a_full_line_is_told_that_the_server_lives() {
    let mut raw = Raw::new(Limits {
        requests_per_client: 1,
        parked_bytes: 10_000,
        ..Limits::default()
    });
    raw.send(&ping()).await;
    assert!(is_pong(&soon(raw.receive()).await.unwrap()));
    for serial in 1..200 {
        raw.send(&call_packet(GATED, serial, &[b'x'; 200])).await;
    }
    raw.send(&ping()).await;
    for _ in 0..3 {
        assert!(is_pong(&soon(raw.receive()).await.unwrap()));
    }
    assert!(
        raw.service.session().stats().packets_received < 60,
        "reading did not stop"
    );
    raw.service.gate.add_permits(200);
    let mut answered = 0;
    while answered < 199 {
        let packet = soon(raw.receive()).await.unwrap();
        answered += u32::from(packet.header.kind == PacketKind::Reply);
    }
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_dies_behind_a_full_line_is_noticed() {
    for over in BOTH {
        let limits = Limits {
            requests_per_client: 1,
            parked_bytes: 10_000,
            ..Limits::default()
        };
        let fixture = Fixture::with(over, limits, Options::default());
        let large = "x".repeat(20_000);
        for _ in 0..5 {
            let (client, large) = (fixture.client.clone(), large.clone());
            tokio::spawn(async move { client.call_raw(call(GATED, &large)).await });
        }
        settle().await;
        assert_eq!(fixture.service.running.load(SeqCst), 1);
        fixture.client.close();
        assert!(matches!(
            soon(fixture.end).await.unwrap(),
            CloseReason::PeerClosed
        ));
    }
}

#[tokio::test]
async fn pings_without_reading_pile_nothing_up() {
    let mut raw = Raw::new(Limits::default());
    for _ in 0..20_000 {
        raw.send(&ping()).await;
    }
    raw.send(&call_packet(ECHO, 1, b"x")).await;
    let mut pongs = 0;
    while is_pong(&soon(raw.receive()).await.unwrap()) {
        pongs += 1;
    }
    assert!(pongs > 0);
}

#[tokio::test]
async fn answers_that_nobody_takes_hold_their_client_back() {
    let mut raw = Raw::new(Limits {
        parked_bytes: 100_000,
        ..Limits::default()
    });
    let large = vec![b'x'; 50_000];
    let call = call_packet(ECHO, 1, &large);
    let flood = async {
        loop {
            raw.socket.write_all(&call).await.unwrap();
        }
    };
    let waited = tokio::time::timeout(Duration::from_millis(300), flood).await;
    waited.expect_err("a client that reads nothing was served without end");
    assert!(raw.service.session().stats().packets_received < 60);
}

#[tokio::test]
async fn a_panic_ends_its_call_only() {
    let fixture = Fixture::new(Over::Socket);
    for procedure in [PANIC, PANIC_LATER] {
        match soon(fixture.call(procedure, "x")).await {
            Err(CallError::Remote(body)) => assert_eq!(body.code, Code::InternalError),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(soon(fixture.call(ECHO, "x")).await.unwrap(), "x");
}

#[tokio::test]
async fn finishing_answers_what_was_asked_and_then_closes() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let slow = tokio::spawn({
            let client = fixture.client.clone();
            async move { client.call_raw(call(GATED, "slow")).await }
        });
        settle().await;
        assert_eq!(soon(fixture.call(FINISH, "bye")).await.unwrap(), "bye");
        settle().await;
        assert!(!fixture.end.is_finished());
        fixture.service.gate.add_permits(1);
        assert_eq!(text(&soon(slow).await.unwrap().unwrap()), "slow");
        assert!(matches!(
            soon(fixture.end).await.unwrap(),
            CloseReason::Requested
        ));
        assert!(matches!(
            soon(fixture.client.closed()).await,
            CloseReason::PeerClosed
        ));
    }
}

#[tokio::test]
async fn the_peer_of_a_unix_socket_is_known() {
    let fixture = Fixture::new(Over::Socket);
    settle().await;
    let session = fixture.service.session();
    assert_eq!(
        session.peer().pid,
        Some(i32::try_from(std::process::id()).unwrap())
    );
    assert_eq!(session.peer().uid, Some(rustix::process::getuid().as_raw()));
    assert!(!session.is_authenticated() && !session.peer().read_only_socket);
}

#[tokio::test(start_paused = true)]
async fn a_silent_client_is_given_up_once_keepalive_is_on() {
    let rules = Keepalive {
        interval: Duration::from_secs(5),
        count: 2,
    };
    let mut raw = Raw::new(Limits {
        keepalive: Some(rules),
        ..Limits::default()
    });
    raw.send(&call_packet(KEEPALIVE, 1, b"")).await;
    assert_eq!(
        soon(raw.receive()).await.unwrap().header.kind,
        PacketKind::Reply
    );
    let start = tokio::time::Instant::now();
    for _ in 0..2 {
        let packet = soon(raw.receive()).await.unwrap();
        assert_eq!(packet.header, keepalive::ping().header);
    }
    match soon(raw.end).await.unwrap() {
        CloseReason::KeepaliveTimeout { count: 2, .. } => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(start.elapsed().as_secs(), 15);
}

#[tokio::test(start_paused = true)]
async fn two_ends_with_keepalive_stay_together() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        fixture.client.set_keepalive(Some(Keepalive::default()));
        fixture.call(KEEPALIVE, "").await.unwrap();
        tokio::time::timeout(Duration::from_secs(600), fixture.client.closed())
            .await
            .expect_err("the connection ended");
        assert!(fixture.client.stats().packets_received > 50);
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_gives_a_silent_server_up() {
    let (ours, _theirs) = UnixStream::pair().unwrap();
    let client = Connection::new(transport::unix(ours).unwrap(), Options::default());
    client.set_keepalive(Some(Keepalive::default()));
    let reason = client.closed().await;
    assert!(
        matches!(reason, CloseReason::KeepaliveTimeout { count: 5, .. }),
        "{reason:?}"
    );
}

#[tokio::test]
async fn garbage_closes_its_connection_only() {
    let mut raw = Raw::new(Limits::default());
    raw.send(b"GET / HTTP/1.1\r\n\r\n").await;
    assert!(matches!(raw.violation().await, Violation::Frame(_)));
    let mut raw = Raw::new(Limits::default());
    raw.send(&[0, 0, 0, 4]).await;
    assert!(matches!(raw.violation().await, Violation::Frame(_)));
    let mut raw = Raw::new(Limits::default());
    raw.send(&u32::MAX.to_be_bytes()).await;
    assert!(matches!(raw.violation().await, Violation::Frame(_)));
}

#[tokio::test]
async fn a_truncated_packet_is_named() {
    let mut raw = Raw::new(Limits::default());
    raw.send(&call_packet(ECHO, 1, b"text")[..20]).await;
    raw.socket.shutdown().await.unwrap();
    assert!(matches!(raw.violation().await, Violation::Truncated));
}

#[tokio::test(start_paused = true)]
async fn a_trickled_packet_has_a_deadline() {
    let mut raw = Raw::new(Limits::default());
    let bytes = call_packet(ECHO, 1, &[0; 100]);
    let start = tokio::time::Instant::now();
    for byte in bytes.iter().take(20) {
        raw.send(&[*byte]).await;
        let pause = tokio::time::timeout(Duration::from_secs(1), &mut raw.end).await;
        assert!(pause.is_err(), "closed too early");
    }
    assert!(matches!(raw.violation().await, Violation::TooSlow(_)));
    assert_eq!(start.elapsed().as_secs(), 30);
}

#[tokio::test]
async fn announced_descriptors_must_come() {
    let mut raw = Raw::new(Limits::default());
    let header = header(PacketKind::CallWithFds, DESCRIPTORS, 1, Status::Ok);
    let packet = Packet {
        header,
        fd_count: 2,
        payload: Bytes::new(),
    };
    raw.send(&packet.encode().unwrap()).await;
    raw.send(&[0, 0]).await;
    let violation = raw.violation().await;
    assert!(matches!(
        violation,
        Violation::MissingDescriptors {
            announced: 2,
            received: 0
        }
    ));
}

#[tokio::test]
async fn what_a_client_may_not_send_ends_its_connection() {
    for (kind, status) in [
        (PacketKind::Reply, Status::Ok),
        (PacketKind::Message, Status::Ok),
    ] {
        let mut raw = Raw::new(Limits::default());
        raw.send(&packet(kind, ECHO, 1, status, b"")).await;
        assert!(matches!(
            raw.violation().await,
            Violation::UnexpectedKind { .. }
        ));
    }
}

#[tokio::test]
async fn a_hole_on_a_dense_stream_ends_the_connection() {
    // The test service's streams are sparse, so the hole itself is what is wrong here.
    let mut raw = Raw::new(Limits::default());
    raw.send(&call_packet(ECHO_STREAM, 1, b"")).await;
    soon(raw.receive()).await.unwrap();
    raw.send(&packet(
        PacketKind::StreamHole,
        ECHO_STREAM,
        1,
        Status::Continue,
        b"bad!",
    ))
    .await;
    assert!(matches!(
        raw.violation().await,
        Violation::MalformedHole { serial: 1 }
    ));
}

#[tokio::test]
async fn packets_of_streams_that_are_gone_are_ignored() {
    let mut raw = Raw::new(Limits::default());
    for (status, payload) in [
        (Status::Continue, &b"data"[..]),
        (Status::Ok, b""),
        (Status::Error, b""),
    ] {
        raw.send(&packet(
            PacketKind::Stream,
            ECHO_STREAM,
            77,
            status,
            payload,
        ))
        .await;
    }
    raw.send(&call_packet(ECHO, 1, b"x")).await;
    assert_eq!(&soon(raw.receive()).await.unwrap().payload[..], b"x");
}

#[tokio::test]
async fn descriptors_may_arrive_in_any_rhythm() {
    for together in [true, false] {
        let mut raw = Raw::new(Limits::default());
        let header = header(PacketKind::CallWithFds, DESCRIPTORS, 1, Status::Ok);
        let packet = Packet {
            header,
            fd_count: 2,
            payload: Bytes::from_static(b"text"),
        };
        raw.send(&packet.encode().unwrap()).await;
        let (one, other) = UnixStream::pair().unwrap();
        if together {
            send_marker(&raw.socket, &[&one, &other], 2);
        } else {
            for fd in [&one, &other] {
                settle().await;
                send_marker(&raw.socket, &[fd], 1);
            }
        }
        raw.send(&call_packet(ECHO, 2, b"next")).await;
        let answer = soon(raw.receive()).await.unwrap();
        assert_eq!(
            (answer.header.kind, answer.fd_count),
            (PacketKind::ReplyWithFds, 2)
        );
    }
}

#[tokio::test]
async fn descriptors_that_nobody_announced_end_the_connection() {
    let mut raw = Raw::new(Limits::default());
    let call = call_packet(ECHO, 1, b"text");
    let fds = [raw.socket.as_fd()];
    let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&fds));
    sendmsg(
        &raw.socket,
        &[IoSlice::new(&call)],
        &mut control,
        SendFlags::empty(),
    )
    .unwrap();
    soon(raw.receive()).await;
    assert!(matches!(raw.violation().await, Violation::StrayDescriptors));
}

/// Sends descriptors the way they follow a packet.
fn send_marker(socket: &UnixStream, fds: &[&UnixStream], bytes: usize) {
    let fds: Vec<_> = fds.iter().map(|fd| fd.as_fd()).collect();
    let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&fds));
    let markers = vec![0; bytes];
    sendmsg(
        socket,
        &[IoSlice::new(&markers)],
        &mut control,
        SendFlags::empty(),
    )
    .unwrap();
}

#[tokio::test]
async fn over_tcp_everything_works_but_descriptors() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (socket, accepted) =
        tokio::join!(tokio::net::TcpStream::connect(address), listener.accept());
    let service = Arc::new(TestService::default());
    let served = transport::tcp(accepted.unwrap().0).unwrap();
    tokio::spawn(serve(served, service.clone(), Limits::default()));
    let client = Connection::new(transport::tcp(socket.unwrap()).unwrap(), Options::default());
    let large = "x".repeat(3_000_000);
    let reply = soon(client.call_raw(call(ECHO, &large))).await.unwrap();
    assert_eq!(reply.payload.len(), large.len());
    let peer = service.session().peer().clone();
    assert_eq!((peer.uid, peer.pid), (None, None));
    assert_eq!(
        peer.address.map(|address| address.ip().is_loopback()),
        Some(true)
    );
    let fd = UnixStream::pair().unwrap().0.into_std().unwrap().into();
    let refused = soon(client.call_raw(call_with_fds(DESCRIPTORS, vec![fd]))).await;
    assert!(matches!(refused, Err(CallError::Descriptors { count: 1 })));
    match soon(client.call_raw(call(OWN_DESCRIPTOR, ""))).await {
        Err(CallError::Remote(body)) => assert_eq!(body.code, Code::NoSupport),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_beyond_the_largest_packet_is_an_error() {
    let fixture = Fixture::new(Over::Pair);
    match soon(fixture.call(HUGE, "")).await {
        Err(CallError::Remote(body)) => assert_eq!(body.code, Code::Rpc),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_panic_at_opening_ends_that_session() {
    struct Panicking;
    impl super::Service for Panicking {
        fn opened(&self, _: &super::Session) {
            panic!("at opening");
        }

        fn admit(&self, _: &super::Session, _: &Header) -> Result<Priority, ErrorBody> {
            Ok(Priority::Low)
        }

        fn call(
            self: Arc<Self>,
            _: super::Request,
        ) -> BoxFuture<'static, Result<super::Reply, ErrorBody>> {
            Box::pin(async { Ok(super::Reply::empty()) })
        }
    }
    let (_ours, theirs) = transport::pair();
    let end = soon(serve(theirs, Arc::new(Panicking), Limits::default())).await;
    assert!(matches!(end, CloseReason::Requested));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn packets_may_arrive_in_any_pieces(
        payloads in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 1..20),
        cuts in proptest::collection::vec(1_usize..200, 1..40),
    ) {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut raw = Raw::new(Limits::default());
            let bytes: Vec<u8> = payloads
                .iter()
                .zip(1..)
                .flat_map(|(payload, serial)| call_packet(ECHO, serial, payload).to_vec())
                .collect();
            let mut rest = &bytes[..];
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, tail) = rest.split_at(rest.len().min(*cut));
                raw.send(piece).await;
                tokio::task::yield_now().await;
                rest = tail;
            }
            for (payload, serial) in payloads.iter().zip(1..) {
                let answer = soon(raw.receive()).await.unwrap();
                assert_eq!(answer.header.serial, serial);
                assert_eq!(&answer.payload[..], &payload[..]);
            }
        });
    }
}
