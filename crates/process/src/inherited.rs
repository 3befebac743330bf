//! Descriptors that the service manager passed to us (`sd_listen_fds(3)`).
#![allow(
    unsafe_code,
    reason = "a number in the environment has to become an owned descriptor"
)]

use std::io;
use std::os::fd::{BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::FdFlags;

/// Where the service manager begins to number them.
const FIRST: RawFd = 3;

/// Takes the descriptors that the service manager passed to this process, each with its name
/// (`FileDescriptorName=`; empty when there is none). The second call finds none.
///
/// To be called first thing in `main`, before this process opens a descriptor of its own: that
/// would take the number of one that was promised and not passed.
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
    (FIRST..FIRST.saturating_add(count))
        .map(&mut take)
        .collect()
}

/// A copy of the descriptor that whoever started this process left open under `number`, as a user names it on
/// the command line. The copy does not go to programs that are started.
///
/// # Errors
/// When no descriptor is open under that number.
pub fn duplicate(number: RawFd) -> io::Result<OwnedFd> {
    if number < 0 {
        return Err(rustix::io::Errno::BADF.into());
    }
    // SAFETY: the descriptor is only copied by the kernel; one that is not open answers with `EBADF`.
    let borrowed = unsafe { BorrowedFd::borrow_raw(number) };
    Ok(rustix::io::fcntl_dupfd_cloexec(borrowed, FIRST)?)
}

fn own(number: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: the descriptor is only asked for its flags; one that is not open answers with
    // `EBADF`.
    let borrowed = unsafe { BorrowedFd::borrow_raw(number) };
    rustix::io::fcntl_setfd(borrowed, FdFlags::CLOEXEC)?;
    // SAFETY: it is open, the service manager opened it for this process (`LISTEN_PID` says so),
    // nothing of ours was opened before, and `TAKEN` sees to it that nobody owns it twice.
    Ok(unsafe { OwnedFd::from_raw_fd(number) })
}
