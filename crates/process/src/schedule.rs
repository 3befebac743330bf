//! How the kernel chooses when a thread runs.
#![allow(
    unsafe_code,
    reason = "a thread's scheduler is set by a call that no library offers in a safe form"
)]

use std::io;

use rustix::process::Pid;

/// A scheduling policy of Linux (sched(7)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// For long computations: runs longer and less often.
    Batch,
    /// Only when nobody else wants to run.
    Idle,
    /// Real time of this priority, until it waits or somebody with a higher one comes.
    Fifo(i32),
    /// Real time of this priority, taking turns with its equals.
    RoundRobin(i32),
}

/// Sets how a thread is scheduled. Threads that it starts later inherit it.
///
/// # Errors
/// `ESRCH` when it has ended, `EPERM` when only root may do so, `EINVAL` for a priority that is not from 1 to 99.
pub fn schedule(thread: Pid, policy: Policy) -> io::Result<()> {
    let (policy, priority) = match policy {
        Policy::Batch => (libc::SCHED_BATCH, 0),
        Policy::Idle => (libc::SCHED_IDLE, 0),
        Policy::Fifo(priority) => (libc::SCHED_FIFO, priority),
        Policy::RoundRobin(priority) => (libc::SCHED_RR, priority),
    };
    let parameters = libc::sched_param {
        sched_priority: priority,
    };
    // SAFETY: the kernel reads one `sched_param` from the pointer, which lives until the call ends.
    let answer = unsafe {
        libc::sched_setscheduler(thread.as_raw_nonzero().get(), policy, &raw const parameters)
    };
    match answer {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The thread's policy, the 41st field of its `stat` (proc_pid_stat(5)).
    fn policy(thread: Pid) -> String {
        let path = format!("/proc/self/task/{}/stat", thread.as_raw_nonzero());
        let text = std::fs::read_to_string(path).unwrap();
        let (_, fields) = text.rsplit_once(')').unwrap();
        fields.split_ascii_whitespace().nth(38).unwrap().to_owned()
    }

    #[test]
    fn a_thread_is_scheduled_as_it_is_told() {
        let own = rustix::thread::gettid();
        schedule(own, Policy::Batch).unwrap();
        assert_eq!(policy(own), libc::SCHED_BATCH.to_string());
        schedule(own, Policy::Idle).unwrap();
        assert_eq!(policy(own), libc::SCHED_IDLE.to_string());
    }

    #[test]
    fn a_priority_that_does_not_exist_is_refused() {
        let refused = schedule(rustix::thread::gettid(), Policy::Fifo(100)).unwrap_err();
        assert_eq!(refused.raw_os_error(), Some(libc::EINVAL));
    }
}
