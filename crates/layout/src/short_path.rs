//! Unix sockets below directories of any depth.
//!
//! A socket address holds 107 bytes of path (`unix(7)`). A longer path is reached through a
//! descriptor of its directory: `/proc/self/fd/N/NAME` names the same file in few bytes.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

/// The longest path that fits a unix socket address, without its closing NUL.
const ADDRESS_MAX: usize = 107;

/// A path that fits a socket address and names the wanted socket as long as this value lives.
#[derive(Debug)]
pub struct SocketPath {
    path: PathBuf,
    /// Keeps the number in `path` valid.
    _directory: Option<OwnedFd>,
}

/// Why a socket has no usable address.
#[derive(Debug, thiserror::Error)]
pub enum SocketPathError {
    /// The path ends in `..` or is a root.
    #[error("'{path}' does not name a socket: give a file name inside a directory")]
    NoName {
        /// The path as given.
        path: PathBuf,
    },
    /// The file name alone is too long.
    #[error("the socket name '{name}' has {length} bytes; shorten it to at most {max}")]
    NameTooLong {
        /// The last component of the path.
        name: String,
        /// Its length in bytes.
        length: usize,
        /// What the kernel has room for here.
        max: usize,
    },
    /// The directory cannot be opened.
    #[error("cannot open the socket's directory '{directory}'")]
    Directory {
        /// The directory of the socket.
        directory: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
}

impl SocketPath {
    /// Makes `path` fit a socket address. The directory must exist when the path is too long.
    pub fn new(path: &Path) -> Result<Self, SocketPathError> {
        if fits_socket_address(path) {
            return Ok(Self {
                path: path.to_owned(),
                _directory: None,
            });
        }
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(SocketPathError::NoName {
                path: path.to_owned(),
            });
        };
        let directory = open_directory(parent).map_err(|source| SocketPathError::Directory {
            directory: parent.to_owned(),
            source,
        })?;
        let base = format!("/proc/self/fd/{}", directory.as_raw_fd());
        let max = ADDRESS_MAX.saturating_sub(base.len() + 1);
        if name.len() > max {
            return Err(SocketPathError::NameTooLong {
                name: name.to_string_lossy().into_owned(),
                length: name.len(),
                max,
            });
        }
        Ok(Self {
            path: Path::new(&base).join(name),
            _directory: Some(directory),
        })
    }

    /// The path to hand to `bind` or `connect`.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        &self.path
    }
}

/// Whether a socket's address has room for `path`.
#[must_use]
pub fn fits_socket_address(path: &Path) -> bool {
    path.as_os_str().len() <= ADDRESS_MAX
}

/// A descriptor through which the files of a directory are reached, and no more.
pub fn open_directory(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

/// Binds and listens at `path`, however long it is. A file that is there already is an error.
pub fn listen(path: &Path) -> io::Result<UnixListener> {
    UnixListener::bind(short(path)?.as_path())
}

/// Connects to the socket at `path`, however long it is.
pub fn connect(path: &Path) -> io::Result<UnixStream> {
    UnixStream::connect(short(path)?.as_path())
}

fn short(path: &Path) -> io::Result<SocketPath> {
    SocketPath::new(path).map_err(|error| match error {
        SocketPathError::Directory { source, .. } => source,
        other => io::Error::new(io::ErrorKind::InvalidInput, other),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};

    use super::*;

    fn deep(root: &Path) -> PathBuf {
        let directory = (0..20).fold(root.to_owned(), |dir, _| dir.join("a-rather-long-name"));
        fs::create_dir_all(&directory).unwrap();
        directory
    }

    #[test]
    fn a_short_path_stays_as_it_is() {
        let path = Path::new("/run/libvirt/virtqemud-sock");
        assert_eq!(SocketPath::new(path).unwrap().as_path(), path);
    }

    #[test]
    fn sockets_work_below_any_depth() {
        let root = tempfile::tempdir().unwrap();
        let path = deep(root.path()).join("virtqemud-sock");
        assert!(path.as_os_str().len() > ADDRESS_MAX);
        let listener = listen(&path).unwrap();
        let mut client = connect(&path).unwrap();
        client.write_all(b"hello").unwrap();
        drop(client);
        let mut text = String::new();
        listener
            .accept()
            .unwrap()
            .0
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "hello");
        assert!(path.exists());
    }

    #[test]
    fn a_name_too_long_is_told_with_the_limit() {
        let root = tempfile::tempdir().unwrap();
        let path = deep(root.path()).join("n".repeat(100));
        let error = SocketPath::new(&path).unwrap_err();
        assert!(
            matches!(error, SocketPathError::NameTooLong { length: 100, .. }),
            "{error}"
        );
    }

    #[test]
    fn a_missing_directory_is_named() {
        let path = PathBuf::from(format!("/nonexistent/{}", "x/".repeat(60))).join("s");
        let error = SocketPath::new(&path).unwrap_err();
        assert!(
            matches!(error, SocketPathError::Directory { .. }),
            "{error}"
        );
    }
}
