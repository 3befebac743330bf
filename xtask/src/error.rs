//! Why a tool stopped.

use std::path::{Path, PathBuf};
use std::process::ExitStatus;

/// What went wrong, on what, and where it matters what to do about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("unknown task '{0}'; `cargo xtask help` lists them")]
    UnknownTask(String),
    #[error("cannot start `{command}`: {source}")]
    Start {
        command: String,
        source: std::io::Error,
    },
    #[error("`{command}` failed ({status}){}{complaint}", if complaint.is_empty() { "" } else { ": " })]
    Failed {
        command: String,
        status: ExitStatus,
        complaint: String,
    },
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{}: {source}", path.display())]
    Toml {
        path: PathBuf,
        source: toml::de::Error,
    },
    #[error("{}: {source}", path.display())]
    Schema {
        path: PathBuf,
        source: roxmltree::Error,
    },
    #[error("`cargo metadata` gives no metadata: {0}")]
    Metadata(#[source] serde_json::Error),
    #[error("{}: not a kernel module: {reason}", path.display())]
    Elf { path: PathBuf, reason: &'static str },
    #[error("the module {0} needs itself")]
    ModuleCycle(String),
    #[error(
        "{system} is not of the Debian family: install {missing} with its own package manager, \
         then run this again"
    )]
    NotDebian { system: String, missing: String },
    #[error("no Debian archive is configured in {}", place.display())]
    NoDebianSource { place: PathBuf },
    #[error("the archive has no kernel package {0}; the test guest is made for Debian's archive")]
    NoKernel(&'static str),
    #[error(
        "the archive has no package {0}: check the machine's sources with `apt-cache policy {0}`"
    )]
    NoPackage(&'static str),
    #[error(
        "/etc/os-release names no release: guests of other architectures come from the same one"
    )]
    NoRelease,
    #[error("{} is linked dynamically, but the guest has no loader", .0.display())]
    NotStatic(PathBuf),
    #[error("{count} of {total} steps failed: {names}")]
    StepsFailed {
        count: usize,
        total: usize,
        names: String,
    },
    #[error("{0} findings")]
    Findings(usize),
}

impl Error {
    /// For `map_err`: names the file.
    pub(crate) fn file(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_owned();
        move |source| Self::File { path, source }
    }
}
