//! Descriptors that the service manager passed to us (`sd_listen_fds(3)`).
#![allow(unsafe_code, reason = "a number in the environment has to become an owned descriptor")]

use std::io;
use std::os::fd::{AsFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};

/// Where the service manager begins to number them.
const FIRST: RawFd = 3;

/// Takes the descriptors that the service manager passed to this process, each with its name
/// (`FileDescriptorName=`; empty when there is none). The second call finds none.
///
/// # Errors
/// When the environment promises descriptors that are not open.
pub fn inherited_descriptors() -> io::Result<Vec<(String, OwnedFd)>> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let pid = rustix::process::getpid().as_raw_nonzero().to_string();
    if variable("LISTEN_PID") != pid || TAKEN.swap(true, Ordering::SeqCst) {
        return Ok(Vec::new());
    }
    let count = variable("LISTEN_FDS").parse().unwrap_or(0);
    let names = variable("LISTEN_FDNAMES");
    let mut names = names.split(':');
    let mut take = |number| Ok((names.next().unwrap_or_default().to_owned(), own(number)?));
    (FIRST..FIRST.saturating_add(count)).map(&mut take).collect()
}

fn own(number: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: the service manager opened the descriptor for this process and `LISTEN_PID` says
    // so; `TAKEN` sees to it that nobody owns it twice. One that is not open is not used: the call
    // below fails with `EBADF` and the value is forgotten.
    let fd = unsafe { OwnedFd::from_raw_fd(number) };
    match rustix::io::fcntl_setfd(fd.as_fd(), rustix::io::FdFlags::CLOEXEC) {
        Ok(()) => Ok(fd),
        Err(errno) => {
            std::mem::forget(fd);
            Err(errno.into())
        }
    }
}
