//! The status file of an active VM: `/run/libvirt/qemu/NAME.xml`, in libvirt's format `<domstatus>`.
//!
//! It is written before the process is started (state `paused`, reason `starting up`, no pid), again when the
//! process exists, and after each change of state; so a daemon that was killed at any instruction leaves enough
//! for the next one to find the process and everything that was done for it. What libvirt's format has no place
//! for is in the element `<ferrovirt>`, which libvirt passes over.
//!
//! These files need not survive the host's end, since no process does: they are renamed into place, but not
//! synchronized with the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use driver::store::{Disk, HostDisk};
use xml::Xml;

use super::live::Live;
use super::state::{Activity, PausedReason};

/// The document.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "domstatus")]
pub struct DomStatus {
    /// What the VM is doing.
    #[xml(attribute)]
    pub state: String,
    /// Why.
    #[xml(attribute)]
    pub reason: String,
    /// QEMU's process, once there is one.
    #[xml(attribute)]
    pub pid: Option<i32>,
    /// Where the monitor listens.
    #[xml(child)]
    pub monitor: Option<MonitorSocket>,
    /// The threads of the guest's processors.
    #[xml(child = "vcpu", wrapper = "vcpus")]
    pub vcpus: Vec<VcpuThread>,
    /// What libvirt's format has no place for.
    #[xml(child)]
    pub ferrovirt: Option<Extension>,
    /// QEMU's own directory.
    #[xml(child = "libDir", attribute = "path")]
    pub lib_dir: Option<String>,
    /// The directory of the guest's channels.
    #[xml(child = "channelTargetDir", attribute = "path")]
    pub channel_dir: Option<String>,
    /// The document of this run.
    #[xml(child)]
    pub domain: Domain,
}

/// Where the monitor listens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MonitorSocket {
    /// The socket.
    #[xml(attribute)]
    pub path: Option<String>,
    /// `unix`.
    #[xml(attribute = "type")]
    pub kind: Option<String>,
}

/// The thread of one of the guest's processors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct VcpuThread {
    /// The processor's number.
    #[xml(attribute, required)]
    pub id: u32,
    /// The thread.
    #[xml(attribute, required)]
    pub pid: i32,
}

/// What libvirt's format has no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Extension {
    /// When the process started, in clock ticks since boot.
    #[xml(attribute = "startTime")]
    pub start_time: Option<u64>,
    /// Whether the VM goes with the client that started it; that client is gone with the daemon.
    #[xml(attribute = "autodestroy", yes_no)]
    pub autodestroy: Option<bool>,
    /// Files that were given to QEMU's user.
    #[xml(child = "given", attribute = "path")]
    pub given: Vec<String>,
}

impl DomStatus {
    /// Of a VM whose process does not exist yet.
    pub fn starting(document: &Domain, paths: &super::paths::Paths, given: &[PathBuf]) -> Self {
        let (state, reason) = Activity::Paused(PausedReason::StartingUp).words();
        Self {
            state: state.to_owned(),
            reason: reason.to_owned(),
            monitor: Some(MonitorSocket {
                path: Some(text(&paths.monitor)),
                kind: Some("unix".to_owned()),
            }),
            lib_dir: Some(text(&paths.lib)),
            channel_dir: Some(text(&paths.channels)),
            ferrovirt: Some(Extension {
                given: given.iter().map(|path| text(path)).collect(),
                ..Extension::default()
            }),
            domain: document.clone(),
            ..Self::default()
        }
    }

    /// Of a VM that runs.
    pub fn of(live: &Live, activity: Activity) -> Self {
        let mut status = Self::starting(&live.document, &live.paths, &live.given);
        let (state, reason) = activity.words();
        (status.state, status.reason) = (state.to_owned(), reason.to_owned());
        status.vcpus = (0..)
            .zip(live.vcpu_threads.iter())
            .map(|(id, pid)| VcpuThread { id, pid: *pid })
            .collect();
        status.with_process(live.pid, live.start_time, live.autodestroy.is_some())
    }

    /// With the process, once there is one.
    pub fn with_process(mut self, pid: i32, start_time: Option<u64>, autodestroy: bool) -> Self {
        self.pid = Some(pid);
        let extension = self.ferrovirt.get_or_insert_default();
        extension.start_time = start_time;
        extension.autodestroy = autodestroy.then_some(true);
        self
    }

    /// What the VM was doing when the file was written; nothing for words that nobody knows.
    pub fn activity(&self) -> Option<Activity> {
        Activity::from_words(&self.state, &self.reason)
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The host's file system without synchronization.
#[derive(Debug, Clone, Copy, Default)]
pub struct VolatileDisk;

impl Disk for VolatileDisk {
    fn create(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        let mut file: File = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        file.write_all(contents)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        HostDisk.rename(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        HostDisk.unlink(path)
    }

    fn sync_directory(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn make_directory(&self, path: &Path) -> io::Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o755)
            .create(path)
    }
}
