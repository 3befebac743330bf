//! Which domain a word means, and what a handle is.

use std::collections::HashSet;

use client::Code;
use protocol::error::{ErrorBody, Origin};
use protocol::remote::{
    DomainLookupById, DomainLookupByIdRet, DomainLookupByName, DomainLookupByNameRet,
    DomainLookupByUuid, DomainLookupByUuidRet, DomainRename, DomainRenameRet,
};

use crate::fake::{Fake, domain, no_domain, open};

const UUID: &str = "6695eb01-f6a4-8304-79aa-97f2502e193f";

/// Which lookups `word` causes when all but that by name find nobody.
async fn check(word: &str, lookups: &[&str]) {
    let fake = Fake::new();
    fake.on::<DomainLookupById>(|_| Err(no_domain()));
    fake.on::<DomainLookupByUuid>(|_| Err(no_domain()));
    fake.on::<DomainLookupByName>(|args| {
        Ok(DomainLookupByNameRet {
            dom: domain(&args.name, -1),
        })
    });
    let found = open(&fake).await.find_domain(word).await.expect("a domain");
    assert_eq!((found.name(), found.id()), (word, None));
    assert_eq!(&fake.called()[2..], lookups, "{word}");
}

#[tokio::test]
async fn a_word_is_a_number_then_a_uuid_then_a_name() {
    let (id, uuid, name) = (
        "DOMAIN_LOOKUP_BY_ID",
        "DOMAIN_LOOKUP_BY_UUID",
        "DOMAIN_LOOKUP_BY_NAME",
    );
    check("guest", &[name]).await;
    check("7", &[id, name]).await;
    check("-7", &[name]).await;
    check(UUID, &[uuid, name]).await;
    check("12345678901234567890123456789012", &[uuid, name]).await;
}

#[tokio::test]
async fn the_first_that_is_found_is_meant() {
    let fake = Fake::new();
    fake.on::<DomainLookupById>(|args| {
        Ok(DomainLookupByIdRet {
            dom: domain("by id", args.id),
        })
    });
    fake.on::<DomainLookupByUuid>(|args| {
        let mut dom = domain("by uuid", 3);
        dom.uuid = args.uuid;
        Ok(DomainLookupByUuidRet { dom })
    });
    let connection = open(&fake).await;
    let found = connection.find_domain("7").await.expect("a domain");
    assert_eq!((found.name(), found.id()), ("by id", Some(7)));
    let found = connection.find_domain(UUID).await.expect("a domain");
    assert_eq!(
        (found.name(), found.uuid_string().as_str()),
        ("by uuid", UUID)
    );
}

#[tokio::test]
async fn a_failure_is_not_taken_for_an_absence() {
    let fake = Fake::new();
    fake.on::<DomainLookupById>(|_| Err(ErrorBody::new(Code::AuthFailed, Origin::Qemu, "no")));
    let error = open(&fake).await.find_domain("7").await;
    assert_eq!(error.expect_err("refused").code(), Code::AuthFailed);
    assert_eq!(fake.called().last(), Some(&"DOMAIN_LOOKUP_BY_ID"));
}

#[tokio::test]
async fn handles_of_one_domain_are_equal() {
    let fake = Fake::new();
    fake.on::<DomainLookupByName>(|args| {
        Ok(DomainLookupByNameRet {
            dom: domain(&args.name, 1),
        })
    });
    fake.on::<DomainRename>(|_| Ok(DomainRenameRet { retcode: 0 }));
    let connection = open(&fake).await;
    let one = connection.lookup_domain("one").await.expect("one");
    let other = connection.lookup_domain("other").await.expect("other");
    let renamed = one.rename("uno").await.expect("renamed");
    assert_eq!(renamed.name(), "uno");
    assert_eq!(renamed, one);
    assert_ne!(one, other);
    assert_eq!(HashSet::from([one, other, renamed]).len(), 2);
}
