//! Passwords of remote displays.

use serde::Serialize;

use crate::command::{Empty, command};

/// Sets the password of a display (QMP: `set_password`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetPassword {
    /// Whose it is.
    pub protocol: DisplayProtocol,
    /// The password.
    pub password: String,
    /// What becomes of those who are connected; QEMU keeps them unless told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected: Option<SetPasswordAction>,
}

impl crate::Command for SetPassword {
    type Ret = Empty;
    const NAME: &'static str = "set_password";
}

command! {
    /// Says when the password of a display ends (QMP: `expire_password`).
    ExpirePassword = "expire_password" {
        /// Whose it is.
        protocol: DisplayProtocol,
        /// `now`, `never`, or seconds since 1970 in UTC.
        time: String,
    } -> Empty
}

/// A display with a password (QMP: `DisplayProtocol`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are QEMU's")]
pub enum DisplayProtocol {
    Vnc,
    Spice,
}

/// What becomes of those who are connected when the password changes (QMP: `SetPasswordAction`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are QEMU's")]
pub enum SetPasswordAction {
    Keep,
    Fail,
    Disconnect,
}
