//! What is written into which file of a group.

use std::path::{Path, PathBuf};

use host::cgroup::Hierarchy;

use super::GroupError;

/// The kernel's two interfaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// One hierarchy per controller (the kernel's cgroup-v1/).
    One,
    /// One hierarchy for all (the kernel's cgroup-v2.rst).
    Two,
}

impl Version {
    pub(super) fn of(hierarchy: &Hierarchy) -> Self {
        match hierarchy.unified {
            true => Self::Two,
            false => Self::One,
        }
    }

    /// The file that takes the numbers of threads.
    pub(super) fn threads_file(self) -> &'static str {
        match self {
            Self::One => "tasks",
            Self::Two => "cgroup.threads",
        }
    }
}

/// A value for the first of some files that the kernel has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) files: &'static [&'static str],
    pub(super) value: String,
}

impl Setting {
    pub(super) fn new(files: &'static [&'static str], value: impl ToString) -> Self {
        let value = value.to_string();
        Self { files, value }
    }

    pub(super) fn file_in(&self, directory: &Path) -> Result<PathBuf, GroupError> {
        let mut paths = self.files.iter().map(|file| directory.join(file));
        paths.find(|path| path.exists()).ok_or_else(|| {
            let file = self.files.first().copied().unwrap_or_default();
            GroupError::NoFile { file }
        })
    }
}
