//! Descriptors handed to QEMU while it runs. `GetFd` and `AddFd` are sent with
//! [`Monitor::submit_with_fds`](crate::Monitor::submit_with_fds).

use serde::{Deserialize, Serialize};

use crate::command::{Empty, command};

command! {
    /// Keeps the descriptor under a name (QMP: `getfd`).
    GetFd = "getfd" {
        /// The name.
        fdname: String,
    } -> Empty
}
command! {
    /// Closes the descriptor with that name (QMP: `closefd`).
    CloseFd = "closefd" {
        /// The name.
        fdname: String,
    } -> Empty
}

/// Adds the descriptor to a set (QMP: `add-fd`), to be opened as `/dev/fdset/N`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AddFd {
    /// The set; a new one when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fdset_id: Option<u32>,
    /// A text that is kept with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opaque: Option<String>,
}

impl crate::Command for AddFd {
    type Ret = AddFdInfo;
    const NAME: &'static str = "add-fd";
}

/// Removes descriptors from a set (QMP: `remove-fd`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RemoveFd {
    /// The set.
    pub fdset_id: u32,
    /// The descriptor; all of the set when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fd: Option<i32>,
}

impl crate::Command for RemoveFd {
    type Ret = Empty;
    const NAME: &'static str = "remove-fd";
}

/// Where it was added (QMP: `AddfdInfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AddFdInfo {
    /// The set.
    pub fdset_id: u32,
    /// The descriptor's number inside QEMU.
    pub fd: i32,
}
