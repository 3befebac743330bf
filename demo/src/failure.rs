//! Why the demo stopped.

use std::error::Error;

/// What went wrong, in which step.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("usage: ferrovirt-demo KERNEL INITRD [URI]")]
    Usage,
    #[error("the temporary directory")]
    Directory(#[source] std::io::Error),
    #[error("the driver refuses")]
    Driver(#[from] ferrovirt::Error),
    #[error("the console breaks off")]
    Console(#[from] ferrovirt::StreamError),
    #[error("the guest says nothing for {0} seconds")]
    Silent(u64),
    #[error("the guest does not shut down in {0} seconds")]
    Stubborn(u64),
    #[error("the guest ends before it greets")]
    Ended,
    #[error("interrupted")]
    Interrupted,
}

impl Failure {
    /// The whole chain on one line.
    pub(crate) fn with_sources(&self) -> String {
        let mut text = self.to_string();
        let mut source = self.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        text
    }
}
