//! How fast the guest dirties its memory.

use serde::Deserialize;

use crate::command::command;

command! {
    /// The last measurement (QMP: `query-dirty-rate`).
    QueryDirtyRate = "query-dirty-rate" -> DirtyRateInfo
}

/// A measurement (QMP: `DirtyRateInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DirtyRateInfo {
    /// The rate in MiB/s, of one that is done.
    pub dirty_rate: Option<i64>,
    /// Whether there is any.
    pub status: DirtyRateStatus,
    /// When it began, in seconds of the host's clock since it was booted.
    pub start_time: i64,
    /// How long it takes, in seconds.
    pub calc_time: i64,
    /// How it is done: `page-sampling`, `dirty-ring`, `dirty-bitmap`.
    pub mode: Option<String>,
}

/// Where a measurement is (QMP: `DirtyRateStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirtyRateStatus {
    /// There was none.
    Unstarted,
    /// It is under way.
    Measuring,
    /// It is done.
    Measured,
}
