//! Character devices.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::command::{Empty, command};

command! {
    /// The character devices (QMP: `query-chardev`).
    QueryChardev = "query-chardev" -> Vec<ChardevInfo>
}
command! {
    /// Makes a character device (QMP: `chardev-add`).
    ChardevAdd = "chardev-add" {
        /// Its id.
        id: String,
        /// `type` and `data` (QMP: `ChardevBackend`).
        backend: Map<String, Value>,
    } -> ChardevReturn
}
command! {
    /// Removes a character device (QMP: `chardev-remove`).
    ChardevRemove = "chardev-remove" {
        /// Its id.
        id: String,
    } -> Empty
}

/// A character device (QMP: `ChardevInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChardevInfo {
    /// Its id.
    pub label: String,
    /// What it is connected to, such as `pty:/dev/pts/3`.
    pub filename: String,
    /// Whether the guest has its side open.
    pub frontend_open: bool,
}

/// What was made (QMP: `ChardevReturn`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChardevReturn {
    /// The pseudo-terminal, if it is one.
    pub pty: Option<String>,
}
