//! What all sources have: what happens without it, its place in the chain, its parts and labels.

use xml::{Xml, XmlEnum};

use super::{Encryption, Reservations};
use crate::domain::{BackingSource, DeviceSecLabel, ImageFormat};

/// What all sources have.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct SourceCommon {
    /// What happens at start when the source is not there.
    #[xml(attribute, since = "0.9.7", default = "`mandatory`")]
    pub startup_policy: Option<StartupPolicy>,
    /// The number of this image in its chain, of a running domain.
    #[xml(
        attribute,
        lax,
        schema = "crate::pattern::POSITIVE",
        since = "6.6.0",
        absent = "the domain is not running"
    )]
    pub index: Option<u32>,
    /// Parts of the storage.
    #[xml(child = "slice", wrapper = "slices", since = "6.1.0", schema_required)]
    pub slices: Vec<Slice>,
    /// Labels of this file.
    #[xml(child = "seclabel", since = "0.9.9")]
    pub seclabels: Vec<DeviceSecLabel>,
    /// How the image is encrypted.
    #[xml(child, since = "3.9.0")]
    pub encryption: Option<Encryption>,
    /// Persistent reservations.
    #[xml(child, since = "4.4.0")]
    pub reservations: Option<Reservations>,
    /// Where the guest's bytes are, when the image holds only tables.
    #[xml(child, since = "10.10.0")]
    pub data_store: Option<Box<DataStore>>,
}

/// What happens at start when a source is not there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum StartupPolicy {
    /// The start fails.
    #[default]
    Mandatory,
    /// The start fails, unless after migration, restore or revert.
    Requisite,
    /// The device starts without it.
    Optional,
}

/// A part of the storage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Slice {
    /// What it is of; a slice of something else means nothing.
    #[xml(attribute = "type", lax, schema_required)]
    pub kind: Option<SliceKind>,
    /// Where it starts, in bytes.
    #[xml(
        attribute,
        schema_required,
        fault = "Content",
        schema = "crate::pattern::UINT"
    )]
    pub offset: Option<u64>,
    /// Its size in bytes.
    #[xml(
        attribute,
        schema_required,
        fault = "Content",
        schema = "crate::pattern::POSITIVE"
    )]
    pub size: Option<u64>,
}

/// What a slice is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SliceKind {
    /// The storage under the format.
    #[default]
    Storage,
}

/// The file that holds the guest's bytes for an image that holds only tables.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DataStore {
    /// Its format.
    #[xml(child, schema_required)]
    pub format: Option<ImageFormat>,
    /// Where it is.
    #[xml(flatten, lead)]
    pub source: BackingSource,
}
