//! Sources that QEMU drives itself: an NVMe disk, a vhost-user process, a vDPA device.

use xml::Xml;

use super::SourceCommon;
use crate::domain::{PciAddress, Reconnect};

/// An NVMe disk of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct NvmeSource {
    /// `pci`.
    #[xml(
        attribute = "type",
        schema_words = "pci",
        schema_required,
        since = "6.0.0"
    )]
    pub kind: Option<String>,
    /// Whether the host's driver is taken off and put back.
    #[xml(attribute, yes_no, since = "6.0.0", default = "`no`")]
    pub managed: Option<bool>,
    /// The namespace.
    #[xml(attribute, required, schema = "crate::pattern::UINT", since = "6.0.0")]
    pub namespace: Option<u64>,
    /// The PCI address on the host.
    #[xml(child, schema_required, since = "6.0.0")]
    pub address: Option<PciAddress>,
    /// What all sources have.
    #[xml(flatten, schema_without = "reservations seclabel")]
    pub common: SourceCommon,
}

/// A vhost-user process.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct VhostUserSource {
    /// `unix`.
    #[xml(
        attribute = "type",
        schema_words = "unix",
        schema_required,
        since = "7.1.0"
    )]
    pub kind: Option<String>,
    /// The socket.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        schema_required,
        since = "7.1.0"
    )]
    pub path: Option<String>,
    /// Whether a lost connection is made again.
    #[xml(child, since = "7.1.0")]
    pub reconnect: Option<Reconnect>,
}

/// A vDPA device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct VdpaSource {
    /// The device node.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", schema_required)]
    pub dev: Option<String>,
    /// What all sources have.
    #[xml(
        flatten,
        schema_without = "startupPolicy index seclabel slices encryption reservations dataStore"
    )]
    pub common: SourceCommon,
}
