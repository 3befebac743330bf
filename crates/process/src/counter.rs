//! Counters that the kernel keeps of a thread.
#![allow(
    unsafe_code,
    reason = "a counter is opened by a call that no library offers in a safe form"
)]

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{FromRawFd, OwnedFd};

use rustix::process::Pid;

/// What is counted (`perf_event_open(2)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Something that the processor counts: `PERF_COUNT_HW_…`.
    Hardware(u64),
    /// Something that the kernel counts: `PERF_COUNT_SW_…`.
    Software(u64),
}

/// A counter that runs.
#[derive(Debug)]
pub struct Counter(File);

/// `struct perf_event_attr` of linux/perf_event.h in its first size, which every kernel takes.
#[derive(Debug, Default)]
#[repr(C)]
struct Attributes {
    kind: u32,
    size: u32,
    config: u64,
    sample_period: u64,
    sample_type: u64,
    read_format: u64,
    flags: u64,
    wakeup_events: u32,
    breakpoint_type: u32,
    breakpoint_address: u64,
}

/// `PERF_ATTR_SIZE_VER0`
const SIZE: u32 = 64;
const _: () = assert!(size_of::<Attributes>() == SIZE as usize);

/// `PERF_TYPE_HARDWARE`
const HARDWARE: u32 = 0;
/// `PERF_TYPE_SOFTWARE`
const SOFTWARE: u32 = 1;
/// The bit `inherit`: threads that the thread starts later are counted with it.
const INHERIT: u64 = 1 << 1;
/// `PERF_FLAG_FD_CLOEXEC`
const CLOEXEC: libc::c_ulong = 1 << 3;

impl Counter {
    /// Counts from now on what a thread does, on whichever processor it runs.
    ///
    /// # Errors
    /// `ENOENT` when this processor does not count that, `EACCES` when only root may, `ESRCH` when the thread has
    /// ended.
    pub fn open(thread: Pid, event: Event) -> io::Result<Self> {
        let (kind, config) = match event {
            Event::Hardware(config) => (HARDWARE, config),
            Event::Software(config) => (SOFTWARE, config),
        };
        let attributes = Attributes {
            kind,
            size: SIZE,
            config,
            flags: INHERIT,
            ..Attributes::default()
        };
        let (any_processor, no_group): (libc::c_int, libc::c_int) = (-1, -1);
        // SAFETY: the kernel reads `size` bytes from the pointer, which is a structure of that size and lives until
        // the call ends; the other arguments are numbers.
        let number = unsafe {
            libc::syscall(
                libc::SYS_perf_event_open,
                &raw const attributes,
                thread.as_raw_nonzero().get(),
                any_processor,
                no_group,
                CLOEXEC,
            )
        };
        match i32::try_from(number) {
            // SAFETY: the kernel has just opened the descriptor for us, and nobody else knows it.
            Ok(number @ 0..) => Ok(Self(unsafe { OwnedFd::from_raw_fd(number) }.into())),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// How much has been counted since it was opened.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn read(&self) -> io::Result<u64> {
        let mut bytes = [0; 8];
        (&self.0).read_exact(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `PERF_COUNT_SW_PAGE_FAULTS`
    const PAGE_FAULTS: Event = Event::Software(2);

    #[test]
    fn a_threads_doings_are_counted() {
        let Ok(counter) = Counter::open(rustix::thread::gettid(), PAGE_FAULTS) else {
            // A container may forbid it.
            return;
        };
        let before = counter.read().unwrap();
        let pages = vec![1_u8; 1 << 24];
        assert_eq!(
            pages.iter().map(|byte| u64::from(*byte)).sum::<u64>(),
            1 << 24
        );
        assert!(counter.read().unwrap() > before);
    }

    #[test]
    fn what_nobody_counts_is_refused() {
        let refused = Counter::open(rustix::thread::gettid(), Event::Software(1 << 40));
        assert!(refused.is_err());
    }
}
