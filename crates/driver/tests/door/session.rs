//! What the door does for a session: errors, streams, what happens at its end.

use protocol::error::Code;
use protocol::flags::{DomainConsoleFlags, NoFlags};
use protocol::remote::*;
use protocol::typed_param::TypedParam;
use rpc::client::{CallError, RawCall};
use rpc::stream::{Chunk, Holes};

use crate::world::*;

#[tokio::test]
async fn a_panic_ends_its_call_only() {
    let client = open(&lenient()).await;
    let args = DomainResetArgs {
        dom: domain(),
        flags: NoFlags,
    };
    check(
        &refused::<DomainReset>(&client, args).await,
        Code::InternalError,
        "",
    );
    client.call::<ConnectGetHostname>(&()).await.unwrap();
}

#[tokio::test]
async fn unknown_programs_and_procedures_are_named() {
    let client = open(&lenient()).await;
    let call = async |program, procedure| {
        let payload = bytes::Bytes::new();
        let call = RawCall {
            program,
            version: 1,
            procedure,
            payload,
            fds: Vec::new(),
        };
        match client.call_raw(call).await {
            Err(CallError::Remote(body)) => *body,
            other => panic!("{other:?}"),
        }
    };
    let remote = protocol::Program::Remote.number();
    check(
        &call(remote, 9999).await,
        Code::Rpc,
        "unknown procedure: 9999",
    );
    check(
        &call(0x77, 1).await,
        Code::Rpc,
        "cannot find program 0x77 version 1",
    );
    // An event is no procedure.
    check(
        &call(remote, 107).await,
        Code::Rpc,
        "unknown procedure: 107",
    );
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_told() {
    let client = open(&lenient()).await;
    let call = RawCall {
        program: protocol::Program::Remote.number(),
        version: 1,
        procedure: 14,
        payload: bytes::Bytes::from_static(&[0, 0, 0, 9]),
        fds: Vec::new(),
    };
    match client.call_raw(call).await {
        Err(CallError::Remote(body)) => {
            check(
                &body,
                Code::Rpc,
                "cannot decode the arguments of virDomainGetXMLDesc: dom.name",
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_handler_can_open_a_stream() {
    let client = open(&lenient()).await;
    let args = DomainOpenConsoleArgs {
        dom: domain(),
        dev_name: None,
        flags: DomainConsoleFlags::empty(),
    };
    let ((), stream) = client
        .open_stream::<DomainOpenConsole>(&args, Holes::Refused)
        .await
        .unwrap();
    match stream.recv().await.unwrap() {
        Some(Chunk::Data(data)) => assert_eq!(&data[..], b"login: "),
        other => panic!("{other:?}"),
    }
    assert!(stream.recv().await.unwrap().is_none());
    stream.finish().await.unwrap();
}

#[tokio::test]
async fn what_a_connection_leaves_is_done_when_it_is_lost() {
    let door = lenient();
    let client = open(&door).await;
    client
        .call::<DomainCreate>(&DomainCreateArgs { dom: domain() })
        .await
        .unwrap();
    drop(client);
    door.driver().closed.notified().await;
}

#[tokio::test]
async fn an_identity_can_be_handed_over() {
    let door = lenient();
    let client = open(&door).await;
    let params = |name: &str| ConnectSetIdentityArgs {
        params: vec![TypedParam::new(
            name,
            protocol::typed_param::TypedParamValue::ULLong(7),
        )],
        flags: NoFlags,
    };
    let body = refused::<ConnectSetIdentity>(&client, params("shoe-size")).await;
    check(
        &body,
        Code::InvalidArg,
        "'shoe-size' is no identity parameter",
    );
    client
        .call::<ConnectSetIdentity>(&params("unix-user-id"))
        .await
        .unwrap();
    client.call::<ConnectGetHostname>(&()).await.unwrap();
    let seen = door.driver().seen.lock().unwrap().clone().unwrap();
    assert_eq!((seen.unix_user_id, seen.process_id), (Some(7), None));
}

#[tokio::test]
async fn a_close_callback_is_registered_once() {
    let client = open(&lenient()).await;
    client
        .call::<ConnectRegisterCloseCallback>(&())
        .await
        .unwrap();
    let body = refused::<ConnectRegisterCloseCallback>(&client, ()).await;
    check(&body, Code::OperationInvalid, "already registered");
    client
        .call::<ConnectUnregisterCloseCallback>(&())
        .await
        .unwrap();
    let body = refused::<ConnectUnregisterCloseCallback>(&client, ()).await;
    check(&body, Code::OperationInvalid, "no close callback");
}
