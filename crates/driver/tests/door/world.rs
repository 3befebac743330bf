//! A driver with a handful of procedures, each there for one property of the door.

use std::sync::{Arc, Mutex};

use driver::access::{Access, AllowAll};
use driver::connection::Identity;
use driver::events::Family;
use driver::{Call, Door, Driver, Error, EventHub, Opened, Routes, Target};
use protocol::Procedure;
use protocol::error::{Code, ErrorBody, Origin};
use protocol::flags::{ConnectFlags, Tolerant};
use protocol::procedure::{Object, Permission};
use protocol::remote::*;
use rpc::client::{CallError, Connection, Options};
use rpc::stream::Holes;
use rpc::{BoxFuture, Limits};

/// The driver.
#[derive(Debug)]
pub(crate) struct Sample {
    policy: Box<dyn Access>,
    events: EventHub,
    /// Whom the last caller acted for.
    pub(crate) seen: Mutex<Option<Arc<Identity>>>,
    /// Told when the action that `DomainCreate` registers has run.
    pub(crate) closed: tokio::sync::Notify,
}

/// Refuses one permission.
#[derive(Debug)]
pub(crate) struct AllBut(pub(crate) Permission);

impl Access for AllBut {
    fn allows(&self, _: &Identity, _: &str, _: &Target<'_>, permission: Permission) -> bool {
        permission != self.0
    }
}

impl Driver for Sample {
    fn name(&self) -> &'static str {
        "Sample"
    }
    fn origin(&self) -> Origin {
        Origin::Qemu
    }
    fn events(&self) -> &EventHub {
        &self.events
    }
    fn event_families(&self) -> &'static [Family] {
        &[Family::Domain]
    }
    fn open(&self, _: Option<&str>, _: bool) -> Result<Opened, Error> {
        Ok(Opened {
            uri: "sample:///".to_owned(),
        })
    }
    fn access(&self) -> &dyn Access {
        &*self.policy
    }
    fn is_idle(&self) -> bool {
        true
    }
    fn shutdown(self: Arc<Self>) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn routes(routes: &mut Routes<Sample>) {
    routes
        .on::<DomainGetXmlDesc>(xml)
        .on::<DomainIsActive>(looks_at_a_network)
        .on::<DomainReset>(panics)
        .on::<DomainOpenConsole>(console)
        .on::<DomainCreate>(leaves_something)
        .on::<ConnectGetHostname>(notes_the_identity)
        .on::<ConnectListAllDomains>(lists);
}

async fn xml(call: Call<Sample>, args: DomainGetXmlDescArgs) -> Result<DomainGetXmlDescRet, Error> {
    call.allow(&Target::domain(&args.dom.name, args.dom.uuid))?;
    Ok(DomainGetXmlDescRet {
        xml: "<domain/>".to_owned(),
    })
}

async fn looks_at_a_network(
    call: Call<Sample>,
    _: DomainIsActiveArgs,
) -> Result<DomainIsActiveRet, Error> {
    call.allow(&Target::named(Object::Network, "default", None))?;
    Ok(DomainIsActiveRet { active: 1 })
}

async fn panics(_: Call<Sample>, _: DomainResetArgs) -> Result<(), Error> {
    panic!("a bug in a handler")
}

async fn console(call: Call<Sample>, _: DomainOpenConsoleArgs) -> Result<(), Error> {
    let stream = call.accept_stream(Holes::Refused);
    tokio::spawn(async move {
        stream.send("login: ".into()).await.unwrap();
        stream.finish().await
    });
    Ok(())
}

async fn leaves_something(call: Call<Sample>, _: DomainCreateArgs) -> Result<(), Error> {
    let driver = call.driver().clone();
    call.connection()
        .on_close()
        .register(|| async move { driver.closed.notify_one() });
    Ok(())
}

async fn notes_the_identity(call: Call<Sample>, (): ()) -> Result<ConnectGetHostnameRet, Error> {
    *call.driver().seen.lock().unwrap() = Some(call.connection().identity());
    Ok(ConnectGetHostnameRet {
        hostname: "here".to_owned(),
    })
}

async fn lists(
    call: Call<Sample>,
    _: ConnectListAllDomainsArgs,
) -> Result<ConnectListAllDomainsRet, Error> {
    let domains: Vec<_> = [domain()]
        .into_iter()
        .filter(|dom| call.shows(&Target::domain(&dom.name, dom.uuid)))
        .collect();
    Ok(ConnectListAllDomainsRet {
        ret: domains.len().try_into().unwrap(),
        domains,
    })
}

/// A driver whose policy allows everything.
pub(crate) fn lenient() -> Arc<Door<Sample>> {
    with_policy(AllowAll)
}

/// A driver with this policy.
pub(crate) fn with_policy(policy: impl Access) -> Arc<Door<Sample>> {
    let sample = Sample {
        policy: Box::new(policy),
        events: EventHub::new(),
        seen: Mutex::default(),
        closed: tokio::sync::Notify::new(),
    };
    let mut table = Routes::new();
    table.module(routes);
    Door::new(Arc::new(sample), table)
}

/// A client that has opened the driver.
pub(crate) async fn open(door: &Arc<Door<Sample>>) -> Connection {
    let (ours, theirs) = rpc::transport::pair();
    tokio::spawn(rpc::serve(theirs, door.clone(), Limits::default()));
    let client = Connection::new(ours, Options::default());
    let args = ConnectOpenArgs {
        name: None,
        flags: Tolerant(ConnectFlags::empty()),
    };
    client.call::<ConnectOpen>(&args).await.unwrap();
    client
}

/// The domain that all calls are about.
pub(crate) fn domain() -> NonnullDomain {
    NonnullDomain {
        name: "vm".to_owned(),
        uuid: [1; 16],
        id: 1,
    }
}

/// Calls what must fail.
pub(crate) async fn refused<P: Procedure>(client: &Connection, args: P::Args) -> ErrorBody {
    match client.call::<P>(&args).await {
        Err(CallError::Remote(body)) => *body,
        other => panic!("{}: {other:?} instead of an error", P::INFO.name),
    }
}

/// Compares an error's code and a phrase of its message.
pub(crate) fn check(body: &ErrorBody, code: Code, phrase: &str) {
    assert_eq!(body.code, code, "{}", body.text());
    assert!(body.text().contains(phrase), "{}", body.text());
}
