//! Why something about the host is not known.

use std::io;
use std::path::PathBuf;

/// Why a snapshot could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// A file of the kernel cannot be read: `/proc` or `/sys` is not mounted or not permitted.
    #[error("cannot read '{}'", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A file of the kernel does not look as expected.
    #[error("'{}' holds no {what}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// The user database cannot be asked.
    #[error("cannot look up {what} '{name}'")]
    Lookup {
        /// User or group.
        what: &'static str,
        /// Its name or number.
        name: String,
        /// What the system said.
        source: io::Error,
    },
}
