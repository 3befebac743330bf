//! All flags and enumerations of the public API by the names that its headers give them, for
//! tests and tools.

/// One type of flags or enumeration.
#[derive(Debug, Clone, Copy)]
pub struct Catalogued {
    /// Its name here.
    pub name: &'static str,
    /// Its name in the public API's headers.
    pub c_type: &'static str,
    /// Its values by their names in the headers.
    pub values: &'static [(&'static str, i64)],
}

/// Every set of flags.
pub fn flags() -> impl Iterator<Item = &'static Catalogued> {
    crate::flags::CATALOG.iter().copied().flatten()
}

/// Every enumeration.
pub fn enums() -> impl Iterator<Item = &'static Catalogued> {
    crate::enums::CATALOG.iter().copied().flatten()
}

/// Every name of a typed parameter: the header's name and the name on the wire.
pub fn fields() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    crate::fields::CATALOG.iter().copied().flatten()
}
