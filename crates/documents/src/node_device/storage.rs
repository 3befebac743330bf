//! Disks of the host.

use xml::Xml;

/// A disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered, absent = "the host did not say")]
#[xml(rule = "!size => capability@type='removable'")]
#[xml(rule = "size => capability@type!='removable'")]
#[xml(rule = "logical_block_size => num_blocks")]
#[xml(rule = "num_blocks => logical_block_size")]
pub struct StorageCapability {
    /// Its node.
    #[xml(text_child, schema_required, schema = "crate::pattern::NODE_PATH")]
    pub block: Option<String>,
    /// Its bus.
    #[xml(text_child)]
    pub bus: Option<String>,
    /// `disk`, `cdrom`, `floppy`.
    #[xml(text_child = "drive_type")]
    pub drive_type: Option<String>,
    /// The model.
    #[xml(text_child)]
    pub model: Option<String>,
    /// The vendor.
    #[xml(text_child)]
    pub vendor: Option<String>,
    /// The serial number.
    #[xml(text_child, since = "0.6.5")]
    pub serial: Option<String>,
    /// The size in bytes.
    #[xml(text_child)]
    pub size: Option<u64>,
    /// Bytes of a block.
    #[xml(text_child = "logical_block_size", since = "0.7.3")]
    pub logical_block_size: Option<u64>,
    /// Blocks.
    #[xml(text_child = "num_blocks", since = "0.7.3")]
    pub num_blocks: Option<u64>,
    /// More of what it is.
    #[xml(child = "capability", schema_distinct = "type")]
    pub capabilities: Vec<StorageSubCapability>,
}

/// More of what a disk is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered, absent = "the host did not say")]
#[xml(rule = "@type='removable' => media_available, media_size")]
#[xml(
    rule = "@type!='removable' => no media_available, media_size, media_label, logical_block_size, num_blocks"
)]
#[xml(rule = "logical_block_size => num_blocks")]
#[xml(rule = "num_blocks => logical_block_size")]
pub struct StorageSubCapability {
    /// `removable`: its medium can be changed; `hotpluggable`: it can be unplugged.
    #[xml(attribute = "type", required, schema_words = "removable hotpluggable")]
    pub kind: String,
    /// Whether a medium is in it.
    #[xml(text_child = "media_available", schema_words = "0 1")]
    pub media_available: Option<u32>,
    /// The medium's size in bytes.
    #[xml(text_child = "media_size")]
    pub media_size: Option<u64>,
    /// The medium's label.
    #[xml(text_child = "media_label", since = "0.7.5")]
    pub media_label: Option<String>,
    /// Bytes of a block.
    #[xml(text_child = "logical_block_size", since = "0.7.3")]
    pub logical_block_size: Option<u64>,
    /// Blocks.
    #[xml(text_child = "num_blocks", since = "0.7.3")]
    pub num_blocks: Option<u64>,
}
