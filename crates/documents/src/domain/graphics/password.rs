//! The password that a client of a display gives.

use xml::{Xml, XmlEnum};

use crate::UtcTime;

/// A password and what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GraphicsPassword {
    /// What clients have to know; shown only to who asks for secrets.
    #[xml(
        attribute,
        since = "0.1.10",
        absent = "the driver's configuration decides; as a rule, there is none"
    )]
    pub passwd: Option<String>,
    /// When it ceases to be valid, in UTC.
    #[xml(
        attribute,
        fault = "Internal",
        since = "0.8.6",
        absent = "it does not end"
    )]
    pub passwd_valid_to: Option<UtcTime>,
    /// What becomes of a connection when the password changes.
    #[xml(
        attribute,
        fault = "Unsupported",
        since = "0.9.4",
        absent = "the hypervisor decides"
    )]
    pub connected: Option<PasswordConnected>,
}

/// What becomes of a connection when the password changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum PasswordConnected {
    /// It fails.
    #[default]
    Fail,
    /// It is cut.
    Disconnect,
    /// It goes on.
    Keep,
}
