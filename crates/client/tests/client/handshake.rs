//! Opening and closing.

use std::time::Duration;

use client::enums::ConnectCloseReason;
use client::flags::ConnectFlags;
use client::{Code, Error, OpenOptions, Origin};
use protocol::enums::{AuthType, Feature};
use protocol::error::ErrorBody;
use protocol::remote::{
    AuthList, AuthListRet, AuthPolkit, AuthPolkitRet, ConnectGetHostname, ConnectOpen,
    ConnectSupportsFeature, ConnectSupportsFeatureRet,
};

use crate::fake::{Fake, open, options};

#[tokio::test]
async fn a_connection_authenticates_and_opens() {
    let fake = Fake::new();
    let connection = open(&fake).await;
    assert_eq!(fake.called(), ["AUTH_LIST", "CONNECT_OPEN"]);
    let asked = &fake.arguments::<ConnectOpen>()[0];
    assert_eq!(asked.name.as_deref(), Some("test:///fake"));
    assert_eq!(*asked.flags, ConnectFlags::empty());
    assert!(connection.is_alive());
    assert_eq!(connection.uri().to_string(), "test:///fake");
}

#[tokio::test]
async fn a_read_only_connection_says_so() {
    let fake = Fake::new();
    let options = options(&fake).read_only(true);
    options.open(Some("test:///fake?a=b")).await.expect("open");
    let asked = &fake.arguments::<ConnectOpen>()[0];
    assert_eq!(*asked.flags, ConnectFlags::RO);
    assert_eq!(asked.name.as_deref(), Some("test:///fake?a=b"));
}

#[tokio::test]
async fn keepalive_is_agreed_before_the_opening() {
    for supported in [1, 0] {
        let fake = Fake::new();
        fake.on::<ConnectSupportsFeature>(move |_| Ok(ConnectSupportsFeatureRet { supported }));
        let options = options(&fake).keepalive(Duration::from_secs(5), 5);
        options.open(Some("test:///fake")).await.expect("open");
        let order = ["AUTH_LIST", "CONNECT_SUPPORTS_FEATURE", "CONNECT_OPEN"];
        assert_eq!(fake.called(), order);
        let asked = &fake.arguments::<ConnectSupportsFeature>()[0];
        assert_eq!(asked.feature, Feature::ProgramKeepalive.value());
    }
}

#[tokio::test]
async fn a_zero_interval_asks_for_no_keepalive() {
    let fake = Fake::new();
    let options = options(&fake).keepalive(Duration::ZERO, 5);
    options.open(Some("test:///fake")).await.expect("open");
    assert_eq!(fake.called(), ["AUTH_LIST", "CONNECT_OPEN"]);
}

#[tokio::test]
async fn polkit_is_the_daemons_to_ask() {
    let fake = Fake::new();
    fake.on::<AuthList>(|()| {
        Ok(AuthListRet {
            types: vec![AuthType::Polkit],
        })
    });
    fake.on::<AuthPolkit>(|()| Ok(AuthPolkitRet { complete: 1 }));
    open(&fake).await;
    assert_eq!(fake.called(), ["AUTH_LIST", "AUTH_POLKIT", "CONNECT_OPEN"]);
}

#[tokio::test]
async fn another_authentication_is_refused_by_name() {
    let fake = Fake::new();
    fake.on::<AuthList>(|()| {
        Ok(AuthListRet {
            types: vec![AuthType::Sasl],
        })
    });
    let refused = options(&fake).open(Some("test:///fake")).await;
    let error = refused.expect_err("no SASL");
    assert!(matches!(&error, Error::Authentication { methods } if methods == "sasl"));
    assert_eq!(error.code(), Code::AuthUnavailable);
    assert!(error.to_string().contains("authentication by sasl"));
    assert_eq!(fake.called(), ["AUTH_LIST"], "nothing was opened");
}

#[tokio::test]
async fn a_refused_opening_keeps_the_drivers_words() {
    let fake = Fake::new();
    fake.on::<ConnectOpen>(|_| Err(ErrorBody::new(Code::NoConnect, Origin::Qemu, "not me")));
    let refused = options(&fake).open(Some("test:///fake")).await;
    let error = refused.expect_err("a refusal");
    assert_eq!(
        (error.code(), error.origin()),
        (Code::NoConnect, Origin::Qemu)
    );
    assert_eq!(error.to_string(), "not me");
}

#[tokio::test]
async fn an_uri_with_a_nul_goes_nowhere() {
    let fake = Fake::new();
    let refused = options(&fake).open(Some("test:///fake?name=a%00")).await;
    assert!(matches!(refused, Err(Error::Nul { what: "the URI" })));
    assert!(fake.called().is_empty());
}

#[tokio::test]
async fn a_socket_without_a_daemon_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("sock");
    let uri = format!("qemu+unix:///system?socket={}", socket.display());
    let refused = OpenOptions::new().open(Some(&uri)).await;
    let error = refused.expect_err("nobody is there");
    assert!(error.is_no_daemon());
    assert_eq!(
        (error.code(), error.origin()),
        (Code::SystemError, Origin::Rpc)
    );
    assert_eq!(
        error.to_string(),
        format!(
            "Failed to connect socket to '{}': No such file or directory",
            socket.display()
        )
    );
}

#[tokio::test]
async fn closing_takes_leave_and_ends_all_clones() {
    let fake = Fake::new();
    let connection = open(&fake).await;
    let clone = connection.clone();
    connection.close().await.expect("a farewell");
    assert_eq!(fake.called().last(), Some(&"CONNECT_CLOSE"));
    assert!(!clone.is_alive());
    assert_eq!(clone.closed().await, ConnectCloseReason::Client);
    assert!(clone.hostname().await.expect_err("closed").is_closed());
    assert!(clone.close().await.expect_err("closed").is_closed());
}

#[tokio::test]
async fn a_peer_that_goes_is_noticed() {
    let fake = Fake::new();
    let connection = open(&fake).await;
    fake.session().close();
    assert_eq!(connection.closed().await, ConnectCloseReason::Eof);
    assert!(!connection.is_alive());
    let error = connection.call::<ConnectGetHostname>(&()).await;
    assert!(error.expect_err("it is gone").is_closed());
}

#[tokio::test]
async fn the_last_handle_keeps_the_connection() {
    let fake = Fake::new();
    let connection = open(&fake).await;
    let session = fake.session();
    fake.on::<protocol::remote::DomainLookupByName>(|args| {
        Ok(protocol::remote::DomainLookupByNameRet {
            dom: crate::fake::domain(&args.name, 1),
        })
    });
    let domain = connection.lookup_domain("a").await.expect("a domain");
    drop(connection);
    assert!(domain.connection().is_alive());
    drop(domain);
    session.closed().await;
}
