//! Sources in a storage pool.

use xml::{Xml, XmlEnum};

use super::SourceCommon;

/// A volume of a pool.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct VolumeSource {
    /// The pool.
    #[xml(
        attribute,
        schema = "crate::pattern::POOL_NAME",
        schema_required,
        since = "1.0.5"
    )]
    pub pool: Option<String>,
    /// The volume.
    #[xml(
        attribute,
        schema = "crate::pattern::VOLUME_NAME",
        schema_required,
        since = "1.0.5"
    )]
    pub volume: Option<String>,
    /// How an iSCSI volume is reached.
    #[xml(attribute, since = "1.1.1", default = "`host`")]
    pub mode: Option<VolumeMode>,
    /// What all sources have.
    #[xml(flatten, schema_without = "reservations")]
    pub common: SourceCommon,
}

/// How an iSCSI volume is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VolumeMode {
    /// Through the host's block device.
    #[default]
    Host,
    /// By the hypervisor itself.
    Direct,
}
