//! Why a control group is not as it should be.

use std::io;
use std::path::PathBuf;

use protocol::error::Code;

/// Why a control group is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    /// The host does not control this.
    #[error(
        "the control group '{controller}' is not available on this host: mount it, or leave out what needs it"
    )]
    NoController {
        /// Its name in version 1.
        controller: &'static str,
    },
    /// Only root can make groups.
    #[error("<{element}> is not available in session mode: leave it out, or use qemu:///system")]
    Session {
        /// The element of the document that needs groups.
        element: &'static str,
    },
    /// The kernel was built without it.
    #[error("this kernel's control groups have no '{file}': leave out what needs it")]
    NoFile {
        /// The file that would be written.
        file: &'static str,
    },
    /// The partition is its owner's to make.
    #[error("the resource partition '{}' does not exist: make it, or name another one in <resource>", path.display())]
    NoPartition {
        /// Its directory.
        path: PathBuf,
    },
    /// No block device.
    #[error("'{path}' in <blkiotune> is no block device of this host")]
    Device {
        /// As the document has it.
        path: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// A group cannot be made.
    #[error("cannot make the control group '{}'", path.display())]
    Make {
        /// Its directory.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A group cannot be removed.
    #[error("cannot remove the control group '{}'", path.display())]
    Remove {
        /// Its directory.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A value cannot be read.
    #[error("cannot read '{}'", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The kernel does not take a value.
    #[error("cannot write '{value}' to '{}'", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What was to be written.
        value: String,
        /// What the kernel said.
        source: io::Error,
    },
}

impl GroupError {
    /// The public error number.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::NoController { .. } | Self::Session { .. } | Self::NoFile { .. } => {
                Code::ConfigUnsupported
            }
            Self::NoPartition { .. } => Code::InvalidArg,
            Self::Device { .. }
            | Self::Make { .. }
            | Self::Remove { .. }
            | Self::Read { .. }
            | Self::Write { .. } => Code::SystemError,
        }
    }
}
