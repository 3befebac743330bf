//! Everything that was taken for one run of a VM, and is given back when it ends.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use driver::store::FileName;

use super::network::Undo;
use super::paths::Paths;
use crate::driver::QemuDriver;

/// What one run of a VM has taken.
#[derive(Debug)]
pub struct Resources {
    /// The VM's name, which is its status file's.
    pub file: FileName,
    /// Its files and directories.
    pub paths: Arc<Paths>,
    /// The files that were given to QEMU's user.
    pub given: Vec<PathBuf>,
    /// The display ports.
    pub ports: Vec<u16>,
    /// What is left of its interfaces on the host.
    pub network: Vec<Undo>,
}

impl Resources {
    /// Gives everything back. What cannot be given back is reported and left: a VM must be able to end.
    pub async fn release(self, driver: &Arc<QemuDriver>) {
        let Self {
            file,
            paths,
            given,
            ports,
            network,
        } = self;
        driver.ports().release(&ports);
        let ownership = driver.ownership().cloned();
        let files = tokio::task::spawn_blocking(move || {
            if let Some(ownership) = ownership {
                for path in &given {
                    if let Err(error) = ownership.take_back(path) {
                        let cause = std::error::Error::source(&error).map(ToString::to_string);
                        tracing::warn!(%error, cause, "an image keeps QEMU's user as its owner");
                    }
                }
            }
            network.iter().rev().for_each(Undo::carry_out);
            remove(&paths.pid, fs::remove_file);
            remove(&paths.channels, fs::remove_dir_all);
            remove(&paths.lib, fs::remove_dir_all);
        });
        if files.await.is_err() {
            tracing::error!("the files of a VM were not removed: the runtime is ending");
        }
        // Last, so that a daemon that is killed here comes back to it.
        if let Err(error) = driver.status_files().remove(&file).await {
            tracing::warn!(%error, "a status file could not be removed");
        }
    }
}

fn remove(path: &Path, how: impl FnOnce(PathBuf) -> io::Result<()>) {
    match how(path.to_owned()) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(path = %path.display(), %error, "cannot remove"),
    }
}
