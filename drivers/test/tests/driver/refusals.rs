//! What is refused, and with which words.

use protocol::error::{Code, Origin};
use protocol::flags::{ConnectFlags, DomainXmlFlags, NoFlags, Tolerant};
use protocol::remote::*;
use rpc::client::{CallError, RawCall};

use crate::world::*;

#[tokio::test]
async fn a_read_only_connection_changes_nothing() {
    let door = driver();
    let client = open_read_only(&door).await;
    let dom = lookup(&client, "test").await;
    let (denied, domain) = (Code::OperationDenied, Origin::Domain);
    let text = "operation forbidden: read only access prevents virDomainDestroy";
    let args = DomainDestroyArgs { dom: dom.clone() };
    refused::<DomainDestroy>(&client, args, denied, domain, text).await;
    let text = "read only access prevents virDomainDefineXML";
    let args = DomainDefineXmlArgs {
        xml: document("vm"),
    };
    refused::<DomainDefineXml>(&client, args, denied, domain, text).await;
    let args = DomainGetXmlDescArgs {
        dom: dom.clone(),
        flags: DomainXmlFlags::SECURE,
    };
    refused::<DomainGetXmlDesc>(&client, args, denied, domain, "virDomainGetXMLDesc").await;
    assert_eq!(state(&client, &dom).await.0, 1);
}

#[tokio::test]
async fn a_read_only_call_is_refused_before_its_payload_is_decoded() {
    let client = open_read_only(&driver()).await;
    let info = <DomainDestroy as protocol::Procedure>::INFO;
    let call = RawCall {
        program: info.program.number(),
        version: 1,
        procedure: info.number,
        payload: bytes::Bytes::from_static(b"garbage"),
        fds: Vec::new(),
    };
    match client.call_raw(call).await {
        Err(CallError::Remote(body)) => assert_eq!(body.code, Code::OperationDenied),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn wrong_states_are_named() {
    let client = open(&driver()).await;
    let (off, on) = (define(&client, "off").await, lookup(&client, "test").await);
    let invalid = Code::OperationInvalid;
    let off_text = "Requested operation is not valid: domain is not running";
    let (test, domain) = (Origin::Test, Origin::Domain);
    let args = DomainDestroyArgs { dom: off.clone() };
    refused::<DomainDestroy>(&client, args, invalid, domain, off_text).await;
    let args = DomainShutdownArgs { dom: off.clone() };
    refused::<DomainShutdown>(&client, args, invalid, domain, off_text).await;
    let args = DomainSuspendArgs { dom: off.clone() };
    refused::<DomainSuspend>(&client, args, invalid, domain, off_text).await;
    let args = DomainResumeArgs { dom: off.clone() };
    refused::<DomainResume>(&client, args, invalid, domain, off_text).await;
    let args = DomainResetArgs {
        dom: off.clone(),
        flags: NoFlags,
    };
    refused::<DomainReset>(&client, args, invalid, domain, off_text).await;
    let args = DomainGetJobInfoArgs { dom: off };
    refused::<DomainGetJobInfo>(&client, args, invalid, domain, off_text).await;
    let running = "domain is already running";
    let args = DomainCreateArgs { dom: on.clone() };
    refused::<DomainCreate>(&client, args, invalid, test, running).await;
    let args = DomainResumeArgs { dom: on };
    refused::<DomainResume>(&client, args, invalid, test, "domain 'test' not paused").await;
}

#[tokio::test]
async fn unknown_domains_are_named() {
    let client = open(&driver()).await;
    let (none, test) = (Code::NoDomain, Origin::Test);
    let args = DomainLookupByIdArgs { id: 77 };
    refused::<DomainLookupById>(&client, args, none, test, "matching id 77").await;
    let args = DomainLookupByUuidArgs { uuid: [7; 16] };
    let text = "matching uuid '07070707-0707-0707-0707-070707070707'";
    refused::<DomainLookupByUuid>(&client, args, none, test, text).await;
    let args = DomainLookupByNameArgs {
        name: "nope".into(),
    };
    refused::<DomainLookupByName>(&client, args, none, test, "matching name 'nope'").await;
}

#[tokio::test]
async fn unknown_flags_are_named_by_their_bits() {
    let client = open(&driver()).await;
    let dom = lookup(&client, "test").await;
    let args = DomainGetXmlDescArgs {
        dom,
        flags: DomainXmlFlags::from_bits_retain(0x400),
    };
    let text = "unsupported flags (0x400) in function virDomainGetXMLDesc";
    refused::<DomainGetXmlDesc>(&client, args, Code::InvalidArg, Origin::Test, text).await;
}

#[tokio::test]
async fn what_the_driver_does_not_serve_is_named() {
    let client = open(&driver()).await;
    let text = "this function is not supported by the connection driver: virConnectNumOfSecrets";
    refused::<ConnectNumOfSecrets>(&client, (), Code::NoSupport, Origin::Test, text).await;
}

#[tokio::test]
async fn a_connection_must_be_opened_first_and_once() {
    let door = driver();
    let client = connect(&door);
    let (internal, remote) = (Code::InternalError, Origin::Remote);
    refused::<ConnectNumOfDomains>(&client, (), internal, remote, "not open").await;
    let open = |name: &str| ConnectOpenArgs {
        name: Some(name.to_owned()),
        flags: Tolerant(ConnectFlags::empty()),
    };
    let text = "use 'test:///default'";
    refused::<ConnectOpen>(
        &client,
        open("qemu:///system"),
        Code::InvalidArg,
        Origin::Test,
        text,
    )
    .await;
    ok::<ConnectOpen>(&client, open("test:///default")).await;
    let again = "already open";
    refused::<ConnectOpen>(&client, open("test:///default"), internal, remote, again).await;
    assert_eq!(
        ok::<ConnectGetUri>(&client, ()).await.uri,
        "test:///default"
    );
    assert_eq!(ok::<ConnectGetType>(&client, ()).await.r#type, "TEST");
    assert_eq!(
        ok::<ConnectGetLibVersion>(&client, ()).await.lib_ver,
        11_003_000
    );
}

#[tokio::test]
async fn features_are_answered() {
    let client = open(&driver()).await;
    for (feature, supported) in [
        (8, 1),
        (9, 1),
        (10, 1),
        (14, 1),
        (15, 1),
        (16, 1),
        (1, 0),
        (99, 0),
    ] {
        let args = ConnectSupportsFeatureArgs { feature };
        let ret = ok::<ConnectSupportsFeature>(&client, args).await;
        assert_eq!(ret.supported, supported, "feature {feature}");
    }
}
