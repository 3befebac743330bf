//! Why a VM has no share of a cache or of memory bandwidth.

use std::io;
use std::path::PathBuf;

use protocol::error::Code;

/// Why a VM has no share of a cache or of memory bandwidth.
#[derive(Debug, thiserror::Error)]
pub enum ResourceError {
    /// The kernel shows no resource groups.
    #[error(
        "Resource control is not supported on this host: mount resctrl at /sys/fs/resctrl, or leave <cachetune> and \
         <memorytune> out"
    )]
    NotAvailable,
    /// The cache cannot be shared.
    #[error("cache {place} of level {level} cannot be shared on this host")]
    NoCache {
        /// Its level.
        level: u32,
        /// Its number.
        place: u32,
    },
    /// The size fits no number of parts.
    #[error("{bytes} bytes are no share of the cache: it has {least} or more, in steps of {step}")]
    CacheStep {
        /// What is wanted.
        bytes: u64,
        /// The least.
        least: u64,
        /// The size of a part.
        step: u64,
    },
    /// Others have it.
    #[error(
        "Not enough room for allocation of {bytes} bytes for level {level} cache {place}: free some of the group of \
         everybody (/sys/fs/resctrl/schemata)"
    )]
    CacheLeft {
        /// What is wanted.
        bytes: u64,
        /// The cache's level.
        level: u32,
        /// Its number.
        place: u32,
    },
    /// The memory bandwidth cannot be shared.
    #[error("memory bandwidth of node {place} cannot be shared on this host")]
    NoBandwidth {
        /// The node.
        place: u32,
    },
    /// The percentage fits no number of steps.
    #[error(
        "{percent} % is no share of memory bandwidth: it has {least} or more, in steps of {step}"
    )]
    BandwidthStep {
        /// What is wanted.
        percent: u64,
        /// The least.
        least: u64,
        /// The step.
        step: u64,
    },
    /// Others have it.
    #[error(
        "Not enough room for allocation of {percent} % of bandwidth of node {place}: {left} % are left"
    )]
    BandwidthLeft {
        /// What is wanted.
        percent: u64,
        /// The node.
        place: u32,
        /// What nobody has.
        left: u64,
    },
    /// Others cannot be kept from allocating.
    #[error("Cannot lock '{}'", path.display())]
    Lock {
        /// The directory.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A group cannot be made.
    #[error("cannot make the resource group '{}'", path.display())]
    Make {
        /// Its directory.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("cannot read '{}'", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("'{}' cannot be understood", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// The kernel does not take a value.
    #[error("cannot write '{value}' to '{}': its last_cmd_status says why", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The value.
        value: String,
        /// What the kernel said.
        source: io::Error,
    },
}

impl ResourceError {
    /// The public error number.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::NotAvailable
            | Self::NoCache { .. }
            | Self::CacheStep { .. }
            | Self::CacheLeft { .. }
            | Self::NoBandwidth { .. }
            | Self::BandwidthStep { .. }
            | Self::BandwidthLeft { .. } => Code::ConfigUnsupported,
            Self::Malformed { .. } => Code::InternalError,
            Self::Lock { .. } | Self::Make { .. } | Self::Read { .. } | Self::Write { .. } => {
                Code::SystemError
            }
        }
    }
}
