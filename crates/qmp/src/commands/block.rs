//! Block devices and their nodes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::command::{Empty, command};

/// Makes a block node (QMP: `blockdev-add`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct BlockdevAdd(
    /// Its properties: `driver`, `node-name` and whatever the driver takes.
    pub Map<String, Value>,
);

impl crate::Command for BlockdevAdd {
    type Ret = Empty;
    const NAME: &'static str = "blockdev-add";
}

command! {
    /// Removes a block node (QMP: `blockdev-del`).
    BlockdevDel = "blockdev-del" {
        /// The node.
        node_name: String,
    } -> Empty
}
command! {
    /// Takes the medium out (QMP: `eject`).
    Eject = "eject" {
        /// The device's QOM path or id.
        id: String,
        /// Also when the guest has locked it.
        force: bool,
    } -> Empty
}
command! {
    /// Puts a medium in (QMP: `blockdev-insert-medium`).
    BlockdevInsertMedium = "blockdev-insert-medium" {
        /// The device's QOM path or id.
        id: String,
        /// The node.
        node_name: String,
    } -> Empty
}
command! {
    /// The block devices (QMP: `query-block`).
    QueryBlock = "query-block" -> Vec<BlockInfo>
}

/// The block nodes (QMP: `query-named-block-nodes`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QueryNamedBlockNodes {
    /// Without the chains of backing images.
    pub flat: bool,
}

impl crate::Command for QueryNamedBlockNodes {
    type Ret = Vec<BlockDeviceInfo>;
    const NAME: &'static str = "query-named-block-nodes";
}

/// A block device (QMP: `BlockInfo`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BlockInfo {
    /// Its old-style name; empty for one made with `-blockdev`.
    pub device: String,
    /// The device model's QOM path or id.
    pub qdev: Option<String>,
    /// Whether the guest has locked the medium in.
    #[serde(default)]
    pub locked: bool,
    /// Whether the medium can be changed.
    #[serde(default)]
    pub removable: bool,
    /// Whether the tray is out, for those that have one.
    pub tray_open: Option<bool>,
    /// `ok`, `failed` or `nospace`.
    #[serde(rename = "io-status")]
    pub io_status: Option<String>,
    /// The medium.
    pub inserted: Option<BlockDeviceInfo>,
}

/// A block node (QMP: `BlockDeviceInfo`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BlockDeviceInfo {
    /// Its file.
    pub file: String,
    /// Its name.
    #[serde(rename = "node-name")]
    pub node_name: Option<String>,
    /// Whether it is read-only.
    pub ro: bool,
    /// Its driver, which is its format or protocol.
    pub drv: String,
    /// The image: sizes, format, backing chain.
    #[serde(default)]
    pub image: Map<String, Value>,
}

/// What the block devices have done (QMP: `query-blockstats`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct QueryBlockStats {
    /// Of the nodes, not of the devices.
    pub query_nodes: bool,
}

impl crate::Command for QueryBlockStats {
    type Ret = Vec<BlockStats>;
    const NAME: &'static str = "query-blockstats";
}

/// What a block device has done (QMP: `BlockStats`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BlockStats {
    /// The device model's QOM path or id.
    pub qdev: Option<String>,
    /// The node that it has.
    pub node_name: Option<String>,
    /// The counters.
    pub stats: BlockDeviceStats,
}

/// Counters of a block device (QMP: `BlockDeviceStats`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct BlockDeviceStats {
    /// Bytes read.
    pub rd_bytes: u64,
    /// Bytes written.
    pub wr_bytes: u64,
    /// Requests to read.
    pub rd_operations: u64,
    /// Requests to write.
    pub wr_operations: u64,
    /// Requests to flush.
    pub flush_operations: u64,
    /// Time spent reading, in nanoseconds.
    pub rd_total_time_ns: u64,
    /// Time spent writing, in nanoseconds.
    pub wr_total_time_ns: u64,
    /// Time spent flushing, in nanoseconds.
    pub flush_total_time_ns: u64,
    /// The end of what was written, in bytes.
    pub wr_highest_offset: u64,
}
