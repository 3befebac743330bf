//! Events reach those who asked, in order.

use protocol::Event;
use protocol::error::{Code, Origin};
use protocol::flags::DomainRebootFlagValues;
use protocol::remote::*;
use rpc::client::{Connection, Events, Incoming};

use crate::world::*;

async fn register(client: &Connection, event_id: i32, dom: Option<NonnullDomain>) -> i32 {
    let args = ConnectDomainEventCallbackRegisterAnyArgs { event_id, dom };
    ok::<ConnectDomainEventCallbackRegisterAny>(client, args)
        .await
        .callback_id
}

/// The next event, which must be an `E`.
async fn next<E: Event>(events: &mut Events) -> E::Msg {
    match events.recv().await {
        Some(Incoming::Event(event)) => {
            assert_eq!(
                event.procedure,
                E::INFO.number,
                "instead of {}",
                E::INFO.name
            );
            xdr::from_bytes(&event.payload).unwrap()
        }
        other => panic!("{other:?} instead of {}", E::INFO.name),
    }
}

#[tokio::test]
async fn lifecycle_events_come_in_order() {
    let door = driver();
    let (actor, watcher) = (open(&door).await, open(&door).await);
    let mut events = watcher.events();
    let callback = register(&watcher, 0, None).await;
    let dom = define(&actor, "vm").await;
    ok::<DomainCreate>(&actor, DomainCreateArgs { dom: dom.clone() }).await;
    ok::<DomainSuspend>(&actor, DomainSuspendArgs { dom: dom.clone() }).await;
    ok::<DomainResume>(&actor, DomainResumeArgs { dom: dom.clone() }).await;
    ok::<DomainDestroy>(&actor, DomainDestroyArgs { dom: dom.clone() }).await;
    ok::<DomainUndefine>(&actor, DomainUndefineArgs { dom: dom.clone() }).await;
    let expected = [
        (0, 0, -1),
        (2, 0, 2),
        (3, 0, 2),
        (4, 0, 2),
        (5, 1, -1),
        (1, 0, -1),
    ];
    for (event, detail, id) in expected {
        let message = next::<DomainEventCallbackLifecycle>(&mut events).await;
        assert_eq!(message.callback_id, callback);
        let told = (message.msg.event, message.msg.detail, message.msg.dom.id);
        assert_eq!(
            (told, message.msg.dom.uuid),
            ((event, detail, id), dom.uuid)
        );
    }
}

#[tokio::test]
async fn a_registration_covers_its_domain_and_kind() {
    let client = open(&driver()).await;
    let mut events = client.events();
    let test = lookup(&client, "test").await;
    let vm = define(&client, "vm").await;
    let reboots = register(&client, 1, Some(test.clone())).await;
    ok::<DomainCreate>(&client, DomainCreateArgs { dom: vm.clone() }).await;
    for dom in [&vm, &test] {
        let flags = DomainRebootFlagValues::empty();
        ok::<DomainReboot>(
            &client,
            DomainRebootArgs {
                dom: dom.clone(),
                flags,
            },
        )
        .await;
    }
    let message = next::<DomainEventCallbackReboot>(&mut events).await;
    assert_eq!((message.callback_id, message.msg.dom), (reboots, test));
    assert_eq!(events.try_recv(), None);
}

#[tokio::test]
async fn the_legacy_form_has_no_callback_id() {
    let client = open(&driver()).await;
    let mut events = client.events();
    ok::<ConnectDomainEventRegister>(&client, ()).await;
    let (internal, remote) = (Code::InternalError, Origin::Remote);
    let again = "already registered";
    refused::<ConnectDomainEventRegister>(&client, (), internal, remote, again).await;
    define(&client, "vm").await;
    assert_eq!(
        next::<DomainEventLifecycle>(&mut events).await.dom.name,
        "vm"
    );
    ok::<ConnectDomainEventDeregister>(&client, ()).await;
    define(&client, "other").await;
    assert_eq!(events.try_recv(), None);
}

#[tokio::test]
async fn a_registration_can_be_taken_back_once() {
    let client = open(&driver()).await;
    let mut events = client.events();
    let callback_id = register(&client, 0, None).await;
    let args = ConnectDomainEventCallbackDeregisterAnyArgs { callback_id };
    ok::<ConnectDomainEventCallbackDeregisterAny>(&client, args.clone()).await;
    let (internal, remote) = (Code::InternalError, Origin::Remote);
    let unknown = "not registered";
    refused::<ConnectDomainEventCallbackDeregisterAny>(&client, args, internal, remote, unknown)
        .await;
    let args = ConnectDomainEventCallbackRegisterAnyArgs {
        event_id: 4711,
        dom: None,
    };
    let unsupported = "unsupported event ID 4711";
    refused::<ConnectDomainEventCallbackRegisterAny>(&client, args, internal, remote, unsupported)
        .await;
    define(&client, "vm").await;
    assert_eq!(events.try_recv(), None);
}
