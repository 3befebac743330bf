//! `<geometry>` and `<blockio>`: what the guest is told of cylinders and block sizes.

use xml::{Xml, XmlEnum};

/// Geometry that the guest is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Geometry {
    /// Cylinders.
    #[xml(attribute, schema_required)]
    pub cyls: u32,
    /// Heads.
    #[xml(attribute, schema_required)]
    pub heads: u32,
    /// Sectors of a track.
    #[xml(attribute, schema_required)]
    pub secs: u32,
    /// How the BIOS translates.
    #[xml(attribute, absent = "the BIOS decides")]
    pub trans: Option<GeometryTranslation>,
}

/// How the BIOS translates the geometry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum GeometryTranslation {
    /// As it likes.
    #[default]
    Auto,
    /// Not at all.
    None,
    /// To logical blocks.
    Lba,
}

/// Block sizes that the guest is told, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct BlockIo {
    /// The smallest that can be addressed.
    #[xml(attribute = "logical_block_size")]
    pub logical_block_size: Option<u32>,
    /// The smallest that can be written at once.
    #[xml(attribute = "physical_block_size")]
    pub physical_block_size: Option<u32>,
    /// The granularity of discards.
    #[xml(attribute = "discard_granularity", since = "11.3.0")]
    pub discard_granularity: Option<u32>,
}
