//! The status file of an active VM: `/run/libvirt/qemu/NAME.xml`, in libvirt's format `<domstatus>`.
//!
//! It is written before anything is made for the VM (state `paused`, reason `starting up`, no pid), again as more is
//! known of that, when the process exists, and after each change of state; so a daemon that was killed at any
//! instruction leaves enough for the next one to find the process and everything that was done for it. What libvirt's format has no place
//! for is in the element `<ferrovirt>`, which libvirt passes over; what a file of libvirt's says and this driver does
//! not need is kept, so that a running VM can change daemons in either direction, and back.
//!
//! These files need not survive the host's end, since no process does: they are renamed into place, but not
//! synchronized with the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use documents::domain::{Domain, Status, StatusExtension, StatusMonitor, StatusVcpu};
use driver::store::{Disk, HostDisk};

use super::helper::bus_socket;
use super::live::Live;
use super::paths::Paths;
use super::resources::HostChanges;
use super::state::{Activity, PausedReason, RunningReason};
use crate::config::Config;

/// libvirt decides by its own list of capabilities what it may ask a running QEMU for, and ends a VM whose list is
/// empty. This driver has no such list; a name that libvirt does not know makes its daemon leave the VM alone.
const NOT_FOR_LIBVIRT: &str = "ferrovirt";

/// What does not change over a run that begins here.
pub fn of_new_run(config: &Config) -> Status {
    Status {
        qemu_caps: vec![NOT_FOR_LIBVIRT.to_owned()],
        remember_owner: config.dynamic_ownership && config.remember_owner,
        ..Status::default()
    }
}

/// Of a VM whose process does not exist yet.
pub fn starting(
    config: &Config,
    document: &Domain,
    paths: &Paths,
    changes: &HostChanges,
) -> Status {
    let (state, reason) = Activity::Paused(PausedReason::StartingUp).words();
    Status {
        state,
        reason: Some(reason.to_owned()),
        domain: Box::new(document.clone()),
        dbus_daemon: bus_socket(document).is_some(),
        ..of_paths(of_new_run(config), paths, changes)
    }
}

/// Of a VM that runs. What an earlier daemon's file said besides stays as it was.
pub fn of(live: &Live, activity: Activity) -> Status {
    let (state, reason) = activity.words();
    let status = Status {
        state,
        reason: Some(reason.to_owned()),
        vcpus: (0..)
            .zip(live.vcpu_threads.iter())
            .map(|(id, pid)| StatusVcpu { id, pid: *pid })
            .collect(),
        domain: Box::new(Domain::clone(&live.document)),
        dbus_daemon: bus_socket(&live.document).is_some(),
        ..of_paths(Status::clone(&live.run), &live.paths, &live.changes)
    };
    with_process(
        status,
        live.pid,
        live.start_time,
        live.autodestroy.is_some(),
    )
}

/// With the process, once there is one.
pub fn with_process(
    mut status: Status,
    pid: i32,
    start_time: Option<u64>,
    autodestroy: bool,
) -> Status {
    status.pid = Some(pid);
    let extension = status.ferrovirt.get_or_insert_default();
    extension.start_time = start_time;
    extension.autodestroy = autodestroy.then_some(true);
    status
}

/// What the VM was doing when the file was written.
pub fn activity(status: &Status) -> Activity {
    Activity::from_words(status.state, status.reason.as_deref().unwrap_or_default())
        .unwrap_or(Activity::Running(RunningReason::Unknown))
}

/// With the places of a VM and what was done to the host's files for it.
fn of_paths(status: Status, paths: &Paths, changes: &HostChanges) -> Status {
    Status {
        monitor: Some(StatusMonitor {
            path: text(&paths.monitor),
            kind: Some("unix".to_owned()),
            json: None,
        }),
        lib_dir: Some(text(&paths.lib)),
        channel_target_dir: Some(text(&paths.channels)),
        ferrovirt: Some(StatusExtension {
            given: changes.given.iter().map(|path| text(path)).collect(),
            bound: changes.bound.clone(),
            ..StatusExtension::default()
        }),
        ..status
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
