//! The drivers inside this process: what opens `qemu:///embed?root=DIR` and `test:///default`.
//!
//! The other end of an embedded connection is the driver's own service, over an in-process
//! transport: the same conversation as with a daemon, without the socket.

mod qemu;
mod test;

use std::sync::Arc;

use client::Opener;

/// An opener for every driver that this build carries.
pub(crate) fn openers() -> [Arc<dyn Opener>; 2] {
    [Arc::new(qemu::Embedded), Arc::new(test::InMemory)]
}

/// An error with all of its causes, as one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
