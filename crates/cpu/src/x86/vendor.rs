//! The makers of x86 processors that have models.

/// A maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub enum Vendor {
    Intel,
    Amd,
    Hygon,
}

const NAMES: &[(Vendor, &str, &str)] = &[
    (Vendor::Intel, "Intel", "GenuineIntel"),
    (Vendor::Amd, "AMD", "AuthenticAMD"),
    (Vendor::Hygon, "Hygon", "HygonGenuine"),
];

impl Vendor {
    /// The name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        let row = NAMES.iter().find(|(vendor, ..)| *vendor == self);
        row.map_or("", |(_, name, _)| name)
    }

    /// The maker with this name in documents.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let row = NAMES.iter().find(|(_, known, _)| *known == name);
        row.map(|(vendor, ..)| *vendor)
    }

    /// The maker that a processor names with these twelve letters.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let row = NAMES.iter().find(|(.., known)| *known == id);
        row.map(|(vendor, ..)| *vendor)
    }
}
