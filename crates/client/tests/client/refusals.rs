//! What calls say when they fail.

use std::time::Duration;

use client::flags::{DomainConsoleFlags, DomainModificationImpact};
use client::{Code, Error, Metadata, MonitorLanguage, Origin};
use protocol::remote::{DomainLookupByName, DomainLookupByNameRet};

use crate::fake::{Fake, domain, no_domain, open, options};

#[tokio::test]
async fn an_error_keeps_code_origin_and_words() {
    let fake = Fake::new();
    fake.on::<DomainLookupByName>(|_| Err(no_domain()));
    let connection = open(&fake).await;
    let error = connection
        .lookup_domain("nobody")
        .await
        .expect_err("nobody");
    assert_eq!(
        (error.code(), error.origin()),
        (Code::NoDomain, Origin::Qemu)
    );
    assert_eq!(error.to_string(), "Domain not found: nobody");
    assert!(error.is_not_found() && !error.is_closed() && !error.is_no_daemon());
    let error = connection.hostname().await.expect_err("not served");
    assert_eq!(error.code(), Code::NoSupport);
}

/// No string of the wire may hold a NUL: the C side would read half of it.
#[tokio::test]
async fn a_nul_is_refused_before_anything_is_sent() {
    let fake = Fake::new();
    fake.on::<DomainLookupByName>(|args| {
        Ok(DomainLookupByNameRet {
            dom: domain(&args.name, 1),
        })
    });
    let connection = open(&fake).await;
    let guest = connection.lookup_domain("a").await.expect("a domain");
    let before = fake.called();
    let element = Metadata::Element {
        uri: "u\0",
        key: None,
    };
    let live = DomainModificationImpact::empty();
    let refused = [
        connection.lookup_domain("a\0b").await.err(),
        connection.define_domain("<domain\0/>").await.err(),
        connection.create_domain("<domain\0/>").await.err(),
        connection.lookup_network("a\0").await.err(),
        connection.define_network("a\0").await.err(),
        connection.lookup_storage_pool("a\0").await.err(),
        connection
            .domain_xml_to_native("qemu-argv", "\0")
            .await
            .err(),
        guest.rename("\0").await.err(),
        guest.metadata(element, live).await.err(),
        guest
            .set_metadata(Metadata::Title, Some("\0"), live)
            .await
            .err(),
        guest
            .open_console(Some("\0"), DomainConsoleFlags::empty())
            .await
            .err(),
        guest
            .monitor_command("\0", MonitorLanguage::Hmp)
            .await
            .err(),
    ];
    for error in refused {
        let error = error.expect("a refusal");
        assert!(matches!(error, Error::Nul { .. }), "{error}");
        assert_eq!(error.code(), Code::InvalidArg);
    }
    assert_eq!(fake.called(), before);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long_fails_here() {
    let fake = Fake::new();
    let limit = Duration::from_secs(3);
    let connection = options(&fake).call_timeout(limit);
    let connection = connection.open(Some("test:///fake")).await.expect("open");
    fake.hang();
    let error = connection.hostname().await.expect_err("no answer");
    assert_eq!(error.code(), Code::Rpc);
    assert!(error.to_string().contains("3s"), "{error}");
    assert!(connection.is_alive());
}

#[tokio::test(start_paused = true)]
async fn a_driver_that_hangs_is_left_without_a_farewell() {
    let fake = Fake::new();
    let connection = open(&fake).await;
    fake.hang();
    connection.close().await.expect("left");
    assert!(!connection.is_alive());
}
