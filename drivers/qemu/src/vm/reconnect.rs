//! Finding VMs again that an earlier daemon has left running.
//!
//! Each status file is one VM. Its process is found by number and start time (or, in a file of libvirt's, which
//! has no start time, by number and the UUID on its command line), its monitor by its socket, its helpers by their pid
//! files. A file without a process number was left by a daemon that was killed in the middle of a start: whoever holds
//! the other end of the monitor's socket is that start's process, and is told to quit.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use documents::Uuid;
use documents::domain::{Domain, Graphics, Status};
use driver::layout;
use driver::store::FileName;
use process::{AdoptError, Process, Signal, start_time};
use qmp::commands::{QueryBalloon, QueryCpusFast, QueryStatus, Quit};
use qmp::{Events, Monitor};
use rustix::process::Pid;
use tokio::net::UnixStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::announcement::{Announcement, Lifecycle};
use super::definition::Facts;
use super::helper::{self, Helper, Place};
use super::live::Live;
use super::owner::{activity_of, told_by};
use super::paths::Paths;
use super::perf::Counters;
use super::resources::{HostChanges, Resources};
use super::start::{Abort, Interruption};
use super::start::{files, limits};
use super::state::{Activity, PausedReason};
use super::{log, network, pci_binding, status, stop, swtpm, transient};
use crate::driver::QemuDriver;

/// A process that was told to quit may take so long.
const QUITTING: Duration = Duration::from_secs(10);

/// A status file that an earlier daemon has left.
#[derive(Debug)]
pub struct Found {
    /// The file's name, which is the VM's.
    pub file: FileName,
    /// Its contents.
    pub status: Status,
}

/// A process that was taken over.
#[derive(Debug)]
pub struct Adopted {
    /// QEMU itself, watched from now on.
    pub process: Process,
    /// The connection to it.
    pub monitor: Monitor,
    /// What it has to say.
    pub events: Events,
    /// What queries see.
    pub live: Live,
    /// What it is doing.
    pub activity: Activity,
    /// What was taken for it.
    pub resources: Resources,
    /// What changed while nobody listened.
    pub changed: Option<Announcement>,
}

/// Why a VM is not running any more. Everything that was taken for it has been given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LostReason {
    /// Its process has ended meanwhile.
    Ended {
        /// What the VM was doing when it was last heard of.
        after: Activity,
    },
    /// The daemon was killed while it started the VM.
    NeverStarted,
    /// It was bound to a client of the earlier daemon.
    Autodestroyed,
    /// It was destroyed before it could be taken over.
    Destroyed,
    /// Its process is there but its monitor does not work; the process was ended.
    Unreachable,
}

/// What is known of the VM that a status file describes.
struct Remains {
    paths: Arc<Paths>,
    resources: Resources,
    status: Status,
    name: Arc<str>,
}

/// Takes a VM over, or cleans up after it. A QEMU that hangs is waited for until it answers or ends, or until
/// `abort`, which ends it.
///
/// # Errors
/// When it does not run any more.
pub async fn adopt(
    found: Found,
    driver: &Arc<QemuDriver>,
    abort: oneshot::Receiver<()>,
) -> Result<Adopted, LostReason> {
    let remains = Remains::of(found, driver);
    match remains.try_adopt(Abort::new(abort)).await {
        Ok(adopted) => Ok(adopted.with(remains)),
        Err(reason) => {
            log::end(&remains.paths.log, "daemon");
            remains.resources.release(driver).await;
            Err(reason)
        }
    }
}

/// An [`Adopted`] without what belongs to [`Remains`].
struct Taken {
    process: Process,
    monitor: Monitor,
    events: Events,
    activity: Activity,
    vcpu_threads: Vec<i32>,
    balloon_kib: u64,
}

impl Remains {
    fn of(found: Found, driver: &QemuDriver) -> Self {
        let Found { file, status } = found;
        let name: Arc<str> = status.domain.name.as_str().into();
        let id = status.domain.id.unwrap_or(-1);
        let paths = Arc::new(paths_of(&status, driver));
        let ports = display_ports(&status);
        driver.ports().note(&ports);
        let surroundings = driver.host().surroundings().of_guest(id, &name);
        let huge_pages = surroundings.huge_pages.into_iter().map(|dir| dir.path);
        let swtpm = swtpm::emulator(&status.domain).map(|_| paths.swtpm.clone());
        let places = Place::all(&status.domain, &paths).into_iter();
        let resources = Resources {
            file,
            paths: paths.clone(),
            changes: changes_of(&status),
            ports,
            network: network::of_running(&status.domain, &paths.passt),
            sockets: swtpm
                .into_iter()
                .chain(helper::bus_files(&status.domain))
                .collect(),
            directories: [surroundings.memory_dir]
                .into_iter()
                .chain(huge_pages)
                .collect(),
            overlays: transient::overlays(&status.domain),
            // Where it has none there is nothing to remove.
            group: Some(limits::place(driver, &status.domain, id)),
            shares: limits::shares(driver, &status.domain, id),
            fresh_tpm: None,
            helpers: places
                .filter_map(|place| Helper::find(&name, place))
                .collect(),
        };
        Self {
            paths,
            resources,
            status,
            name,
        }
    }

    async fn try_adopt(&self, mut abort: Abort) -> Result<Taken, LostReason> {
        let after = status::activity(&self.status);
        let Some(pid) = self.status.pid else {
            self.quit_unknown().await;
            return Err(LostReason::NeverStarted);
        };
        let process = self.process(pid).ok_or(LostReason::Ended { after })?;
        if after == Activity::Paused(PausedReason::StartingUp) {
            self.kill(process).await;
            return Err(LostReason::NeverStarted);
        }
        if self
            .status
            .ferrovirt
            .as_ref()
            .is_some_and(|extension| extension.autodestroy == Some(true))
        {
            self.kill(process).await;
            return Err(LostReason::Autodestroyed);
        }
        loop {
            match abort.guard(&process, self.talk_to(process.clone())).await {
                Ok(Ok(taken)) => return Ok(taken),
                Ok(Err(error)) if error.is_hang() => {
                    tracing::warn!(name = %self.name, "a running VM's monitor does not answer; still waiting");
                }
                Ok(Err(error)) => {
                    let cause = error.to_string();
                    tracing::error!(name = %self.name, cause, "a running VM's monitor does not work; ending it");
                    self.kill(process).await;
                    return Err(LostReason::Unreachable);
                }
                Err(Interruption::Exited) => return Err(LostReason::Ended { after }),
                Err(Interruption::Aborted) => {
                    self.kill(process).await;
                    return Err(LostReason::Destroyed);
                }
            }
        }
    }

    /// The process, if it still is the one that was started.
    fn process(&self, pid: i32) -> Option<Process> {
        let started = self
            .status
            .ferrovirt
            .as_ref()
            .and_then(|extension| extension.start_time);
        let started = match started {
            Some(started) => started,
            None if is_guest(pid, self.status.domain.uuid.unwrap_or_default()) => {
                start_time(Pid::from_raw(pid)?).ok()?
            }
            None => return None,
        };
        match Process::adopt(pid, started) {
            Ok(process) => Some(process),
            Err(AdoptError::Gone(_) | AdoptError::Another { .. }) => None,
            Err(error) => {
                tracing::error!(name = %self.name, %error, "cannot watch a VM's process");
                None
            }
        }
    }

    async fn talk_to(&self, process: Process) -> Result<Taken, TalkError> {
        let stream = connect(&self.paths.monitor)?;
        let options = qmp::Options::new(self.name.clone());
        let (monitor, events) = Monitor::connect(stream, options).await?;
        let status = monitor.submit(&QueryStatus);
        let cpus = monitor.submit(&QueryCpusFast);
        // A guest may have no balloon.
        let balloon = monitor.submit(&QueryBalloon);
        let activity = activity_of(&status.await?);
        let mut cpus = cpus.await?;
        cpus.sort_by_key(|cpu| cpu.cpu_index);
        let vcpu_threads = cpus.into_iter().map(|cpu| cpu.thread_id).collect();
        let configured = Facts::of(&self.status.domain).memory_kib;
        let balloon_kib = balloon
            .await
            .map_or(configured, |balloon| balloon.actual / 1024);
        Ok(Taken {
            process,
            monitor,
            events,
            activity,
            vcpu_threads,
            balloon_kib,
        })
    }

    /// Ends whoever holds the other end of the monitor's socket. The socket listened before there was a
    /// process, so that "nobody" is certain when the connection is refused.
    async fn quit_unknown(&self) {
        let Ok(stream) = connect(&self.paths.monitor) else {
            return;
        };
        match Monitor::connect(stream, qmp::Options::new(self.name.clone())).await {
            Ok((monitor, events)) => {
                drop(events);
                // It may be gone before it answers.
                let _ = monitor.execute(&Quit).await;
                let _ = timeout(QUITTING, monitor.closed()).await;
            }
            Err(error) => {
                tracing::error!(name = %self.name, %error,
                    "a start was interrupted and its process does not answer; look for it by its name");
            }
        }
    }

    async fn kill(&self, process: Process) {
        if let Err(error) = stop::send(&process, Signal::KILL, &self.name) {
            tracing::error!(%error, "cannot end a VM's process");
        }
        if timeout(QUITTING, process.wait()).await.is_err() {
            tracing::error!(name = %self.name, pid = process.pid(), "a killed process stays");
        }
    }
}

impl Taken {
    fn with(self, remains: Remains) -> Adopted {
        let Remains {
            paths,
            resources,
            mut status,
            ..
        } = remains;
        let before = status::activity(&status);
        let activity = keep_reason(before, self.activity);
        let document = std::mem::take(&mut status.domain);
        let counters = count_again(&document, self.process.pid());
        let live = Live {
            id: document.id.unwrap_or(-1),
            pid: self.process.pid(),
            start_time: self.process.start_time(),
            document: Arc::from(document),
            run: Arc::new(status),
            monitor: self.monitor.clone(),
            answers: Arc::default(),
            paths,
            balloon_kib: self.balloon_kib,
            autodestroy: None,
            updated: false,
            vcpu_threads: self.vcpu_threads.into(),
            counters: Arc::new(counters),
            changes: Arc::new(resources.changes.clone()),
            ports: resources.ports.as_slice().into(),
        };
        let changed = (before != activity).then(|| told_by(activity)).flatten();
        Adopted {
            process: self.process,
            monitor: self.monitor,
            events: self.events,
            live,
            activity,
            resources,
            changed: changed.map(Lifecycle::into),
        }
    }
}

/// The files and directories of a VM. The file's word counts: another version may have put them elsewhere.
fn paths_of(status: &Status, driver: &QemuDriver) -> Paths {
    let id = status.domain.id.unwrap_or(-1);
    let mut paths = Paths::new(driver.layout(), id, &status.domain.name);
    if let Some(monitor) = &status.monitor {
        paths.monitor = PathBuf::from(&monitor.path);
    }
    if let Some(lib) = &status.lib_dir {
        paths.lib = PathBuf::from(lib);
    }
    if let Some(channels) = &status.channel_target_dir {
        paths.channels = PathBuf::from(channels);
    }
    paths
}

/// What of the host was changed for a VM.
fn changes_of(status: &Status) -> HostChanges {
    match &status.ferrovirt {
        Some(extension) => HostChanges {
            given: extension.given.iter().map(PathBuf::from).collect(),
            bound: extension.bound.clone(),
        },
        // libvirt says the one on the files themselves only, and takes what is managed.
        None => HostChanges {
            given: files::of(&status.domain),
            bound: pci_binding::managed(&status.domain),
        },
    }
}

/// Counters end with the daemon that opened them; new ones begin at nothing.
fn count_again(document: &Domain, pid: i32) -> Counters {
    let counted = Pid::from_raw(pid).map(|pid| Counters::of(document, pid));
    match counted {
        Some(Ok(counters)) => counters,
        Some(Err(error)) => {
            tracing::warn!(name = document.name, %error, "a running VM is not counted any more");
            Counters::default()
        }
        None => Counters::default(),
    }
}

/// QEMU knows what a VM does, but not why; the file does as long as it still is the same.
fn keep_reason(before: Activity, now: Activity) -> Activity {
    if before.kind() == now.kind() {
        before
    } else {
        now
    }
}

#[derive(Debug, thiserror::Error)]
enum TalkError {
    #[error("cannot connect to the monitor's socket: {0}")]
    Socket(#[from] io::Error),
    #[error(transparent)]
    Connect(#[from] qmp::ConnectError),
    #[error(transparent)]
    Query(#[from] qmp::Error),
}

impl TalkError {
    /// Whether QEMU is there and may answer yet.
    fn is_hang(&self) -> bool {
        matches!(
            self,
            Self::Connect(qmp::ConnectError::Deadline { .. })
                | Self::Query(qmp::Error::Deadline { .. })
        ) || matches!(self, Self::Connect(qmp::ConnectError::Negotiation { source, .. })
            if matches!(**source, qmp::Error::Deadline { .. }))
    }
}

fn connect(path: &Path) -> io::Result<UnixStream> {
    let stream = layout::connect(path)?;
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

/// Whether a process is a QEMU that was started for the guest with this UUID.
fn is_guest(pid: i32, uuid: Uuid) -> bool {
    let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let uuid = uuid.to_string();
    let mut words = line.split(|byte| *byte == 0);
    words.any(|word| word == b"-uuid") && words.next() == Some(uuid.as_bytes())
}

fn display_ports(status: &Status) -> Vec<u16> {
    let ports = status
        .domain
        .devices
        .graphics
        .iter()
        .filter_map(|graphics| match graphics {
            Graphics::Vnc(vnc) => vnc.port,
            _ => None,
        });
    ports.filter_map(|port| u16::try_from(port).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::state::RunningReason;

    #[test]
    fn the_reason_is_kept_while_the_state_is_the_same() {
        let paused = Activity::Paused(PausedReason::User);
        let found = Activity::Paused(PausedReason::Unknown);
        assert_eq!(keep_reason(paused, found), paused);
        let running = Activity::Running(RunningReason::Unknown);
        assert_eq!(keep_reason(paused, running), running);
    }

    #[test]
    fn we_are_no_guest() {
        let pid = i32::try_from(std::process::id()).unwrap();
        assert!(!is_guest(pid, Uuid([1; 16])));
    }
}
