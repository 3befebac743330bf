//! One instance of a driver per layout, daemon or embedded: the lock file, which also holds the
//! process number.
//!
//! It is the C daemon's: a record lock on the first byte, and the number as text. So either
//! notices the other.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, fcntl};
use nix::libc;

/// The proof that this process is the only one on its layout. Dropping it removes the file.
///
/// The lock is the process's: within one process it excludes nobody.
#[derive(Debug)]
pub struct Instance {
    path: PathBuf,
    /// The lock lives as long as this is open, and ends with *any* descriptor of the file in
    /// this process: nobody else may open it.
    _file: File,
}

/// Why the lock could not be had.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// Another process holds it.
    #[error("another instance{} holds the lock '{}': stop it, or use another root", process(*pid), path.display())]
    AlreadyRunning {
        /// The lock file.
        path: PathBuf,
        /// The process number in the file.
        pid: Option<i32>,
    },
    /// The file cannot be made or locked.
    #[error("cannot lock '{}'", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
}

fn process(pid: Option<i32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

impl Instance {
    /// Takes the lock and writes our number.
    ///
    /// # Errors
    ///
    /// When another process holds it, or the file cannot be made.
    pub fn acquire(path: &Path) -> Result<Self, InstanceError> {
        let failed = |source| InstanceError::Lock {
            path: path.to_owned(),
            source,
        };
        loop {
            let mut file = open(path).map_err(failed)?;
            match fcntl(&file, FcntlArg::F_SETLK(&first_byte())) {
                Ok(_) => {}
                Err(Errno::EACCES | Errno::EAGAIN) => {
                    let pid = read_number(&mut file);
                    return Err(InstanceError::AlreadyRunning {
                        path: path.to_owned(),
                        pid,
                    });
                }
                Err(errno) => return Err(failed(errno.into())),
            }
            // The holder removes the file before it lets go of the lock: then ours is a lock on
            // a file that nobody else will ever find.
            if is_at(&file, path) {
                write_number(&mut file).map_err(failed)?;
                return Ok(Instance {
                    path: path.to_owned(),
                    _file: file,
                });
            }
        }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the two constants are small"
)]
fn first_byte() -> libc::flock {
    libc::flock {
        l_type: libc::F_WRLCK as libc::c_short,
        l_whence: libc::SEEK_SET as libc::c_short,
        l_start: 0,
        l_len: 1,
        l_pid: 0,
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(there)) = (file.metadata(), std::fs::metadata(path)) else {
        return false;
    };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

fn read_number(file: &mut File) -> Option<i32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_number(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(
        rustix::process::getpid()
            .as_raw_nonzero()
            .to_string()
            .as_bytes(),
    )
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::process::{Command, Stdio};

    use super::{Instance, InstanceError};

    #[test]
    fn the_file_holds_the_number_and_is_gone_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("virtqemud.pid");
        let instance = Instance::acquire(&path).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            std::process::id().to_string()
        );
        drop(instance);
        assert!(!path.exists());
    }

    #[test]
    fn what_a_dead_daemon_left_is_no_obstacle() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("virtqemud.pid");
        std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), b"99999999").unwrap();
        let _instance = Instance::acquire(&path).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            std::process::id().to_string()
        );
    }

    /// A record lock belongs to a process, so that another one has to hold it: this test's program
    /// with a file to lock in its environment.
    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the crate that starts programs stands above"
    )]
    fn another_instance_is_named() {
        if let Some(path) = std::env::var_os("LOCK_THIS") {
            let _held = Instance::acquire(path.as_ref()).unwrap();
            eprintln!("locked");
            assert_eq!(std::io::stdin().read(&mut [0]).unwrap(), 0);
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("virtqemud.pid");
        let mut holder = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "instance::tests::another_instance_is_named",
                "--nocapture",
            ])
            .env("LOCK_THIS", &path)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut word = [0; 6];
        holder
            .stderr
            .as_mut()
            .unwrap()
            .read_exact(&mut word)
            .unwrap();
        assert_eq!(&word, b"locked");

        let error = Instance::acquire(&path).unwrap_err();
        let pid = i32::try_from(holder.id()).ok();
        assert!(
            matches!(error, InstanceError::AlreadyRunning { pid: found, .. } if found == pid),
            "{error}"
        );
        drop(holder.stdin.take());
        assert!(holder.wait().unwrap().success());
        Instance::acquire(&path).unwrap();
    }
}
