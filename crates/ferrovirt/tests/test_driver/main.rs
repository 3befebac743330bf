//! The library on `test:///default`, the in-memory driver in this process. All tests share its
//! objects, so each makes its own.
#![cfg(feature = "embed")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod blocking;
mod domain;
mod network;

use ferrovirt::Connection;

/// A domain's document with nothing but what it needs.
fn document(name: &str) -> String {
    format!(
        "<domain type='test'><name>{name}</name><memory>1048576</memory>\
         <vcpu>2</vcpu><os><type>hvm</type></os></domain>"
    )
}

async fn open() -> Connection {
    ferrovirt::open("test:///default")
        .await
        .expect("the driver")
}
