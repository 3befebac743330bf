//! A driver with clients, and the questions that tests ask.

use std::sync::Arc;

use driver::Door;
use protocol::Procedure;
use protocol::error::{Code, ErrorBody, Origin};
use protocol::flags::{ConnectFlags, DomainXmlFlags, NoFlags, Tolerant};
use protocol::remote::{
    ConnectOpen, ConnectOpenArgs, DomainDefineXml, DomainDefineXmlArgs, DomainGetState,
    DomainGetStateArgs, DomainGetXmlDesc, DomainGetXmlDescArgs, DomainLookupByName,
    DomainLookupByNameArgs, NonnullDomain,
};
use rpc::Limits;
use rpc::client::{CallError, Connection, Options};
use test_driver::{TestDriver, URI};

/// A domain's document with nothing but what it needs.
pub(crate) fn document(name: &str) -> String {
    format!(
        "<domain type='test'><name>{name}</name><memory>1048576</memory>\
         <vcpu>2</vcpu><os><type>hvm</type></os></domain>"
    )
}

/// A new driver to which nobody is connected.
pub(crate) fn driver() -> Arc<Door<TestDriver>> {
    TestDriver::service()
}

/// A client of a driver that has opened nothing yet.
pub(crate) fn connect(door: &Arc<Door<TestDriver>>) -> Connection {
    let (ours, theirs) = rpc::transport::pair();
    tokio::spawn(rpc::serve(theirs, door.clone(), Limits::default()));
    Connection::new(ours, Options::default())
}

/// A client that may do everything.
pub(crate) async fn open(door: &Arc<Door<TestDriver>>) -> Connection {
    open_with(door, ConnectFlags::empty()).await
}

/// A client that may look only.
pub(crate) async fn open_read_only(door: &Arc<Door<TestDriver>>) -> Connection {
    open_with(door, ConnectFlags::RO).await
}

async fn open_with(door: &Arc<Door<TestDriver>>, flags: ConnectFlags) -> Connection {
    let client = connect(door);
    let args = ConnectOpenArgs {
        name: Some(URI.to_owned()),
        flags: Tolerant(flags),
    };
    client.call::<ConnectOpen>(&args).await.unwrap();
    client
}

/// Calls what must succeed.
pub(crate) async fn ok<P: Procedure>(client: &Connection, args: P::Args) -> P::Ret {
    client
        .call::<P>(&args)
        .await
        .unwrap_or_else(|error| panic!("{}: {error}", P::INFO.name))
}

/// Calls what must fail, and compares code, origin and message.
pub(crate) async fn refused<P: Procedure>(
    client: &Connection,
    args: P::Args,
    code: Code,
    origin: Origin,
    phrase: &str,
) {
    let body = error::<P>(client, args).await;
    assert_eq!(
        (body.code, body.origin),
        (code, origin),
        "{}: {}",
        P::INFO.name,
        body.text()
    );
    assert!(
        body.text().contains(phrase),
        "{}: {}",
        P::INFO.name,
        body.text()
    );
}

async fn error<P: Procedure>(client: &Connection, args: P::Args) -> ErrorBody {
    match client.call::<P>(&args).await {
        Err(CallError::Remote(body)) => *body,
        other => panic!("{}: {other:?} instead of an error", P::INFO.name),
    }
}

pub(crate) async fn lookup(client: &Connection, name: &str) -> NonnullDomain {
    ok::<DomainLookupByName>(
        client,
        DomainLookupByNameArgs {
            name: name.to_owned(),
        },
    )
    .await
    .dom
}

pub(crate) async fn define(client: &Connection, name: &str) -> NonnullDomain {
    ok::<DomainDefineXml>(
        client,
        DomainDefineXmlArgs {
            xml: document(name),
        },
    )
    .await
    .dom
}

pub(crate) async fn state(client: &Connection, dom: &NonnullDomain) -> (i32, i32) {
    let args = DomainGetStateArgs {
        dom: dom.clone(),
        flags: NoFlags,
    };
    let ret = ok::<DomainGetState>(client, args).await;
    (ret.state, ret.reason)
}

pub(crate) async fn xml(client: &Connection, dom: &NonnullDomain) -> String {
    let args = DomainGetXmlDescArgs {
        dom: dom.clone(),
        flags: DomainXmlFlags::empty(),
    };
    ok::<DomainGetXmlDesc>(client, args).await.xml
}
