//! Gluster.

use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Serialize)]
pub(crate) struct Gluster {
    pub(super) volume: String,
    pub(super) path: String,
    pub(super) server: Vec<Value>,
    pub(super) debug: u32,
}

/// How much gluster logs: libvirt's default of `gluster_debug_level`.
pub(super) const GLUSTER_DEBUG: u32 = 4;
