//! `<reservations>`: persistent reservations of SCSI.

use xml::Xml;

/// Persistent reservations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::STORAGE")]
pub struct Reservations {
    /// Whether the helper is started for it.
    #[xml(attribute, yes_no, required)]
    pub managed: Option<bool>,
    /// Whether the running domain turned the migration of reservations on.
    #[xml(attribute, yes_no, schema_absent, default = "`no`")]
    pub migration: Option<bool>,
    /// The helper's socket.
    #[xml(child)]
    pub source: Option<ReservationsSource>,
}

/// The helper's socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ReservationsSource {
    /// `unix`.
    #[xml(
        attribute = "type",
        required,
        schema_words = "unix",
        missing = "Content"
    )]
    pub kind: String,
    /// The path.
    #[xml(
        attribute,
        lax = "empty",
        schema_required,
        schema = "crate::pattern::ABSOLUTE_PATH"
    )]
    pub path: Option<String>,
    /// `client`.
    #[xml(
        attribute,
        lax = "empty",
        schema_required,
        schema_words = "client server"
    )]
    pub mode: Option<String>,
}
