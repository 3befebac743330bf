//! `<os>`: the firmware that there is.

use xml::Xml;

use super::Values;

/// Firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct OsCapability {
    /// Whether firmware can be chosen.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// The kinds that can be selected by name.
    #[xml(child = "enum", since = "5.3.0")]
    pub enums: Vec<Values>,
    /// Firmware that is named by its file.
    #[xml(child)]
    pub loader: Option<LoaderCapability>,
}

/// Firmware that is named by its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct LoaderCapability {
    /// Whether there is such.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// Files on this host.
    #[xml(text_child = "value")]
    pub values: Vec<String>,
    /// How they are loaded.
    #[xml(child = "enum")]
    pub enums: Vec<Values>,
}
