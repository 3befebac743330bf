//! `<teaming>`: how two interfaces fail over.

use xml::{Xml, XmlEnum};

/// How two interfaces fail over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type='transient' => @persistent")]
pub struct Teaming {
    /// The part of this one.
    #[xml(
        attribute = "type",
        schema_required,
        fault = "Unsupported",
        lax = "empty"
    )]
    pub kind: Option<TeamingKind>,
    /// The alias of the persistent one.
    #[xml(
        attribute,
        schema = "crate::pattern::ALIAS",
        absent = "an error of the transient one",
        lax = "empty"
    )]
    pub persistent: Option<String>,
}

/// The part of an interface in a team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TeamingKind {
    /// It is always there.
    #[default]
    Persistent,
    /// It may be taken out.
    Transient,
}
