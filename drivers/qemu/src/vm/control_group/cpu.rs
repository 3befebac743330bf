//! CPU time: shares against others, and quotas of a period.

use super::setting::{Setting, Version};
use super::{ControlGroup, Controller, GroupError};

/// Limits of CPU time. What is not said stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CpuLimits {
    /// The share against other groups.
    pub shares: Option<u64>,
    /// The period in microseconds.
    pub period: Option<u64>,
    /// The time in each period, in microseconds; negative is no limit.
    pub quota: Option<i64>,
}

impl CpuLimits {
    /// Limits a group.
    ///
    /// # Errors
    /// When the host does not control CPU time, or the kernel refuses.
    pub fn set(self, group: &ControlGroup) -> Result<(), GroupError> {
        if self == Self::default() {
            return Ok(());
        }
        group.set(Controller::Cpu, |version| self.settings(version))
    }

    fn settings(self, version: Version) -> Vec<Setting> {
        let mut settings = Vec::new();
        match version {
            Version::One => {
                let shares = self.shares.map(|it| Setting::new(&["cpu.shares"], it));
                // The period first: a quota must not be larger than the kernel allows for the old one.
                let period = self
                    .period
                    .map(|it| Setting::new(&["cpu.cfs_period_us"], it));
                let quota = |quota: i64| Setting::new(&["cpu.cfs_quota_us"], quota.max(-1));
                settings.extend(shares.into_iter().chain(period));
                settings.extend(self.quota.map(quota));
            }
            Version::Two => {
                settings.extend(self.shares.map(|it| Setting::new(&["cpu.weight"], it)));
                settings.extend(self.maximum().map(|it| Setting::new(&["cpu.max"], it)));
            }
        }
        settings
    }

    /// Quota and period in one, as version 2 has them. The kernel's own period is 100 ms.
    fn maximum(self) -> Option<String> {
        let quota = match self.quota {
            Some(quota) if quota >= 0 => quota.to_string(),
            _ => "max".to_owned(),
        };
        match (self.quota, self.period) {
            (None, None) => None,
            (_, Some(period)) => Some(format!("{quota} {period}")),
            (Some(_), None) => Some(quota),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limits: CpuLimits, one: &[(&str, &str)], two: &[(&str, &str)]) {
        for (version, expected) in [(Version::One, one), (Version::Two, two)] {
            let settings = limits.settings(version);
            let found: Vec<_> = settings
                .iter()
                .map(|setting| (setting.files[0], setting.value.as_str()))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn each_version_has_its_files() {
        let limits = CpuLimits {
            shares: Some(2048),
            period: Some(50_000),
            quota: Some(20_000),
        };
        check(
            limits,
            &[
                ("cpu.shares", "2048"),
                ("cpu.cfs_period_us", "50000"),
                ("cpu.cfs_quota_us", "20000"),
            ],
            &[("cpu.weight", "2048"), ("cpu.max", "20000 50000")],
        );
    }

    #[test]
    fn a_negative_quota_is_none() {
        let limits = CpuLimits {
            quota: Some(-17),
            ..CpuLimits::default()
        };
        check(limits, &[("cpu.cfs_quota_us", "-1")], &[("cpu.max", "max")]);
        check(CpuLimits::default(), &[], &[]);
    }
}
