//! The blocking twin, from every kind of thread.

use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use bytes::Bytes;
use client::blocking::{Connection, DomainEvent, OpenOptions};
use client::enums::{ConnectCloseReason, DomainEventType};
use client::flags::DomainConsoleFlags;
use client::{Chunk, EventKind};
use protocol::remote::{DomainLookupByName, DomainLookupByNameRet, DomainOpenConsole};

use crate::events::{fake, lifecycle};
use crate::fake::{Fake, domain, door};

fn open(fake: &Arc<Fake>) -> Connection {
    let options = OpenOptions::new().opener(door(fake));
    options.open(Some("test:///fake")).expect("a connection")
}

/// Opens, calls, waits for events and a stream, and closes.
fn visit(fake: &Arc<Fake>) {
    fake.on::<DomainLookupByName>(|args| {
        Ok(DomainLookupByNameRet {
            dom: domain(&args.name, 1),
        })
    });
    fake.on::<DomainOpenConsole>(|_| Ok(()));
    let host = open(fake);
    assert_eq!(host.hostname().expect("an answer"), "here");

    let guest = host.lookup_domain("a").expect("a domain");
    let console = guest
        .open_console(None, DomainConsoleFlags::empty())
        .expect("a console");
    console.send(Bytes::from("hello")).expect("sent");
    let back = console.recv().expect("received");
    assert_eq!(back, Some(Chunk::Data(Bytes::from("hello"))));
    console.finish().expect("a good end");

    let kinds = [EventKind::Lifecycle];
    let mut events = host.domain_events(&kinds, Some(&guest)).expect("10");
    let short = Duration::from_millis(5);
    let nothing = events.recv_timeout(short).expect_err("nothing happened");
    assert_eq!(nothing, RecvTimeoutError::Timeout);
    lifecycle(fake, 10, "a", DomainEventType::Started);
    lifecycle(fake, 10, "a", DomainEventType::Stopped);
    let event = events.recv_timeout(Duration::from_secs(20)).expect("one");
    let started = DomainEvent::Lifecycle {
        domain: guest.clone(),
        event: DomainEventType::Started,
        detail: 4,
    };
    assert_eq!(event, started);
    let event = events.next().expect("another");
    assert_eq!(event.domain(), Some(&guest));

    host.close().expect("a farewell");
    assert_eq!(host.closed(), ConnectCloseReason::Client);
    assert_eq!(events.next(), None);
    let over = events.recv_timeout(short).expect_err("over");
    assert_eq!(over, RecvTimeoutError::Disconnected);
    assert!(guest.connection().hostname().expect_err("over").is_closed());
}

#[test]
fn a_program_without_a_runtime() {
    visit(&fake());
}

#[tokio::test]
async fn a_blocking_thread_of_another_runtime() {
    tokio::task::spawn_blocking(|| visit(&fake()))
        .await
        .expect("no panic");
}

/// It holds up the thread, but neither panics nor hangs.
#[tokio::test]
async fn a_task_of_another_runtime() {
    visit(&fake());
}

#[test]
fn many_threads_share_one_connection() {
    let fake = fake();
    let host = open(&fake);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(host.hostname().expect("an answer"), "here");
                }
            });
        }
    });
}

/// More calls than a task may make without yielding.
#[tokio::test]
async fn a_task_that_never_yields() {
    let fake = fake();
    let host = open(&fake);
    for _ in 0..1000 {
        assert_eq!(host.hostname().expect("an answer"), "here");
    }
}
