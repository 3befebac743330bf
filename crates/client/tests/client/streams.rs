//! Consoles.

use bytes::Bytes;
use client::flags::DomainConsoleFlags;
use client::{Chunk, Code, Origin, Stream, StreamError};
use protocol::error::ErrorBody;
use protocol::remote::{DomainLookupByName, DomainLookupByNameRet, DomainOpenConsole};

use crate::fake::{Fake, domain, open};

async fn console(fake: &std::sync::Arc<Fake>) -> client::Result<Stream> {
    fake.on::<DomainLookupByName>(|args| {
        Ok(DomainLookupByNameRet {
            dom: domain(&args.name, 1),
        })
    });
    let guest = open(fake).await.lookup_domain("a").await?;
    let flags = DomainConsoleFlags::FORCE;
    guest.open_console(Some("serial0"), flags).await
}

#[tokio::test]
async fn what_is_sent_comes_back() {
    let fake = Fake::new();
    fake.on::<DomainOpenConsole>(|_| Ok(()));
    let console = console(&fake).await.expect("a console");
    let asked = &fake.arguments::<DomainOpenConsole>()[0];
    assert_eq!(asked.dev_name.as_deref(), Some("serial0"));
    assert_eq!(asked.flags, DomainConsoleFlags::FORCE);
    for word in ["hello", "guest"] {
        console.send(Bytes::from(word)).await.expect("sent");
        let back = console.recv().await.expect("received");
        assert_eq!(back, Some(Chunk::Data(Bytes::from(word))));
    }
    let hole = console.send_hole(5).await;
    assert!(matches!(hole, Err(StreamError::HoleRefused { length: 5 })));
    console.send_eof().await.expect("no more");
    assert_eq!(console.recv().await.expect("the end"), None);
    console.finish().await.expect("a good end");
}

#[tokio::test]
async fn a_console_that_is_taken_is_refused() {
    let fake = Fake::new();
    fake.on::<DomainOpenConsole>(|_| {
        let text = "Active console session exists for this domain";
        Err(ErrorBody::new(Code::OperationFailed, Origin::Qemu, text))
    });
    let error = console(&fake).await.expect_err("taken");
    assert_eq!(error.code(), Code::OperationFailed);
}

#[tokio::test]
async fn the_end_of_the_connection_ends_the_stream() {
    let fake = Fake::new();
    fake.on::<DomainOpenConsole>(|_| Ok(()));
    let console = console(&fake).await.expect("a console");
    fake.session().close();
    let error = console.recv().await.expect_err("closed");
    assert!(matches!(error, StreamError::Closed(_)), "{error}");
}
