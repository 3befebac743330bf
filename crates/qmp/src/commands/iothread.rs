//! Threads that do the guest's input and output.

use serde::Deserialize;

use crate::command::command;

command! {
    /// The I/O threads (QMP: `query-iothreads`).
    QueryIothreads = "query-iothreads" -> Vec<IothreadInfo>
}

/// An I/O thread (QMP: `IOThreadInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct IothreadInfo {
    /// The object's name.
    pub id: String,
    /// The thread's number on the host.
    pub thread_id: i32,
    /// How long it polls at most, in nanoseconds.
    #[serde(default)]
    pub poll_max_ns: u64,
    /// By what the time of polling grows; 0 leaves it to QEMU.
    #[serde(default)]
    pub poll_grow: u64,
    /// By what the time of polling shrinks; 0 leaves it to QEMU.
    #[serde(default)]
    pub poll_shrink: u64,
}
