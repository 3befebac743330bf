//! The hub against a model: who hears what, and in which order.

use std::collections::VecDeque;

use proptest::prelude::*;
use protocol::remote::{
    DomainEventCallbackLifecycle, DomainEventCallbackLifecycleMsg, DomainEventCallbackReboot,
    DomainEventCallbackRebootMsg, DomainEventLifecycle, DomainEventLifecycleMsg, NonnullDomain,
};

use super::*;

/// A client that takes so many messages before it must read.
#[derive(Debug, Default)]
struct Mailbox {
    room: usize,
    messages: Mutex<VecDeque<Wire>>,
}

impl Mailbox {
    fn with_room(room: usize) -> Arc<Self> {
        Arc::new(Self {
            room,
            messages: Mutex::default(),
        })
    }

    fn take(&self) -> Vec<Wire> {
        self.messages.lock().unwrap().drain(..).collect()
    }
}

impl Sink for Mailbox {
    fn send(&self, wire: Wire) -> bool {
        let mut messages = self.messages.lock().unwrap();
        let has_room = messages.len() < self.room;
        if has_room {
            messages.push_back(wire);
        }
        has_room
    }
}

fn domain(number: u8) -> NonnullDomain {
    NonnullDomain {
        name: format!("vm{number}"),
        uuid: [number; 16],
        id: i32::from(number),
    }
}

fn lifecycle(number: u8, event: i32) -> DomainEvent {
    let kind = DomainEventKind::Lifecycle { event, detail: 0 };
    DomainEvent {
        domain: domain(number),
        kind,
    }
}

fn id(connection: u64, callback: i32) -> SubscriberId {
    SubscriberId {
        connection,
        callback,
    }
}

fn all_domains(kind: i32) -> Interest {
    Interest::new(Family::Domain, kind, None).unwrap()
}

fn decode<E: protocol::Event>(wire: &Wire) -> E::Msg {
    assert_eq!(
        (wire.program, wire.procedure),
        (E::INFO.program.number(), E::INFO.number)
    );
    xdr::from_bytes(&wire.payload).unwrap()
}

#[test]
fn both_forms_are_made_of_one_event() {
    let (hub, old, new) = (
        EventHub::new(),
        Mailbox::with_room(9),
        Mailbox::with_room(9),
    );
    hub.subscribe(id(1, 7), all_domains(0), Form::Legacy, old.clone());
    hub.subscribe(id(2, 8), all_domains(0), Form::Callback, new.clone());
    hub.publish(lifecycle(3, 2));
    let msg = DomainEventLifecycleMsg {
        dom: domain(3),
        event: 2,
        detail: 0,
    };
    assert_eq!(decode::<DomainEventLifecycle>(&old.take()[0]), msg);
    let expected = DomainEventCallbackLifecycleMsg {
        callback_id: 8,
        msg,
    };
    assert_eq!(
        decode::<DomainEventCallbackLifecycle>(&new.take()[0]),
        expected
    );
}

#[test]
fn every_kind_of_domain_event_has_the_number_of_its_declaration() {
    let address = || protocol::remote::DomainEventGraphicsAddress {
        family: 0,
        node: String::new(),
        service: String::new(),
    };
    let text = String::new;
    use DomainEventKind as Kind;
    let kinds = [
        Kind::Lifecycle {
            event: 0,
            detail: 0,
        },
        Kind::Reboot,
        Kind::RtcChange { offset: 0 },
        Kind::Watchdog { action: 0 },
        Kind::IoError {
            path: text(),
            alias: text(),
            action: 0,
        },
        Kind::Graphics {
            phase: 0,
            local: address(),
            remote: address(),
            auth_scheme: text(),
            subject: vec![],
        },
        Kind::IoErrorReason {
            path: text(),
            alias: text(),
            action: 0,
            reason: text(),
        },
        Kind::ControlError,
        Kind::BlockJob {
            path: text(),
            kind: 0,
            status: 0,
        },
        Kind::DiskChange {
            old: None,
            new: None,
            alias: text(),
            reason: 0,
        },
        Kind::TrayChange {
            alias: text(),
            reason: 0,
        },
        Kind::PmWakeup { reason: 0 },
        Kind::PmSuspend { reason: 0 },
        Kind::BalloonChange { actual: 0 },
        Kind::PmSuspendDisk { reason: 0 },
        Kind::DeviceRemoved { alias: text() },
        Kind::BlockJob2 {
            target: text(),
            kind: 0,
            status: 0,
        },
        Kind::Tunable { params: vec![] },
        Kind::AgentLifecycle {
            state: 0,
            reason: 0,
        },
        Kind::DeviceAdded { alias: text() },
        Kind::MigrationIteration { iteration: 0 },
        Kind::JobCompleted { params: vec![] },
        Kind::DeviceRemovalFailed { alias: text() },
        Kind::MetadataChange {
            kind: 0,
            nsuri: None,
        },
        Kind::BlockThreshold {
            device: text(),
            path: None,
            threshold: 0,
            excess: 0,
        },
        Kind::MemoryFailure {
            recipient: 0,
            action: 0,
            flags: 0,
        },
        Kind::MemoryDeviceSizeChange {
            alias: text(),
            size: 0,
        },
        Kind::NicMacChange {
            alias: text(),
            old: text(),
            new: text(),
        },
    ];
    assert_eq!(
        kinds.len(),
        usize::try_from(Family::Domain.kinds()).unwrap()
    );
    let program = protocol::Program::Remote;
    let declared = |wire: &Wire| protocol::procedure::find_event(program, wire.procedure).unwrap();
    for (number, kind) in (0..).zip(kinds) {
        assert_eq!(kind.id(), number);
        let event = DomainEvent {
            domain: domain(1),
            kind,
        };
        let wire = event.wire(Some(4)).unwrap();
        assert_eq!(declared(&wire).id, Some((Object::Domain, number)));
        assert_eq!(
            event.wire(None).is_some(),
            DomainEventKind::has_legacy_form(number)
        );
        if let Some(legacy) = event.wire(None) {
            assert_eq!(declared(&legacy).id, Some((Object::Domain, number)));
            assert_ne!(legacy.procedure, wire.procedure);
        }
    }
}

#[test]
fn a_subscriber_hears_of_its_domain_and_kind_only() {
    let (hub, one) = (EventHub::new(), Mailbox::with_room(9));
    let interest = Interest::new(Family::Domain, 1, Some(ObjectKey::Uuid([1; 16]))).unwrap();
    hub.subscribe(id(1, 5), interest, Form::Callback, one.clone());
    hub.publish(lifecycle(1, 0));
    for number in [1, 2] {
        hub.publish(DomainEvent {
            domain: domain(number),
            kind: DomainEventKind::Reboot,
        });
    }
    let [message] = one.take().try_into().unwrap();
    assert_eq!(
        decode::<DomainEventCallbackReboot>(&message).msg.dom,
        domain(1)
    );
    let _: DomainEventCallbackRebootMsg = decode::<DomainEventCallbackReboot>(&message);
}

#[test]
fn unknown_kinds_are_refused() {
    assert!(Interest::new(Family::Domain, 27, None).is_some());
    assert!(Interest::new(Family::Domain, 28, None).is_none());
    assert!(Interest::new(Family::Network, 2, None).is_none());
    assert!(Interest::new(Family::Domain, -1, None).is_none());
}

#[test]
fn monitor_events_are_filtered_by_name() {
    let check = |filter: &MonitorFilter, expected: [bool; 3]| {
        let names = ["SHUTDOWN", "shutdown", "VSERPORT_CHANGE"];
        assert_eq!(
            names.map(|name| filter.matches(name)),
            expected,
            "{filter:?}"
        );
    };
    let named = |ignore_case| MonitorFilter::Name {
        name: "SHUTDOWN".into(),
        ignore_case,
    };
    check(&MonitorFilter::All, [true, true, true]);
    check(&named(false), [true, false, false]);
    check(&named(true), [true, true, false]);
    check(
        &MonitorFilter::pattern("^S.*N$", false).unwrap(),
        [true, false, false],
    );
    check(
        &MonitorFilter::pattern("^(s|v)", true).unwrap(),
        [true, true, true],
    );
    assert_eq!(MonitorFilter::pattern("(", false).unwrap_err().pattern, "(");
}

#[test]
fn a_connection_that_ends_is_forgotten() {
    let (hub, sink) = (EventHub::new(), Mailbox::with_room(9));
    hub.subscribe(id(1, 0), all_domains(0), Form::Callback, sink.clone());
    hub.subscribe(id(1, 1), all_domains(1), Form::Legacy, sink.clone());
    hub.subscribe(id(2, 0), all_domains(0), Form::Callback, sink);
    hub.forget(1);
    assert_eq!(hub.subscribers(Family::Domain), 1);
    assert!(!hub.unsubscribe(id(1, 0), Family::Domain));
    assert!(!hub.unsubscribe(id(2, 0), Family::Network));
    assert!(hub.unsubscribe(id(2, 0), Family::Domain));
}

/// What can be done to a hub with three clients and two domains.
#[derive(Debug, Clone)]
enum Step {
    Subscribe { client: usize, only: Option<u8> },
    Unsubscribe { client: usize },
    Publish { domain: u8 },
    Read { client: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let client = 0..3_usize;
    prop_oneof![
        (client.clone(), prop::option::of(0..2_u8))
            .prop_map(|(client, only)| Step::Subscribe { client, only }),
        client
            .clone()
            .prop_map(|client| Step::Unsubscribe { client }),
        (0..2_u8).prop_map(|domain| Step::Publish { domain }),
        (0..2_u8).prop_map(|domain| Step::Publish { domain }),
        client.prop_map(|client| Step::Read { client }),
    ]
}

proptest! {
    /// Every client hears exactly what its registration covers while it has room, in the order of
    /// publication, whatever the other clients do or leave unread.
    #[test]
    fn each_client_hears_its_events_in_order(steps in prop::collection::vec(step(), 0..60)) {
        const ROOM: usize = 4;
        let hub = EventHub::new();
        let boxes = [0; 3].map(|_| Mailbox::with_room(ROOM));
        // The model: what each client listens to, and what waits for it.
        let mut listens: [Option<Option<u8>>; 3] = [None; 3];
        let mut waits: [Vec<i32>; 3] = Default::default();
        for (serial, step) in (0..).zip(steps) {
            match step {
                Step::Subscribe { client, only } if listens[client].is_none() => {
                    let key = only.map(|number| ObjectKey::Uuid([number; 16]));
                    let interest = Interest::new(Family::Domain, 0, key).unwrap();
                    let connection = u64::try_from(client).unwrap();
                    hub.subscribe(id(connection, 0), interest, Form::Callback, boxes[client].clone());
                    listens[client] = Some(only);
                }
                Step::Subscribe { .. } => {}
                Step::Unsubscribe { client } => {
                    let connection = u64::try_from(client).unwrap();
                    let was_there = hub.unsubscribe(id(connection, 0), Family::Domain);
                    prop_assert_eq!(was_there, listens[client].take().is_some());
                }
                Step::Publish { domain } => {
                    hub.publish(lifecycle(domain, serial));
                    for (listens, waits) in listens.iter().zip(&mut waits) {
                        let covers = listens.is_some_and(|only| only.is_none_or(|d| d == domain));
                        if covers && waits.len() < ROOM {
                            waits.push(serial);
                        }
                    }
                }
                Step::Read { client } => {
                    let heard: Vec<i32> = boxes[client]
                        .take()
                        .iter()
                        .map(|wire| decode::<DomainEventCallbackLifecycle>(wire).msg.event)
                        .collect();
                    prop_assert_eq!(heard, std::mem::take(&mut waits[client]));
                }
            }
        }
    }
}
