//! A running program, held by its pidfd.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, WaitIdStatus, pidfd_open, pidfd_send_signal,
    waitid,
};

use crate::identity::start_time;
use crate::status::ExitStatus;
use crate::watch::watch;

/// A running (or ended) program. Clones are handles of the same one.
///
/// Dropping the last handle does nothing to the program: it runs on. A child that ends later is
/// reaped when the next program is started.
#[derive(Clone, Debug)]
pub struct Process(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    pid: Pid,
    start_time: Option<u64>,
    pidfd: OwnedFd,
    child: bool,
    /// How it ended, once known. Held while asking the kernel, which tells it only once.
    status: Mutex<Option<ExitStatus>>,
}

/// Why a signal was not sent.
#[derive(Debug, thiserror::Error)]
pub enum KillError {
    /// The process has ended.
    #[error("process {0} has ended")]
    Gone(i32),
    /// The kernel refused.
    #[error("cannot send signal {signal} to process {pid}")]
    Refused {
        /// The process.
        pid: i32,
        /// The signal's number.
        signal: i32,
        /// What the kernel said.
        source: io::Error,
    },
}

/// Why a process could not be waited for.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch process {pid}")]
pub struct WaitError {
    /// The process.
    pub pid: i32,
    /// What the kernel said.
    pub source: io::Error,
}

/// Why a process could not be found again.
#[derive(Debug, thiserror::Error)]
pub enum AdoptError {
    /// There is no such process.
    #[error("process {0} has ended")]
    Gone(i32),
    /// The number belongs to another process by now.
    #[error("process {pid} started at {found}, not at {expected}: it is another program")]
    Another {
        /// The number.
        pid: i32,
        /// The start time looked for.
        expected: u64,
        /// The start time of who has the number now.
        found: u64,
    },
    /// The number is not one that a process can have.
    #[error("{0} is not a process number")]
    NotANumber(i32),
    /// The kernel refused.
    #[error("cannot watch process {pid}")]
    Refused {
        /// The process.
        pid: i32,
        /// What the kernel said.
        source: io::Error,
    },
}

impl Process {
    /// A child that was just started.
    pub(crate) fn child(pid: Pid, pidfd: OwnedFd) -> Self {
        // A child that is a zombie already still has its start time; only where somebody else
        // reaps our children can it be missing.
        Self::new(pid, start_time(pid).ok(), pidfd, true)
    }

    fn new(pid: Pid, start_time: Option<u64>, pidfd: OwnedFd, child: bool) -> Self {
        Process(Arc::new(Inner {
            pid,
            start_time,
            pidfd,
            child,
            status: Mutex::new(None),
        }))
    }

    /// Finds a process again that was started earlier, perhaps by a predecessor of ours; its
    /// [`start_time`](Self::start_time) proves that it is the same. Its exit will be noticed,
    /// but the status is [`ExitStatus::Unknown`].
    ///
    /// # Errors
    /// When it has ended, or another process has its number.
    pub fn adopt(pid: i32, started: u64) -> Result<Self, AdoptError> {
        let number = number(pid).ok_or(AdoptError::NotANumber(pid))?;
        // In this order: whoever has the number after the descriptor was opened, if its start
        // time is right, is who the descriptor names.
        let pidfd = pidfd_open(number, PidfdFlags::empty()).map_err(|e| match e {
            Errno::SRCH => AdoptError::Gone(pid),
            e => AdoptError::Refused {
                pid,
                source: e.into(),
            },
        })?;
        let found = start_time(number).map_err(|_| AdoptError::Gone(pid))?;
        if found != started {
            return Err(AdoptError::Another {
                pid,
                expected: started,
                found,
            });
        }
        let process = Self::new(number, Some(found), pidfd, false);
        match process.ended() {
            Ok(false) => Ok(process),
            Ok(true) => Err(AdoptError::Gone(pid)),
            Err(e) => Err(AdoptError::Refused { pid, source: e }),
        }
    }

    /// The process number.
    #[must_use]
    pub fn pid(&self) -> i32 {
        self.0.pid.as_raw_nonzero().get()
    }

    /// When it started, in clock ticks since boot: together with the number this names the
    /// process for ever. Missing only where somebody else reaps our children.
    #[must_use]
    pub fn start_time(&self) -> Option<u64> {
        self.0.start_time
    }

    /// The descriptor, readable once the process has ended.
    #[must_use]
    pub fn pidfd(&self) -> BorrowedFd<'_> {
        self.0.pidfd.as_fd()
    }

    /// Sends a signal. It can only reach this process, never a later one with the same number.
    ///
    /// # Errors
    /// When it has ended or the kernel refuses.
    pub fn kill(&self, signal: Signal) -> Result<(), KillError> {
        pidfd_send_signal(&self.0.pidfd, signal).map_err(|e| match e {
            Errno::SRCH => KillError::Gone(self.pid()),
            e => KillError::Refused {
                pid: self.pid(),
                signal: signal.as_raw(),
                source: e.into(),
            },
        })
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    /// When the kernel refuses to tell.
    pub fn try_wait(&self) -> Result<Option<ExitStatus>, WaitError> {
        self.0.status().map_err(|source| self.wait_error(source))
    }

    /// Waits until it has ended. Any number of tasks may wait.
    ///
    /// # Errors
    /// When the descriptor cannot be watched.
    pub async fn wait(&self) -> Result<ExitStatus, WaitError> {
        if let Some(status) = self.try_wait()? {
            return Ok(status);
        }
        // A descriptor of its own, because a reactor takes each number only once.
        let fd = rustix::io::fcntl_dupfd_cloexec(&self.0.pidfd, 3).map_err(io::Error::from);
        let fd = fd.and_then(watch);
        let fd = fd.map_err(|source| self.wait_error(source))?;
        loop {
            let mut guard = fd
                .readable()
                .await
                .map_err(|source| self.wait_error(source))?;
            if let Some(status) = self.try_wait()? {
                return Ok(status);
            }
            guard.clear_ready();
        }
    }

    /// Whether it has ended.
    fn ended(&self) -> io::Result<bool> {
        self.0.ended()
    }

    fn wait_error(&self, source: io::Error) -> WaitError {
        WaitError {
            pid: self.pid(),
            source,
        }
    }
}

impl Inner {
    fn ended(&self) -> io::Result<bool> {
        let mut fds = [PollFd::new(&self.pidfd, PollFlags::IN)];
        let now = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        Ok(poll(&mut fds, Some(&now))? > 0)
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        if status.is_none() {
            *status = if self.child {
                reap(self.pidfd.as_fd())?
            } else {
                self.ended()?.then_some(ExitStatus::Unknown)
            };
        }
        Ok(*status)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if !self.child || !matches!(self.status(), Ok(None)) {
            return;
        }
        if let Ok(pidfd) = rustix::io::fcntl_dupfd_cloexec(&self.pidfd, 3) {
            ORPHANS
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(pidfd);
        }
    }
}

/// A process number as the kernel's calls give it: positive, or it is none.
pub(crate) fn number(raw: i32) -> Option<Pid> {
    if raw > 0 { Pid::from_raw(raw) } else { None }
}

/// Children that nobody holds any more and that still ran when last looked at.
static ORPHANS: Mutex<Vec<OwnedFd>> = Mutex::new(Vec::new());

/// Reaps the orphans that have ended meanwhile.
pub(crate) fn reap_orphans() {
    let mut orphans = ORPHANS.lock().unwrap_or_else(PoisonError::into_inner);
    orphans.retain(|pidfd| matches!(reap(pidfd.as_fd()), Ok(None)));
}

/// The exit status of our child, once; `None` while it runs.
fn reap(pidfd: BorrowedFd<'_>) -> io::Result<Option<ExitStatus>> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
    loop {
        return match waitid(WaitId::PidFd(pidfd), options) {
            Ok(status) => Ok(status.as_ref().map(convert)),
            // Somebody else in this process reaped it, or our children are reaped automatically.
            Err(Errno::CHILD) => Ok(Some(ExitStatus::Unknown)),
            Err(Errno::INTR) => continue,
            Err(e) => Err(e.into()),
        };
    }
}

fn convert(status: &WaitIdStatus) -> ExitStatus {
    if let Some(code) = status.exit_status() {
        return ExitStatus::Exited(code);
    }
    match status.terminating_signal() {
        Some(signal) => ExitStatus::Signaled {
            signal,
            core_dumped: status.dumped(),
        },
        None => ExitStatus::Unknown,
    }
}
