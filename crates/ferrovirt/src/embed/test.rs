//! `test:///default`: one in-memory driver for the whole process. `test:///FILE`: one of its own
//! for each connection, with what the file describes.

use std::error::Error;
use std::path::PathBuf;
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

    fn open<'a>(&'a self, uri: &'a ConnectUri) -> Opening<'a> {
        Box::pin(async {
            let driver = match uri.path() {
                "/default" => DRIVER
                    .get_or_init(|| Arc::new(TestDriver::service()))
                    .clone(),
                "" | "/" => return Err("supply a path, or use test:///default".to_owned()),
                path => described(path.into()).await?,
            };
            let (ours, theirs) = rpc::transport::pair();
            tokio::spawn(rpc::serve(theirs, driver.service(), Limits::default()));
            Ok(ours)
        })
    }
}

async fn described(path: PathBuf) -> Result<Arc<dyn Lifecycle>, String> {
    let reading = tokio::task::spawn_blocking(move || TestDriver::from_file(&path));
    let driver = match reading.await {
        Ok(Ok(driver)) => driver,
        Ok(Err(error)) => return Err(with_causes(&error)),
        Err(error) => return Err(error.to_string()),
    };
    Ok(Arc::new(driver.door()))
}

/// An error's words, and those of what caused it.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
