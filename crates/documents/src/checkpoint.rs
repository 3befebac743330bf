//! `<domaincheckpoint>`: a moment since which changes of a domain's disks are recorded.
//!
//! Source of the facts: "formatcheckpoint".

use xml::{Xml, XmlEnum};

use crate::domain::Domain;

/// A moment since which changes are recorded.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "domaincheckpoint", since = "5.6.0")]
pub struct Checkpoint {
    /// The name, unique in the domain.
    #[xml(
        text_child,
        absent = "the time in seconds since 1970",
        schema = "crate::pattern::CHECKPOINT_NAME"
    )]
    pub name: Option<String>,
    /// What the checkpoint is for, in any words.
    #[xml(text_child, absent = "there is none")]
    pub description: Option<String>,
    /// The checkpoint that was current then.
    #[xml(
        text_child = "name",
        wrapper = "parent",
        schema_required,
        schema = "crate::pattern::CHECKPOINT_NAME"
    )]
    pub parent: Option<String>,
    /// Seconds since 1970.
    #[xml(
        text_child,
        fault = "Internal",
        schema = "crate::pattern::DIGITS",
        absent = "now"
    )]
    pub creation_time: Option<i64>,
    /// What becomes of each disk.
    #[xml(
        child = "disk",
        wrapper = "disks",
        schema_required,
        absent = "a bitmap for every disk that can be written"
    )]
    pub disks: Vec<CheckpointDisk>,
    /// The domain as it was.
    #[xml(child)]
    pub domain: Option<Box<Domain>>,
}

/// What a checkpoint does with a disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@checkpoint='no' => no @bitmap, @size")]
pub struct CheckpointDisk {
    /// The disk: its target, or its source.
    #[xml(attribute, required, schema = "crate::pattern::DISK_OR_PATH")]
    pub name: String,
    /// Whether its changes are recorded.
    #[xml(attribute, default = "`bitmap`")]
    pub checkpoint: Option<CheckpointKind>,
    /// The bitmap that records them.
    #[xml(attribute, absent = "the checkpoint's name")]
    pub bitmap: Option<String>,
    /// What has changed since, in bytes; shown on request of a running domain.
    #[xml(
        attribute,
        since = "5.6.0",
        absent = "it was not asked for, or cannot be told"
    )]
    pub size: Option<u64>,
}

/// Whether changes of a disk are recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CheckpointKind {
    /// They are not.
    No,
    /// In a bitmap of the image.
    #[default]
    Bitmap,
}
