//! The monitor for people.

use serde::Serialize;

/// A line for the human monitor; the answer is its text (QMP: `human-monitor-command`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HumanMonitorCommand {
    /// The line.
    pub command_line: String,
    /// The processor that the line is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_index: Option<u32>,
}

impl crate::Command for HumanMonitorCommand {
    type Ret = String;
    const NAME: &'static str = "human-monitor-command";
}
