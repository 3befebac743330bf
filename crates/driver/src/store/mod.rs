//! The objects of a driver on disk: one XML file each in one directory.
//!
//! A write is durable when it returns: temporary file, fsync, rename, fsync of the directory. A
//! crash at any point leaves the old file or the new one, whole. Writes of one name take effect
//! in the order in which they were asked for, also when the asker does not wait for the first.

mod autostart;
mod disk;
mod error;
mod header;
mod load;
mod name;
mod order;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use autostart::Autostart;
pub use disk::{Disk, HostDisk};
pub use error::StoreError;
pub use header::generated_header;
pub use load::{DamageReason, Damaged, Loaded};
pub use name::{FileName, FileNameError};

use order::Order;

/// The end of every file that a [`Store`] owns.
const EXTENSION: &str = ".xml";

/// A directory of objects, one file `NAME.xml` each.
#[derive(Debug, Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    directory: PathBuf,
    disk: Arc<dyn Disk>,
    order: Order,
    /// Files that could not be understood; they make way when their name is written.
    damaged: Mutex<Vec<FileName>>,
}

impl Store {
    /// The store of `directory`, which is created (mode 0700) with the first write.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self::on(directory, Arc::new(HostDisk))
    }

    /// A store whose file operations go through `disk`.
    pub fn on(directory: impl Into<PathBuf>, disk: Arc<dyn Disk>) -> Self {
        let shared = Shared {
            directory: directory.into(),
            disk,
            order: Order::default(),
            damaged: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// The directory of the objects.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.shared.directory
    }

    /// The file of an object.
    #[must_use]
    pub fn path(&self, name: &FileName) -> PathBuf {
        self.shared.path(name)
    }

    /// Writes an object's file and returns when it would survive a power cut.
    pub async fn write(
        &self,
        name: &FileName,
        contents: impl Into<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let contents = contents.into();
        self.in_turn(name, move |shared, name| shared.write(name, &contents))
            .await
    }

    /// Removes an object's file, durably. A file that is not there is no error.
    pub async fn remove(&self, name: &FileName) -> Result<(), StoreError> {
        self.in_turn(name, Shared::remove).await
    }

    /// Reads all objects, several files at a time. See [`Loaded`] for what becomes of files that
    /// `parse` refuses. A directory that does not exist is an empty one.
    pub async fn load<T, E>(
        &self,
        parse: impl Fn(&FileName, &str) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<Loaded<T>, StoreError>
    where
        T: Send + 'static,
        E: std::error::Error + Send + Sync + 'static,
    {
        let shared = Arc::clone(&self.shared);
        blocking(move || {
            let loaded = load::all(&shared.directory, &parse)?;
            let names = loaded
                .damaged
                .iter()
                .filter_map(|damaged| damaged.name.clone())
                .collect();
            *shared.damaged_names() = names;
            Ok(loaded)
        })
        .await
    }

    /// Runs one operation on a file after those asked for earlier, off the async threads.
    async fn in_turn<F>(&self, name: &FileName, operation: F) -> Result<(), StoreError>
    where
        F: FnOnce(&Shared, &FileName) -> Result<(), StoreError> + Send + 'static,
    {
        let ticket = self.shared.order.ticket(name);
        let (shared, name) = (Arc::clone(&self.shared), name.clone());
        blocking(move || ticket.run(|| operation(&shared, &name))).await
    }
}

impl Shared {
    fn path(&self, name: &FileName) -> PathBuf {
        self.directory.join(format!("{name}{EXTENSION}"))
    }

    fn write(&self, name: &FileName, contents: &[u8]) -> Result<(), StoreError> {
        self.make_way(name)?;
        let path = self.path(name);
        disk::replace(&*self.disk, &path, contents)
            .map_err(|source| StoreError::Write { path, source })
    }

    fn remove(&self, name: &FileName) -> Result<(), StoreError> {
        self.make_way(name)?;
        let path = self.path(name);
        disk::remove(&*self.disk, &path).map_err(|source| StoreError::Remove { path, source })
    }

    /// A damaged file under this name is somebody's data: it is kept beside the new one.
    fn make_way(&self, name: &FileName) -> Result<(), StoreError> {
        if !self.damaged_names().contains(name) {
            return Ok(());
        }
        let path = self.path(name);
        match disk::set_aside(&*self.disk, &path) {
            Ok(kept) => tracing::warn!(path = %path.display(), kept = %kept.display(),
                "a damaged file makes way for a new one of its name"),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(StoreError::SetAside { path, source }),
        }
        self.damaged_names().retain(|damaged| damaged != name);
        Ok(())
    }

    fn damaged_names(&self) -> MutexGuard<'_, Vec<FileName>> {
        self.damaged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs file work on the pool for blocking work.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(StoreError::Interrupted),
    }
}
