//! Where the kernel's files are.

use std::io;
use std::path::{Path, PathBuf};

use crate::error::HostError;

/// The directory that holds `proc`, `sys`, `dev` and `etc`: `/` but in tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root(PathBuf);

impl Default for Root {
    fn default() -> Self {
        Root(PathBuf::from("/"))
    }
}

impl Root {
    /// Another directory in place of `/`.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Root(dir.into())
    }

    /// A path below it.
    #[must_use]
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        let relative = relative.as_ref();
        self.0.join(relative.strip_prefix("/").unwrap_or(relative))
    }

    /// The content of a file. Names and such need not be text; what is none is replaced.
    pub(crate) fn read(&self, relative: impl AsRef<Path>) -> Result<String, HostError> {
        let path = self.path(relative);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(source) => Err(HostError::Read { path, source }),
        }
    }

    /// The content of a file that may be missing, without its line end.
    pub(crate) fn optional(&self, relative: impl AsRef<Path>) -> Option<String> {
        self.read(relative).ok().map(|text| text.trim().to_owned())
    }

    /// A number in a file that may be missing.
    pub(crate) fn number<T: std::str::FromStr>(&self, relative: impl AsRef<Path>) -> Option<T> {
        self.optional(relative)?.parse().ok()
    }

    /// The names in a directory that may be missing, sorted.
    pub(crate) fn names(&self, relative: impl AsRef<Path>) -> Vec<String> {
        let read = || -> io::Result<Vec<String>> {
            let entries = std::fs::read_dir(self.path(relative))?;
            entries
                .map(|e| Ok(e?.file_name().to_string_lossy().into_owned()))
                .collect()
        };
        let mut names = read().unwrap_or_default();
        names.sort();
        names
    }

    /// The numbers behind a prefix among the names in a directory (`node0`, `node1` …), sorted.
    pub(crate) fn numbered(&self, relative: impl AsRef<Path>, prefix: &str) -> Vec<u32> {
        let names = self.names(relative);
        let mut numbers: Vec<u32> = names
            .iter()
            .filter_map(|n| n.strip_prefix(prefix)?.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers
    }

    /// That a file holds no such thing.
    pub(crate) fn malformed(&self, relative: impl AsRef<Path>, what: &'static str) -> HostError {
        HostError::Malformed {
            path: self.path(relative),
            what,
        }
    }
}
