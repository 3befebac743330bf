//! The memory that a group can use.

use super::setting::{Setting, Version};
use super::{ControlGroup, Controller, GroupError};

/// The size from which on there is no limit (virDomain: `VIR_DOMAIN_MEMORY_PARAM_UNLIMITED`), in KiB.
pub(crate) const UNLIMITED: u64 = (1 << 53) - 1;

/// Limits of memory in KiB. What is not said stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemoryLimits {
    /// The most.
    pub hard: Option<u64>,
    /// The most when the host is short of memory.
    pub soft: Option<u64>,
    /// The most of memory and swap together.
    pub swap_hard: Option<u64>,
}

impl MemoryLimits {
    /// Limits a group.
    ///
    /// # Errors
    /// When the host does not control memory, or the kernel refuses.
    pub fn set(self, group: &ControlGroup) -> Result<(), GroupError> {
        if self == Self::default() {
            return Ok(());
        }
        group.set(Controller::Memory, |version| self.settings(version))
    }

    fn settings(self, version: Version) -> Vec<Setting> {
        let value = |kib: u64| match kib {
            UNLIMITED.. if version == Version::One => "-1".to_owned(),
            UNLIMITED.. => "max".to_owned(),
            kib => (kib << 10).to_string(),
        };
        let (hard, soft, swap): (_, _, &[&str]) = match version {
            Version::One => (
                &["memory.limit_in_bytes"],
                &["memory.soft_limit_in_bytes"],
                &["memory.memsw.limit_in_bytes"],
            ),
            Version::Two => (&["memory.max"], &["memory.high"], &["memory.swap.max"]),
        };
        // In version 1 memory alone must never have more than memory and swap together, so that it comes first.
        let hard = self.hard.map(|kib| Setting::new(hard, value(kib)));
        let soft = self.soft.map(|kib| Setting::new(soft, value(kib)));
        let swap = self.swap(version).map(|kib| Setting::new(swap, value(kib)));
        hard.into_iter().chain(soft).chain(swap).collect()
    }

    /// Version 2 counts swap alone.
    fn swap(self, version: Version) -> Option<u64> {
        let both = self.swap_hard?;
        let memory = self.hard.filter(|_| version == Version::Two).unwrap_or(0);
        match both {
            UNLIMITED.. => Some(both),
            _ => Some(both.saturating_sub(memory)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limits: MemoryLimits, one: &[&str], two: &[&str]) {
        for (version, expected) in [(Version::One, one), (Version::Two, two)] {
            let settings = limits.settings(version);
            let found: Vec<_> = settings
                .iter()
                .map(|setting| format!("{}={}", setting.files[0], setting.value))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn limits_are_written_in_bytes() {
        let limits = MemoryLimits {
            hard: Some(4),
            soft: Some(2),
            swap_hard: Some(6),
        };
        check(
            limits,
            &[
                "memory.limit_in_bytes=4096",
                "memory.soft_limit_in_bytes=2048",
                "memory.memsw.limit_in_bytes=6144",
            ],
            &[
                "memory.max=4096",
                "memory.high=2048",
                "memory.swap.max=2048",
            ],
        );
    }

    #[test]
    fn there_is_a_size_that_is_no_limit() {
        let limits = MemoryLimits {
            hard: Some(UNLIMITED),
            ..MemoryLimits::default()
        };
        check(limits, &["memory.limit_in_bytes=-1"], &["memory.max=max"]);
    }
}
