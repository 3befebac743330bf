//! The processes that a root has started, found from outside.

use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use crate::daemon::Daemon;

/// The processes below `root` whose program's name holds `word`.
#[must_use]
pub fn processes_below(root: &Path, word: &str) -> Vec<Pid> {
    let needle = root.display().to_string();
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            // QEMU's own files are passed as descriptors; its environment names its folder.
            let text = |file| {
                let bytes = std::fs::read(entry.path().join(file)).ok()?;
                Some(String::from_utf8_lossy(&bytes).into_owned())
            };
            let line = text("cmdline")?;
            let program = line.split('\0').next()?;
            (program.contains(word)
                && (line.contains(&needle) || text("environ")?.contains(&needle)))
            .then(|| Pid::from_raw(pid))
            .flatten()
        })
        .collect()
}

/// The QEMU processes that run below `root`.
#[must_use]
pub fn qemus_below(root: &Path) -> Vec<Pid> {
    processes_below(root, "qemu-system-")
}

/// Whether a process has been stopped by a signal (`proc_pid_stat(5)`).
#[must_use]
pub fn is_stopped(pid: Pid) -> bool {
    let text = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    let text = text.unwrap_or_default();
    // The name before the state may hold anything, a bracket too.
    text.rsplit_once(") ")
        .is_some_and(|(_, rest)| rest.starts_with('T'))
}

/// The QEMU process of the domain with this name.
///
/// # Panics
///
/// When there is none.
#[must_use]
#[track_caller]
pub fn qemu_of(daemon: &Daemon, name: &str) -> Pid {
    let named = |pid: &Pid| {
        let line = std::fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero()));
        let line = line.unwrap_or_default();
        let guest = format!("guest={name}");
        line.split(|byte| *byte == 0)
            .any(|word| word.split(|byte| *byte == b',').next() == Some(guest.as_bytes()))
    };
    let found = daemon.qemus().into_iter().find(named);
    found.unwrap_or_else(|| panic!("no QEMU runs for the domain '{name}'"))
}

/// A process of somebody else's whose end can be waited for.
#[derive(Debug)]
pub struct Watched {
    pidfd: Option<OwnedFd>,
    pid: Pid,
}

impl Watched {
    /// Watches a process; one that is gone already counts as ended.
    #[must_use]
    pub fn new(pid: Pid) -> Self {
        let pidfd = pidfd_open(pid, PidfdFlags::empty()).ok();
        Self { pidfd, pid }
    }

    /// Waits until the process has ended.
    ///
    /// # Panics
    ///
    /// When it still runs after `deadline`.
    #[track_caller]
    pub fn ends_within(&self, deadline: Duration) {
        let Some(pidfd) = &self.pidfd else { return };
        let limit = Timespec::try_from(deadline).expect("a deadline of seconds");
        let ready = poll(&mut [PollFd::new(pidfd, PollFlags::IN)], Some(&limit));
        let ready = ready.expect("wait for a process");
        assert_eq!(ready, 1, "{:?} still runs after {deadline:?}", self.pid);
    }
}
