//! Registering a descriptor with the runtime's reactor.
#![allow(
    unsafe_code,
    reason = "tokio asks the caller to promise that a descriptor stays open"
)]

use std::io;
use std::os::fd::OwnedFd;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Watches a descriptor that becomes readable.
pub(crate) fn watch(fd: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    // SAFETY: an `OwnedFd` keeps its number and stays open until it is dropped, which the
    // `AsyncFd` that owns it does only after deregistering.
    Ok(unsafe { AsyncFd::register_with_interest(fd, Interest::READABLE) }?)
}
