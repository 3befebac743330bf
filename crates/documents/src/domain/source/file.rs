//! Sources of the host: a file, a block device, a directory.

use xml::Xml;

use super::SourceCommon;

/// A file on the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@fdgroup => @file")]
pub struct FileSource {
    /// The path.
    #[xml(
        attribute,
        schema = "crate::pattern::SOURCE_FILE",
        absent = "there is no medium",
        lax = "empty"
    )]
    pub file: Option<String>,
    /// The group of descriptors that stand for the path.
    #[xml(attribute, since = "9.0.0", absent = "the path is opened")]
    pub fdgroup: Option<String>,
    /// What all sources have.
    #[xml(flatten, schema_without = "reservations")]
    pub common: SourceCommon,
}

/// A block device of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct BlockSource {
    /// The path.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_PATH",
        absent = "there is no medium",
        lax = "empty"
    )]
    pub dev: Option<String>,
    /// What all sources have.
    #[xml(flatten)]
    pub common: SourceCommon,
}

/// A directory, shown as a FAT disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DirSource {
    /// The path.
    #[xml(
        attribute,
        lax = "empty",
        schema = "crate::pattern::ABSOLUTE_PATH",
        schema_required,
        since = "0.7.5"
    )]
    pub dir: Option<String>,
    /// What all sources have.
    #[xml(flatten, schema_without = "reservations seclabel")]
    pub common: SourceCommon,
}
