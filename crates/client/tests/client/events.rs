//! Subscriptions.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use client::enums::{DomainEventType, DomainMetadataType};
use client::flags::ConnectDomainQemuMonitorEventRegisterFlags;
use client::{Code, Connection, DomainEvent, EventKind};
use protocol::enums::DomainEventId;
use protocol::error::{ErrorBody, Origin};
use protocol::qemu::{
    ConnectDomainMonitorEventDeregister, ConnectDomainMonitorEventRegister,
    ConnectDomainMonitorEventRegisterRet, DomainMonitorEvent, DomainMonitorEventMsg,
};
use protocol::remote::{
    ConnectDomainEventCallbackDeregisterAny, ConnectDomainEventCallbackRegisterAny,
    ConnectDomainEventCallbackRegisterAnyRet, ConnectGetHostname, ConnectGetHostnameRet,
    DomainEventCallbackLifecycle, DomainEventCallbackLifecycleMsg,
    DomainEventCallbackMetadataChange, DomainEventCallbackMetadataChangeMsg,
    DomainEventCallbackReboot, DomainEventCallbackRebootMsg, DomainEventLifecycleMsg,
    DomainEventRebootMsg,
};

use crate::fake::{Fake, domain, open};

/// A peer that hands out callback ids from 10 on.
pub(crate) fn fake() -> Arc<Fake> {
    let fake = Fake::new();
    let next = AtomicI32::new(10);
    fake.on::<ConnectDomainEventCallbackRegisterAny>(move |_| {
        Ok(ConnectDomainEventCallbackRegisterAnyRet {
            callback_id: next.fetch_add(1, Ordering::Relaxed),
        })
    });
    fake.on::<ConnectDomainEventCallbackDeregisterAny>(|_| Ok(()));
    fake.on::<ConnectGetHostname>(|()| {
        Ok(ConnectGetHostnameRet {
            hostname: "here".to_owned(),
        })
    });
    fake
}

pub(crate) fn lifecycle(fake: &Fake, callback_id: i32, name: &str, event: DomainEventType) {
    fake.send::<DomainEventCallbackLifecycle>(&DomainEventCallbackLifecycleMsg {
        callback_id,
        msg: DomainEventLifecycleMsg {
            dom: domain(name, 1),
            event: event.value(),
            detail: 4,
        },
    });
}

fn reboot(fake: &Fake, callback_id: i32, name: &str) {
    let dom = domain(name, 1);
    fake.send::<DomainEventCallbackReboot>(&DomainEventCallbackRebootMsg {
        callback_id,
        msg: DomainEventRebootMsg { dom },
    });
}

/// The subscriber's next event as one word.
async fn next(events: &mut client::DomainEvents) -> String {
    match events.next().await.expect("an event") {
        DomainEvent::Lifecycle { domain, event, .. } => format!("{event:?} {}", domain.name()),
        DomainEvent::Reboot { domain } => format!("Reboot {}", domain.name()),
        DomainEvent::Lost(_) => "Lost".to_owned(),
        other => format!("{other:?}"),
    }
}

/// What was sent before this has arrived after it.
async fn arrived(connection: &Connection) {
    assert_eq!(connection.hostname().await.expect("an answer"), "here");
}

#[tokio::test]
async fn events_come_in_order_and_only_to_whom_they_belong() {
    let fake = fake();
    let connection = open(&fake).await;
    let kinds = [
        EventKind::Lifecycle,
        EventKind::Reboot,
        EventKind::Lifecycle,
    ];
    let mut both = connection
        .domain_events(&kinds, None)
        .await
        .expect("10, 11");
    let mut lives = connection
        .domain_events(&[EventKind::Lifecycle], None)
        .await
        .expect("12");
    let asked = fake.arguments::<ConnectDomainEventCallbackRegisterAny>();
    let ids: Vec<_> = asked.iter().map(|args| args.event_id).collect();
    let (life, again) = (
        DomainEventId::Lifecycle.value(),
        DomainEventId::Reboot.value(),
    );
    assert_eq!(ids, [life, again, life], "a kind is registered once");
    assert!(asked.iter().all(|args| args.dom.is_none()));

    lifecycle(&fake, 10, "a", DomainEventType::Started);
    lifecycle(&fake, 12, "b", DomainEventType::Stopped);
    lifecycle(&fake, 99, "c", DomainEventType::Crashed);
    reboot(&fake, 11, "a");
    lifecycle(&fake, 10, "a", DomainEventType::Stopped);
    assert_eq!(next(&mut both).await, "Started a");
    assert_eq!(next(&mut both).await, "Reboot a");
    assert_eq!(next(&mut both).await, "Stopped a");
    assert_eq!(next(&mut lives).await, "Stopped b");
    fake.session().close();
    assert_eq!(both.next().await, None);
    assert_eq!(lives.next().await, None);
}

#[tokio::test]
async fn the_handle_of_an_event_can_be_used() {
    let fake = fake();
    let connection = open(&fake).await;
    let kinds = [EventKind::Lifecycle];
    let mut events = connection.domain_events(&kinds, None).await.expect("10");
    lifecycle(&fake, 10, "a", DomainEventType::Defined);
    let event = events.next().await.expect("an event");
    let guest = event.domain().expect("its domain").clone();
    assert_eq!((guest.name(), guest.id()), ("a", Some(1)));
    let connection = guest.connection();
    arrived(connection).await;
    let one = connection.domain_events(&kinds, Some(&guest)).await;
    one.expect("11");
    let asked = fake.arguments::<ConnectDomainEventCallbackRegisterAny>();
    assert_eq!(asked[1].dom, Some(domain("a", 1)));
}

#[tokio::test]
async fn what_a_slow_subscriber_loses_is_counted() {
    let fake = fake();
    let connection = open(&fake).await;
    let kinds = [EventKind::MetadataChange];
    let mut events = connection.domain_events(&kinds, None).await.expect("10");
    let message = DomainEventCallbackMetadataChangeMsg {
        callback_id: 10,
        dom: domain("a", 1),
        r#type: DomainMetadataType::Element.value(),
        nsuri: Some("u".repeat(1 << 20)),
    };
    for _ in 0..8 {
        fake.send::<DomainEventCallbackMetadataChange>(&message);
        arrived(&connection).await;
    }
    let mut kept = 0;
    let lost = loop {
        match events.next().await.expect("an event") {
            DomainEvent::Lost(lost) => break lost,
            DomainEvent::MetadataChange { .. } => kept += 1,
            other => panic!("{other:?}"),
        }
    };
    assert!(kept > 0 && lost > 0, "{kept} and {lost}");
    assert_eq!(kept + lost, 8);
    fake.send::<DomainEventCallbackMetadataChange>(&message);
    let event = events.next().await.expect("it goes on");
    assert!(event.domain().is_some());
}

#[tokio::test]
async fn dropping_a_subscription_ends_it() {
    let fake = fake();
    let connection = open(&fake).await;
    let kinds = [EventKind::Lifecycle, EventKind::Reboot];
    let events = connection
        .domain_events(&kinds, None)
        .await
        .expect("10, 11");
    // Not even a thread without a runtime keeps it.
    std::thread::spawn(move || drop(events)).join().unwrap();
    let ended = fake
        .wait_for::<ConnectDomainEventCallbackDeregisterAny>(2)
        .await;
    let ids: Vec<_> = ended.iter().map(|args| args.callback_id).collect();
    assert_eq!(ids, [10, 11]);
}

#[tokio::test]
async fn a_subscription_that_half_fails_leaves_nothing() {
    let fake = fake();
    fake.on::<ConnectDomainEventCallbackRegisterAny>(|args| {
        if args.event_id == DomainEventId::Reboot.value() {
            return Err(ErrorBody::new(Code::NoSupport, Origin::Qemu, "none"));
        }
        Ok(ConnectDomainEventCallbackRegisterAnyRet { callback_id: 10 })
    });
    let connection = open(&fake).await;
    let kinds = [EventKind::Lifecycle, EventKind::Reboot];
    let refused = connection.domain_events(&kinds, None).await;
    assert_eq!(refused.expect_err("no reboots").code(), Code::NoSupport);
    let ended = fake
        .wait_for::<ConnectDomainEventCallbackDeregisterAny>(1)
        .await;
    assert_eq!(ended[0].callback_id, 10);
}

#[tokio::test]
async fn monitor_events_have_a_subscription_of_their_own() {
    let fake = fake();
    fake.on::<ConnectDomainMonitorEventRegister>(|_| {
        Ok(ConnectDomainMonitorEventRegisterRet { callback_id: 5 })
    });
    fake.on::<ConnectDomainMonitorEventDeregister>(|_| Ok(()));
    let connection = open(&fake).await;
    let flags = ConnectDomainQemuMonitorEventRegisterFlags::empty();
    let mut events = connection
        .monitor_events(Some("RESET"), None, flags)
        .await
        .expect("5");
    for callback_id in [4, 5] {
        fake.send::<DomainMonitorEvent>(&DomainMonitorEventMsg {
            callback_id,
            dom: domain("a", 1),
            event: "RESET".to_owned(),
            seconds: callback_id.into(),
            micros: 7,
            details: Some("{}".to_owned()),
        });
    }
    let event = events.next().await.expect("an event");
    assert_eq!(
        (event.event.as_str(), event.seconds, event.micros),
        ("RESET", 5, 7)
    );
    drop(events);
    fake.wait_for::<ConnectDomainMonitorEventDeregister>(1)
        .await;
}
