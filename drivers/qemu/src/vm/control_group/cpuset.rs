//! The CPUs that threads run on, and the nodes that their memory is on.

use std::fs;
use std::path::Path;

use super::setting::{Setting, Version};
use super::{ControlGroup, Controller, GroupError, write};

/// What a new group of version 1 has none of, though no thread can be without.
const FILES: [&str; 2] = ["cpuset.cpus", "cpuset.mems"];

/// The CPUs and nodes of a group: lists such as `0-3,8`. What is not said stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CpuPlaces {
    /// The host's CPUs (kernel: cpuset.cpus).
    pub cpus: Option<String>,
    /// The host's NUMA nodes (kernel: cpuset.mems).
    pub nodes: Option<String>,
}

impl CpuPlaces {
    /// Places a group.
    ///
    /// # Errors
    /// When the host cannot place groups, or has no such CPUs or nodes.
    pub fn set(&self, group: &ControlGroup) -> Result<(), GroupError> {
        if *self == Self::default() {
            return Ok(());
        }
        group.set(Controller::Cpuset, |version| self.settings(version))
    }

    fn settings(&self, version: Version) -> Vec<Setting> {
        let cpus = self.cpus.iter();
        let cpus = cpus.map(|cpus| Setting::new(&["cpuset.cpus"], cpus));
        let nodes = self.nodes.iter();
        let nodes = nodes.map(|nodes| Setting::new(&["cpuset.mems"], nodes));
        // Memory that is there already moves with the nodes; version 2 always does so.
        let moves = self.nodes.is_some() && version == Version::One;
        let moves = moves.then(|| Setting::new(&["cpuset.memory_migrate"], 1));
        moves.into_iter().chain(cpus).chain(nodes).collect()
    }
}

/// Gives a new group of version 1 what the one above has.
pub(super) fn inherit(directory: &Path) -> Result<(), GroupError> {
    let Some(above) = directory.parent() else {
        return Ok(());
    };
    for file in FILES {
        let read = |directory: &Path| {
            let path = directory.join(file);
            let text = fs::read_to_string(&path);
            text.map_err(|source| GroupError::Read { path, source })
        };
        if read(directory)?.trim().is_empty() {
            write(&directory.join(file), read(above)?.trim())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_follows_its_nodes() {
        let places = CpuPlaces {
            cpus: Some("0-1".to_owned()),
            nodes: Some("1".to_owned()),
        };
        let files = |version| -> Vec<_> {
            let settings = places.settings(version);
            settings.iter().map(|setting| setting.files[0]).collect()
        };
        assert_eq!(files(Version::Two), FILES);
        let migrated = ["cpuset.memory_migrate", "cpuset.cpus", "cpuset.mems"];
        assert_eq!(files(Version::One), migrated);
    }
}
