//! One daemon per layout: the lock file, which also holds the process number.
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

use crate::failure::StartError;

/// The proof that this daemon is the only one. Dropping it removes the file.
#[derive(Debug)]
pub(crate) struct Instance {
    path: PathBuf,
    /// The lock lives as long as this is open, and ends with *any* descriptor of the file in
    /// this process: nobody else may open it.
    _file: File,
}

impl Instance {
    /// Takes the lock and writes our number.
    pub(crate) fn acquire(path: &Path) -> Result<Self, StartError> {
        let failed = |source| StartError::Lock {
            path: path.to_owned(),
            source,
        };
        loop {
            let mut file = open(path).map_err(failed)?;
            match fcntl(&file, FcntlArg::F_SETLK(&first_byte())) {
                Ok(_) => {}
                Err(Errno::EACCES | Errno::EAGAIN) => {
                    let pid = read_number(&mut file);
                    return Err(StartError::AlreadyRunning {
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
    use super::{Instance, StartError};
    use process::{Program, Spawn, Stdio};
    use std::io::Read;

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
    #[tokio::test]
    async fn another_daemon_is_named() {
        if let Some(path) = std::env::var_os("LOCK_THIS") {
            let _held = Instance::acquire(path.as_ref()).unwrap();
            eprintln!("locked");
            assert_eq!(std::io::stdin().read(&mut [0]).unwrap(), 0);
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("virtqemud.pid");
        let (mut ready, stderr) = std::io::pipe().unwrap();
        let (stdin, done) = std::io::pipe().unwrap();
        let mut spawn = Spawn::new(Program::Emulator(std::env::current_exe().unwrap()));
        spawn.args([
            "--exact",
            "instance::tests::another_daemon_is_named",
            "--nocapture",
        ]);
        spawn.env("LOCK_THIS", &path);
        spawn
            .stdin(Stdio::Fd(stdin.into()))
            .stderr(Stdio::Fd(stderr.into()));
        let holder = spawn.spawn().unwrap();
        let mut word = [0; 6];
        ready.read_exact(&mut word).unwrap();
        assert_eq!(&word, b"locked");

        let error = Instance::acquire(&path).unwrap_err();
        let pid = Some(holder.pid());
        assert!(
            matches!(error, StartError::AlreadyRunning { pid: found, .. } if found == pid),
            "{error}"
        );
        drop(done);
        assert!(holder.wait().await.unwrap().success());
        Instance::acquire(&path).unwrap();
    }
}
