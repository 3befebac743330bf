//! `test:///default`: one in-memory driver for the whole process.

use std::sync::{Arc, OnceLock};

use client::{ConnectUri, Opener, Opening};
use driver::Lifecycle;
use rpc::Limits;
use test_driver::TestDriver;

/// Opens the in-memory driver.
pub(super) struct InMemory;

/// All connections of the process see the same objects.
static DRIVER: OnceLock<Arc<dyn Lifecycle>> = OnceLock::new();

impl Opener for InMemory {
    fn knows(&self, uri: &ConnectUri) -> bool {
        uri.driver() == "test"
    }

    fn open<'a>(&'a self, _: &'a ConnectUri) -> Opening<'a> {
        Box::pin(async {
            let driver = DRIVER.get_or_init(|| Arc::new(TestDriver::service()));
            let (ours, theirs) = rpc::transport::pair();
            tokio::spawn(rpc::serve(theirs, driver.service(), Limits::default()));
            Ok(ours)
        })
    }
}
