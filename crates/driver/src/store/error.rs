//! What can go wrong with files of objects.

use std::io;
use std::path::PathBuf;

use protocol::error::Code;

use crate::error::ToError;

/// Why an operation of a [`Store`](super::Store) failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was not written; what it held before is still there.
    #[error("cannot write '{path}': check the space on the disk and the directory's permissions")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
    /// The file was not removed.
    #[error("cannot remove '{path}'")]
    Remove {
        /// The file.
        path: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
    /// A damaged file of the same name could not be renamed, and it must not be lost.
    #[error("cannot set the damaged file '{path}' aside: move it away by hand")]
    SetAside {
        /// The file.
        path: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
    /// The directory exists and cannot be listed.
    #[error("cannot list '{path}'")]
    List {
        /// The directory.
        path: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
    /// A link for the start with the host could not be made or removed.
    #[error("cannot change the autostart link '{path}'")]
    Autostart {
        /// The link.
        path: PathBuf,
        /// What the kernel says.
        source: io::Error,
    },
    /// The process is ending, or the operation's thread died.
    #[error("the file operation was interrupted because the daemon is stopping; repeat it")]
    Interrupted,
}

impl ToError for StoreError {
    fn code(&self) -> Code {
        match self {
            Self::Write { .. }
            | Self::Remove { .. }
            | Self::SetAside { .. }
            | Self::List { .. }
            | Self::Autostart { .. } => Code::SystemError,
            Self::Interrupted => Code::InternalError,
        }
    }

    fn errno(&self) -> Option<i32> {
        match self {
            Self::Write { source, .. }
            | Self::Remove { source, .. }
            | Self::SetAside { source, .. }
            | Self::List { source, .. }
            | Self::Autostart { source, .. } => source.raw_os_error(),
            Self::Interrupted => None,
        }
    }
}
