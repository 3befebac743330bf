//! What of the host a command line depends on.

use std::collections::BTreeSet;
use std::path::PathBuf;

use documents::domain::SmbiosInfo;

use crate::domain::{MemoryError, directory_name};

/// The host, as far as arguments name what it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The directory for files that hold the guest's memory.
    pub memory_dir: PathBuf,
    /// The size of an ordinary page in KiB.
    pub page_kib: u64,
    /// The directories of huge pages, one for each size that is mounted.
    pub huge_pages: Vec<HugePageDir>,
    /// The host's NUMA nodes.
    pub nodes: BTreeSet<u32>,
    /// The nodes that the host's NUMA daemon advises, where it was asked.
    pub advised_nodes: Option<BTreeSet<u32>>,
    /// What the host's firmware says of the machine, if that can be read.
    pub smbios: Option<SmbiosInfo>,
}

/// A directory whose files are made of huge pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HugePageDir {
    /// Their size in KiB.
    pub kib: u64,
    /// Whether pages have this size when nobody says otherwise.
    pub is_default: bool,
    /// The directory of guests in it.
    pub path: PathBuf,
}

impl Surroundings {
    /// The same with directories of one guest's own: `3-web`.
    #[must_use]
    pub fn of_guest(&self, id: i32, name: &str) -> Self {
        let directory = directory_name(id, name);
        let own = directory.strip_prefix("domain-").unwrap_or(&directory);
        let mut surroundings = self.clone();
        surroundings.memory_dir.push(own);
        for dir in &mut surroundings.huge_pages {
            dir.path.push(own);
        }
        surroundings
    }

    /// The size in KiB of huge pages that nobody has named.
    ///
    /// # Errors
    /// When the host has none.
    pub(super) fn default_huge_page(&self) -> Result<u64, MemoryError> {
        let default = self.huge_pages.iter().find(|dir| dir.is_default);
        let dir = default.or_else(|| self.huge_pages.first());
        dir.map(|dir| dir.kib).ok_or(MemoryError::NoHugePages)
    }

    /// The directory for huge pages of this size.
    ///
    /// # Errors
    /// When the host has none.
    pub(super) fn huge_page_path(&self, kib: u64) -> Result<PathBuf, MemoryError> {
        if self.huge_pages.is_empty() {
            return Err(MemoryError::NoHugePages);
        }
        let dir = self.huge_pages.iter().find(|dir| dir.kib == kib);
        dir.map(|dir| dir.path.clone())
            .ok_or(MemoryError::NoPagesOfSize { kib })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_by_their_size() {
        let dir = |kib, is_default| HugePageDir {
            kib,
            is_default,
            path: PathBuf::from(format!("/huge/{kib}")),
        };
        let host = Surroundings {
            huge_pages: vec![dir(1 << 20, false), dir(2048, true)],
            ..Surroundings::default()
        };
        assert_eq!(host.default_huge_page().unwrap(), 2048);
        assert_eq!(
            host.huge_page_path(1 << 20).unwrap(),
            PathBuf::from("/huge/1048576")
        );
        assert!(matches!(
            host.huge_page_path(64),
            Err(MemoryError::NoPagesOfSize { kib: 64 })
        ));
        assert!(matches!(
            Surroundings::default().default_huge_page(),
            Err(MemoryError::NoHugePages)
        ));
        assert!(matches!(
            Surroundings::default().huge_page_path(2048),
            Err(MemoryError::NoHugePages)
        ));
    }
}
