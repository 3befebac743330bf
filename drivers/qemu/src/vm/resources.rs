//! Everything that was taken for one run of a VM, and is given back when it ends.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::Uuid;
use driver::Layout;
use driver::store::FileName;

use super::control_group::ControlGroup;
use super::helper::Helper;
use super::network::Undo;
use super::ownership::Ownership;
use super::paths::Paths;
use super::resctrl::ResourceGroups;
use super::{pci_binding, swtpm, transient};
use crate::driver::QemuDriver;
use crate::removed::removed;

/// What one run of a VM has taken.
#[derive(Debug)]
pub struct Resources {
    /// The VM's name, which is its status file's.
    pub file: FileName,
    /// Its files and directories.
    pub paths: Arc<Paths>,
    /// What of the host was changed for it.
    pub changes: HostChanges,
    /// The display ports.
    pub ports: Vec<u16>,
    /// What is left of its interfaces on the host.
    pub network: Vec<Undo>,
    /// Sockets and what goes with them, outside of the VM's own directories. A document can name them: they are
    /// removed as files, so that nothing but a file is ever lost by it.
    pub sockets: Vec<PathBuf>,
    /// Directories for memory that the driver made, outside of the VM's own.
    pub directories: Vec<PathBuf>,
    /// The programs that serve its devices.
    pub(crate) helpers: Vec<Helper>,
    /// The overlays of its transient disks.
    pub overlays: Vec<PathBuf>,
    /// The VM's control group, where it has one.
    pub group: Option<ControlGroup>,
    /// Its resource groups.
    pub shares: ResourceGroups,
    /// The VM whose emulated TPM was made by this start; it goes with a start that fails.
    pub fresh_tpm: Option<Uuid>,
}

/// What of the host was changed for a VM. Nothing but the status file tells a later daemon what it was before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostChanges {
    /// The files that were given to QEMU's user.
    pub given: Vec<PathBuf>,
    /// The PCI devices that were taken from their drivers, by their addresses.
    pub bound: Vec<String>,
}

impl Resources {
    /// Gives everything back. What cannot be given back is reported and left: a VM must be able to end.
    pub async fn release(mut self, driver: &Arc<QemuDriver>) {
        for helper in std::mem::take(&mut self.helpers) {
            helper.end().await;
        }
        driver.ports().release(&self.ports);
        let file = self.file.clone();
        let ownership = driver.ownership().cloned();
        let layout = driver.layout().clone();
        let given_back = tokio::task::spawn_blocking(move || {
            self.give_back(ownership.as_ref(), &layout);
        });
        if given_back.await.is_err() {
            tracing::error!("the files of a VM were not removed: the runtime is ending");
        }
        // Last, so that a daemon that is killed here comes back to it.
        if let Err(error) = driver.status_files().remove(&file).await {
            tracing::warn!(%error, "a status file could not be removed");
        }
    }

    /// Gives back what is on the host: files, devices, groups.
    fn give_back(self, ownership: Option<&Ownership>, layout: &Layout) {
        let HostChanges { given, bound } = self.changes;
        if let Some(ownership) = ownership {
            for path in &given {
                let taken = ownership.take_back(path);
                report(taken, "an image keeps QEMU's user as its owner");
            }
        }
        transient::remove(&self.overlays);
        self.network.iter().rev().for_each(Undo::carry_out);
        let returned = pci_binding::give_back(&bound, &host::Root::default());
        report(returned, "a PCI device has not been given back to the host");
        for path in self.sockets {
            remove(&path, fs::remove_file);
        }
        for path in self.directories {
            remove(&path, fs::remove_dir_all);
        }
        self.shares.remove();
        if let Some(group) = self.group {
            report(group.remove(), "a control group stays");
        }
        if let Some(uuid) = self.fresh_tpm {
            let removed = swtpm::remove(uuid, layout);
            report(removed, "the state of a TPM could not be removed");
        }
        remove(&self.paths.pid, fs::remove_file);
        remove(&self.paths.channels, fs::remove_dir_all);
        remove(&self.paths.lib, fs::remove_dir_all);
    }
}

/// Tells what is left on the host, and why.
fn report<E: std::error::Error>(result: Result<(), E>, left: &str) {
    if let Err(error) = result {
        let cause = error.source().map(ToString::to_string);
        tracing::warn!(%error, cause, "{left}");
    }
}

fn remove(path: &Path, how: impl FnOnce(PathBuf) -> io::Result<()>) {
    if let Err(error) = removed(how(path.to_owned())) {
        tracing::warn!(path = %path.display(), %error, "cannot remove");
    }
}
