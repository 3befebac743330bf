//! Network backends.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::command::{Empty, command};

/// Makes a network backend (QMP: `netdev_add`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct NetdevAdd(
    /// Its properties: `type`, `id` and whatever the type takes.
    pub Map<String, Value>,
);

impl crate::Command for NetdevAdd {
    type Ret = Empty;
    const NAME: &'static str = "netdev_add";
}

command! {
    /// Removes a network backend (QMP: `netdev_del`).
    NetdevDel = "netdev_del" {
        /// Its id.
        id: String,
    } -> Empty
}
command! {
    /// Plugs or pulls the cable (QMP: `set_link`).
    SetLink = "set_link" {
        /// The device or backend.
        name: String,
        /// Whether the link is up.
        up: bool,
    } -> Empty
}
