//! Calls, descriptors, streams and events, over both local transports.

use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use bytes::Bytes;
use protocol::error::Code;

use super::{CallError, Incoming, Options};
use crate::close::CloseReason;
use crate::limits::Limits;
use crate::server::SendEventError;
use crate::stream::{CHUNK_MAX, Chunk, Holes, StreamError};
use crate::testing::*;

#[tokio::test]
async fn a_call_gets_its_answer() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        assert_eq!(soon(fixture.call(ECHO, "hello")).await.unwrap(), "hello");
    }
}

#[tokio::test]
async fn an_error_keeps_its_code_and_text() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        for (procedure, expected) in [(FAIL, "no"), (REFUSED, "not for you")] {
            match soon(fixture.call(procedure, "x")).await {
                Err(CallError::Remote(body)) => {
                    assert_eq!((body.code, body.text()), (Code::OperationFailed, expected));
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn answers_come_out_of_order() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let slow = tokio::spawn({
            let client = fixture.client.clone();
            async move { client.call_raw(call(GATED, "slow")).await }
        });
        settle().await;
        assert_eq!(soon(fixture.call(ECHO, "quick")).await.unwrap(), "quick");
        assert!(!slow.is_finished());
        fixture.service.gate.add_permits(1);
        assert_eq!(text(&soon(slow).await.unwrap().unwrap()), "slow");
    }
}

#[tokio::test]
async fn many_calls_overlap() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let calls: Vec<_> = (0..500)
            .map(|number| {
                let client = fixture.client.clone();
                let text = format!("call {number}");
                tokio::spawn(async move { (client.call_raw(call(ECHO, &text)).await, text) })
            })
            .collect();
        for call in calls {
            let (reply, sent) = soon(call).await.unwrap();
            assert_eq!(text(&reply.unwrap()), sent);
        }
        assert_eq!(fixture.service.session().stats().calls, 500);
    }
}

#[tokio::test]
async fn descriptors_travel_both_ways_in_order() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        for count in [1, 2, 32] {
            let (mine, theirs): (Vec<_>, Vec<_>) =
                (0..count).map(|_| UnixStream::pair().unwrap()).unzip();
            let fds = theirs.into_iter().map(OwnedFd::from).collect();
            let reply = soon(fixture.client.call_raw(call_with_fds(DESCRIPTORS, fds)))
                .await
                .unwrap();
            assert_eq!(text(&reply), "fds");
            assert_eq!(reply.fds.len(), count);
            for (number, (mut mine, back)) in mine
                .into_iter()
                .zip(reply.fds.into_iter().rev())
                .enumerate()
            {
                let byte = [u8::try_from(number).unwrap()];
                mine.write_all(&byte).unwrap();
                let mut read = [0xff];
                UnixStream::from(back).read_exact(&mut read).unwrap();
                assert_eq!(read, byte);
            }
        }
        // The next call finds the stream of bytes in step.
        assert_eq!(soon(fixture.call(ECHO, "after")).await.unwrap(), "after");
    }
}

#[tokio::test]
async fn too_many_descriptors_are_refused_before_they_are_sent() {
    let fixture = Fixture::new(Over::Socket);
    let fds = (0..33)
        .map(|_| UnixStream::pair().unwrap().0.into())
        .collect();
    let outcome = soon(fixture.client.call_raw(call_with_fds(DESCRIPTORS, fds))).await;
    assert!(matches!(outcome, Err(CallError::Descriptors { count: 33 })));
}

#[tokio::test]
async fn a_large_call_goes_through() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let large = "x".repeat(20 * 1024 * 1024);
        assert_eq!(
            soon(fixture.call(ECHO, &large)).await.unwrap().len(),
            large.len()
        );
        let larger = "x".repeat(33 * 1024 * 1024 + 1024 * 1024);
        assert!(matches!(
            fixture.call(ECHO, &larger).await,
            Err(CallError::TooLarge { .. })
        ));
    }
}

#[tokio::test]
async fn a_call_that_times_out_leaves_the_connection_usable() {
    let options = Options {
        call_timeout: Some(Duration::from_millis(20)),
        ..Options::default()
    };
    let fixture = Fixture::with(Over::Socket, Limits::default(), options);
    assert!(matches!(
        soon(fixture.call(GATED, "x")).await,
        Err(CallError::Timeout(_))
    ));
    fixture.service.gate.add_permits(1);
    assert_eq!(
        soon(fixture.call(ECHO, "still here")).await.unwrap(),
        "still here"
    );
}

#[tokio::test]
async fn calls_fail_when_the_server_goes_away() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let waiting = tokio::spawn({
            let client = fixture.client.clone();
            async move { client.call_raw(call(GATED, "x")).await }
        });
        settle().await;
        fixture.service.session().close();
        let outcome = soon(waiting).await.unwrap();
        assert!(
            matches!(outcome, Err(CallError::Closed(CloseReason::PeerClosed))),
            "{outcome:?}"
        );
        assert!(matches!(
            soon(fixture.client.closed()).await,
            CloseReason::PeerClosed
        ));
        assert!(matches!(
            fixture.call(ECHO, "x").await,
            Err(CallError::Closed(_))
        ));
    }
}

#[tokio::test]
async fn the_last_handle_closes_the_connection() {
    for over in BOTH {
        let Fixture { client, end, .. } = Fixture::new(over);
        let other = client.clone();
        drop(client);
        settle().await;
        assert!(!end.is_finished());
        drop(other);
        assert!(matches!(soon(end).await.unwrap(), CloseReason::PeerClosed));
    }
}

#[tokio::test]
async fn a_stream_carries_data_and_holes_both_ways() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let opened = fixture
            .client
            .open_stream_raw(call(ECHO_STREAM, "open"), Holes::Allowed);
        let (reply, stream) = soon(opened).await.unwrap();
        assert_eq!(text(&reply), "open");
        let large = Bytes::from(vec![3; CHUNK_MAX * 2 + 5]);
        let sending = async {
            stream.send(large.clone()).await.unwrap();
            stream.send_hole(1 << 33).await.unwrap();
            stream.send(Bytes::from_static(b"end")).await.unwrap();
            stream.send_eof().await.unwrap();
        };
        let receiving = async {
            let mut received = 0;
            let mut holes = Vec::new();
            while let Some(chunk) = stream.recv().await.unwrap() {
                match chunk {
                    Chunk::Data(data) => {
                        assert!(data.len() <= CHUNK_MAX);
                        received += data.len();
                    }
                    Chunk::Hole(length) => holes.push((received, length)),
                }
            }
            (received, holes)
        };
        let ((), (received, holes)) = soon(async { tokio::join!(sending, receiving) }).await;
        assert_eq!(received, large.len() + 3);
        assert_eq!(holes, [(large.len(), 1 << 33)]);
        soon(stream.finish()).await.unwrap();
        assert_eq!(fixture.service.session().stats().streams_open, 0);
    }
}

#[tokio::test]
async fn a_download_ends_with_the_clients_finish() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let opened = fixture
            .client
            .open_stream_raw(call(SOURCE, ""), Holes::Allowed);
        let (_, stream) = soon(opened).await.unwrap();
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
async fn a_slow_sink_holds_its_client_back() {
    for over in BOTH {
        let limits = Limits {
            stream_bytes: 1024 * 1024,
            ..Limits::default()
        };
        let fixture = Fixture::with(over, limits, Options::default());
        let opened = fixture
            .client
            .open_stream_raw(call(SINK, ""), Holes::Refused);
        let (_, stream) = soon(opened).await.unwrap();
        let total = 64 * 1024 * 1024;
        let sending = tokio::spawn(async move {
            stream.send(Bytes::from(vec![1; total])).await.unwrap();
            stream.finish().await
        });
        // Give it every chance to run ahead.
        tokio::time::timeout(Duration::from_millis(300), async {
            while !sending.is_finished() {
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect_err("64 MiB went into a sink that takes nothing");
        let received = fixture.service.session().stats().packets_received;
        assert!(received < 10, "{received} packets were taken in");
        fixture.service.gate.add_permits(total);
        soon(sending).await.unwrap().unwrap();
        let expected = total.div_ceil(CHUNK_MAX);
        assert_eq!(
            fixture.service.taken.load(SeqCst),
            u32::try_from(expected).unwrap()
        );
    }
}

#[tokio::test]
async fn a_slow_reader_of_a_stream_holds_the_server_back_and_still_gets_answers() {
    for over in BOTH {
        let limits = Limits {
            stream_bytes: 512 * 1024,
            ..Limits::default()
        };
        let options = Options {
            limits,
            ..Options::default()
        };
        let fixture = Fixture::with(over, Limits::default(), options);
        let opened = fixture
            .client
            .open_stream_raw(call(SOURCE, ""), Holes::Allowed);
        let (_, stream) = soon(opened).await.unwrap();
        settle().await;
        // Whoever should take the data makes a call instead.
        assert_eq!(
            soon(fixture.call(ECHO, "between")).await.unwrap(),
            "between"
        );
        let mut size = 0;
        while let Some(chunk) = soon(stream.recv()).await.unwrap() {
            if let Chunk::Data(data) = chunk {
                size += data.len();
            }
        }
        assert_eq!(size, SOURCE_SIZE);
        soon(stream.finish()).await.unwrap();
    }
}

#[tokio::test]
async fn an_abort_is_answered_and_reaches_the_handler() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        for by_drop in [false, true] {
            let opened = fixture
                .client
                .open_stream_raw(call(ECHO_STREAM, ""), Holes::Refused);
            let (_, stream) = soon(opened).await.unwrap();
            if by_drop {
                drop(stream);
            } else {
                soon(stream.abort()).await.unwrap();
            }
            soon(fixture.service.changed.notified()).await;
        }
        assert_eq!(fixture.service.aborts.load(SeqCst), 2);
        assert_eq!(soon(fixture.call(ECHO, "x")).await.unwrap(), "x");
    }
}

#[tokio::test]
async fn an_error_in_mid_stream_reaches_the_client() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let opened = fixture
            .client
            .open_stream_raw(call(FAILING_STREAM, ""), Holes::Refused);
        let (_, stream) = soon(opened).await.unwrap();
        stream.send(Bytes::from_static(b"data")).await.unwrap();
        match soon(stream.recv()).await {
            Err(StreamError::Remote(body)) => assert_eq!(body.text(), "disk full"),
            other => panic!("{other:?}"),
        }
        assert!(matches!(
            soon(stream.finish()).await,
            Err(StreamError::Remote(_))
        ));
        assert_eq!(soon(fixture.call(ECHO, "x")).await.unwrap(), "x");
    }
}

#[tokio::test]
async fn an_error_as_the_answer_leaves_no_stream() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let opened = fixture
            .client
            .open_stream_raw(call(REFUSED_STREAM, ""), Holes::Refused);
        match soon(opened).await {
            Err(CallError::Remote(body)) => assert_eq!(body.text(), "no stream"),
            other => panic!("{other:?}"),
        }
        assert_eq!(fixture.service.session().stats().streams_open, 0);
    }
}

#[tokio::test]
async fn a_stream_whose_caller_gave_up_is_aborted() {
    let fixture = Fixture::new(Over::Socket);
    tokio::select! {
        biased;
        _ = fixture.client.open_stream_raw(call(ECHO_STREAM, ""), Holes::Refused) => panic!("opened"),
        () = std::future::ready(()) => {}
    }
    soon(fixture.service.changed.notified()).await;
    assert_eq!(fixture.service.aborts.load(SeqCst), 1);
}

#[tokio::test]
async fn a_hole_needs_a_sparse_stream() {
    let fixture = Fixture::new(Over::Pair);
    let opened = fixture
        .client
        .open_stream_raw(call(ECHO_STREAM, ""), Holes::Refused);
    let (_, stream) = soon(opened).await.unwrap();
    let refused = stream.send_hole(5).await;
    assert!(matches!(
        refused,
        Err(StreamError::HoleRefused { length: 5 })
    ));
}

#[tokio::test]
async fn events_keep_their_order_with_answers_between() {
    for over in BOTH {
        let fixture = Fixture::new(over);
        let mut events = fixture.client.events();
        soon(fixture.call(ECHO, "x")).await.unwrap();
        let session = fixture.service.session();
        for number in 0..100 {
            session.try_send_raw(event(number, 10)).unwrap();
        }
        for number in 0..100 {
            assert_eq!(
                soon(events.recv()).await,
                Some(Incoming::Event(event(number, 10)))
            );
        }
        session.close();
        assert_eq!(soon(events.recv()).await, None);
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_loses_events_and_nothing_else() {
    for over in BOTH {
        let limits = Limits {
            event_bytes: 100_000,
            ..Limits::default()
        };
        let (ours, theirs) = transports(over);
        let service = std::sync::Arc::new(TestService::default());
        let end = tokio::spawn(crate::server::serve(theirs, service.clone(), limits));
        settle().await;
        let session = service.session();
        let mut sent = 0;
        let refused = loop {
            match session.try_send_raw(event(sent, 10_000)) {
                Ok(()) => sent += 1,
                Err(refused) => break refused,
            }
            settle().await;
        };
        assert!(matches!(refused, SendEventError::Full));
        assert_eq!(session.stats().events_dropped, 1);
        // It wakes up and finds all that was accepted.
        let client = super::Connection::new(ours, Options::default());
        let mut events = client.events();
        for number in 0..sent {
            assert_eq!(
                soon(events.recv()).await,
                Some(Incoming::Event(event(number, 10_000)))
            );
        }
        session.try_send_raw(event(-1, 1)).unwrap();
        assert_eq!(
            soon(events.recv()).await,
            Some(Incoming::Event(event(-1, 1)))
        );
        drop((client, events));
        soon(end).await.unwrap();
    }
}

/// Every bound is hit all the time, on several threads: a wake-up that gets lost shows here.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tight_bounds_lose_nothing() {
    let limits = Limits {
        requests_per_client: 2,
        parked_bytes: 2_000,
        stream_bytes: 100_000,
        event_bytes: 10_000,
        ..Limits::default()
    };
    for over in BOTH {
        let conversations: Vec<_> = (0..6)
            .map(|_| {
                let options = Options {
                    limits,
                    ..Options::default()
                };
                tokio::spawn(busy(Fixture::with(over, limits, options)))
            })
            .collect();
        for conversation in conversations {
            tokio::time::timeout(Duration::from_secs(60), conversation)
                .await
                .unwrap()
                .unwrap();
        }
    }
}

async fn busy(fixture: Fixture) {
    fixture.service.gate.add_permits(1_000_000);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..300 {
        let client = fixture.client.clone();
        tasks.spawn(async move {
            let procedure = [ECHO, GATED, URGENT][number % 3];
            let text_sent = "x".repeat(number * 7);
            let reply = client.call_raw(call(procedure, &text_sent)).await.unwrap();
            assert_eq!(text(&reply), text_sent);
        });
    }
    for _ in 0..3 {
        let client = fixture.client.clone();
        tasks.spawn(async move {
            let opened = client.open_stream_raw(call(ECHO_STREAM, ""), Holes::Allowed);
            let (_, stream) = opened.await.unwrap();
            let sending = async {
                for size in [1, 300_000, 99, CHUNK_MAX, 70_000] {
                    stream.send(Bytes::from(vec![1; size])).await.unwrap();
                    stream.send_hole(9).await.unwrap();
                }
                stream.send_eof().await.unwrap();
            };
            let receiving = async {
                let (mut size, mut holes) = (0, 0);
                while let Some(chunk) = stream.recv().await.unwrap() {
                    match chunk {
                        Chunk::Data(data) => size += data.len(),
                        Chunk::Hole(length) => holes += length,
                    }
                }
                (size, holes)
            };
            let ((), received) = tokio::join!(sending, receiving);
            assert_eq!(received, (370_100 + CHUNK_MAX, 45));
            stream.finish().await.unwrap();
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    let stats = fixture.service.session().stats();
    assert_eq!((stats.calls, stats.errors, stats.streams_open), (303, 0, 0));
}
