//! The memory balloon.

use serde::Deserialize;

use crate::command::{Empty, command};

command! {
    /// How much memory the guest has now (QMP: `query-balloon`).
    QueryBalloon = "query-balloon" -> BalloonInfo
}
command! {
    /// Asks the guest to keep this much memory (QMP: `balloon`).
    Balloon = "balloon" {
        /// In bytes.
        value: u64,
    } -> Empty
}

/// The balloon (QMP: `BalloonInfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct BalloonInfo {
    /// What the guest has, in bytes.
    pub actual: u64,
}
