//! The links that say what starts with the host.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{EXTENSION, FileName, Shared, Store, StoreError, blocking, disk};

/// The directory of autostart links beside a store: `autostart/NAME.xml → ../NAME.xml`, and with the ending
/// `.once` those that count for the host's next boot only.
///
/// The links are relative, so that a private tree can be moved; those that libvirt has left
/// (absolute ones) are understood as well.
#[derive(Debug, Clone)]
pub struct Autostart {
    store: Arc<Shared>,
    directory: PathBuf,
    ending: &'static str,
}

impl Store {
    /// The autostart links of this store's objects.
    #[must_use]
    pub fn autostart(&self) -> Autostart {
        self.links("")
    }

    /// The links of what starts with the host's next boot only.
    #[must_use]
    pub fn autostart_once(&self) -> Autostart {
        self.links(".once")
    }

    fn links(&self, ending: &'static str) -> Autostart {
        Autostart {
            store: Arc::clone(&self.shared),
            directory: self.shared.directory.join("autostart"),
            ending,
        }
    }
}

impl Autostart {
    /// Whether an object starts with the host: its link leads to its file.
    #[must_use]
    pub fn is_set(&self, name: &FileName) -> bool {
        // Both sides resolved, as a link through another spelling of the directory counts too.
        let target = fs::canonicalize(self.link(name));
        matches!((target, fs::canonicalize(self.store.path(name))),
            (Ok(target), Ok(file)) if target == file)
    }

    /// Makes or removes an object's link, durably. Asking for what is already so is no error.
    pub async fn set(&self, name: &FileName, enabled: bool) -> Result<(), StoreError> {
        let (this, name) = (self.clone(), name.clone());
        blocking(move || {
            let link = this.link(&name);
            let changed = if enabled {
                this.enable(&link, &name)
            } else {
                this.disable(&link)
            };
            changed.map_err(|source| StoreError::Autostart { path: link, source })
        })
        .await
    }

    fn enable(&self, link: &Path, name: &FileName) -> io::Result<()> {
        self.store.disk.make_directory(&self.directory)?;
        let temporary = disk::temporary(link);
        symlink(format!("../{name}{EXTENSION}"), &temporary)?;
        self.store.disk.rename(&temporary, link)?;
        self.store.disk.sync_directory(&self.directory)
    }

    fn disable(&self, link: &Path) -> io::Result<()> {
        disk::remove(&*self.store.disk, link)
    }

    fn link(&self, name: &FileName) -> PathBuf {
        self.directory
            .join(format!("{name}{EXTENSION}{}", self.ending))
    }
}
