//! The steps of a durable change, each through a seam where tests cut the power.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The file operations that a [`Store`](super::Store) needs.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Writes a new file (mode 0600) and brings its contents to the disk.
    fn create(&self, path: &Path, contents: &[u8]) -> io::Result<()>;
    /// Renames a file over another one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn unlink(&self, path: &Path) -> io::Result<()>;
    /// Brings the names in a directory to the disk.
    fn sync_directory(&self, path: &Path) -> io::Result<()>;
    /// Makes a directory and its parents (mode 0700).
    fn make_directory(&self, path: &Path) -> io::Result<()>;
}

/// The host's file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct HostDisk;

impl Disk for HostDisk {
    fn create(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        file.write_all(contents)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn make_directory(&self, path: &Path) -> io::Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
    }
}

/// Puts `contents` at `path` so that a crash leaves either the old file or the new one.
pub(super) fn replace(disk: &dyn Disk, path: &Path, contents: &[u8]) -> io::Result<()> {
    let temporary = temporary(path);
    let created = match disk.create(&temporary, contents) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            disk.make_directory(directory(path))?;
            disk.sync_directory(directory(directory(path)))?;
            disk.create(&temporary, contents)
        }
        other => other,
    };
    if let Err(error) = created.and_then(|()| disk.rename(&temporary, path)) {
        // What is left of it is of no use; the first error is the one to tell.
        let _ = disk.unlink(&temporary);
        return Err(error);
    }
    disk.sync_directory(directory(path))
}

/// Removes `path` so that it does not come back after a crash.
pub(super) fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.unlink(path) {
        Ok(()) => disk.sync_directory(directory(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Renames a file to one that no store reads, and returns that name.
pub(super) fn set_aside(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |age| age.as_secs());
    let kept = with_suffix(path, &format!(".damaged-{seconds}-{}", serial()));
    disk.rename(path, &kept)?;
    disk.sync_directory(directory(path))?;
    Ok(kept)
}

/// A name beside `path` that no other write uses, in this process or another one.
pub(super) fn temporary(path: &Path) -> PathBuf {
    with_suffix(path, &format!(".new-{}-{}", std::process::id(), serial()))
}

/// The directory that holds `path`.
pub(super) fn directory(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn serial() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
