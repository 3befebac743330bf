//! Finding a program by its pid file.
//!
//! A pid file alone proves nothing: its writer may have ended, and its number may be another's. As libvirt's daemons do,
//! the process holds the file's lock, which the kernel takes away when it ends.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::io::Errno;

use crate::identity::start_time;
use crate::process::{AdoptError, Process, number};

/// Why the process behind a pid file could not be found.
#[derive(Debug, thiserror::Error)]
pub enum PidFileError {
    /// The file cannot be used.
    #[error("cannot read pid file '{}'", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A process holds the file, but its number is not in it.
    #[error("pid file '{}' holds no process number: '{text}'", path.display())]
    NoNumber {
        /// The file.
        path: PathBuf,
        /// What it holds.
        text: String,
    },
    /// The process cannot be watched.
    #[error(transparent)]
    Adopt(#[from] AdoptError),
}

impl Process {
    /// The process that was started with this [`pid_file`](crate::Spawn::pid_file), perhaps by a predecessor of ours or
    /// by libvirt's daemon; nothing when it has ended.
    ///
    /// # Errors
    /// When the file cannot be read, or the process not be watched.
    pub fn of_pid_file(path: &Path) -> Result<Option<Self>, PidFileError> {
        let failed = |source| PidFileError::File {
            path: path.to_owned(),
            source,
        };
        if !is_locked(path).map_err(failed)? {
            return Ok(None);
        }
        let text = fs::read_to_string(path).map_err(failed)?;
        let pid = text.trim().parse().ok().and_then(number);
        let pid = pid.ok_or_else(|| PidFileError::NoNumber {
            path: path.to_owned(),
            text: text.trim().to_owned(),
        })?;
        let Ok(started) = start_time(pid) else {
            return Ok(None);
        };
        let process = match Self::adopt(pid.as_raw_nonzero().get(), started) {
            Ok(process) => process,
            Err(AdoptError::Gone(_) | AdoptError::Another { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // The number was right all the time only if the lock is still held.
        Ok(is_locked(path).map_err(failed)?.then_some(process))
    }
}

/// Whether a process holds the file's lock. Asking takes the lock for a moment where nobody does.
fn is_locked(path: &Path) -> io::Result<bool> {
    let file = match File::options().read(true).write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(false),
        Err(Errno::AGAIN | Errno::ACCESS) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
