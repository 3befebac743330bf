//! `<backingStore>`: the image below another.

use xml::Xml;

use super::ImageFormat;
use crate::domain::{
    BlockSource, DirSource, DiskSource, FileSource, NetworkSource, NvmeSource, VdpaSource,
    VhostUserSource, VolumeSource,
};

/// The image below another; empty at the end of the chain.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@type => format")]
#[xml(rule = "source => format")]
#[xml(rule = "@type => @type!=''")]
#[xml(rule = "@type='' => no format, source, backingStore")]
#[xml(rule = "@type='network|vhostuser|vhostvdpa' => source")]
pub struct BackingStore {
    /// The number in the chain, of a running domain.
    #[xml(
        attribute,
        schema = "crate::pattern::POSITIVE",
        since = "1.2.4",
        absent = "the domain is not running",
        lax
    )]
    pub index: Option<u32>,
    /// The image's format.
    #[xml(child)]
    pub format: Option<ImageFormat>,
    /// The image; nothing at the end of the chain.
    #[xml(flatten, lead)]
    pub source: BackingSource,
    /// The image below.
    #[xml(child)]
    pub backing_store: Option<Box<BackingStore>>,
}

impl BackingStore {
    /// The image below, if the chain goes on with one.
    pub fn next(&self) -> Option<&Self> {
        let next = self.backing_store.as_deref()?;
        (next.source != BackingSource::End).then_some(next)
    }
}

/// Where a backing image is, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    tag = "type",
    content = "source",
    fault = "Content",
    absent = "the chain ends here",
    content_required,
    content_shown,
    schema_optional
)]
pub enum BackingSource {
    /// None: the chain ends.
    #[default]
    #[xml("")]
    End,
    /// A file on the host.
    File(FileSource),
    /// A block device of the host.
    Block(BlockSource),
    /// A directory.
    Dir(DirSource),
    /// An image on the network.
    Network(Box<NetworkSource>),
    /// A volume of a pool.
    Volume(VolumeSource),
    /// An NVMe disk of the host.
    #[xml(since = "6.0.0")]
    Nvme(NvmeSource),
    /// A vhost-user process.
    #[xml(name = "vhostuser", since = "7.1.0")]
    VhostUser(VhostUserSource),
    /// A vDPA device.
    #[xml(name = "vhostvdpa", since = "9.8.0")]
    VhostVdpa(VdpaSource),
}

impl BackingSource {
    /// The image as a source; nothing at the end of a chain.
    pub fn to_source(&self) -> Option<DiskSource> {
        Some(match self.clone() {
            Self::End => return None,
            Self::File(file) => DiskSource::File(file),
            Self::Block(block) => DiskSource::Block(block),
            Self::Dir(dir) => DiskSource::Dir(dir),
            Self::Network(network) => DiskSource::Network(network),
            Self::Volume(volume) => DiskSource::Volume(volume),
            Self::Nvme(nvme) => DiskSource::Nvme(nvme),
            Self::VhostUser(process) => DiskSource::VhostUser(process),
            Self::VhostVdpa(vdpa) => DiskSource::VhostVdpa(vdpa),
        })
    }
}

impl From<DiskSource> for BackingSource {
    fn from(source: DiskSource) -> Self {
        match source {
            DiskSource::File(file) => Self::File(file),
            DiskSource::Block(block) => Self::Block(block),
            DiskSource::Dir(dir) => Self::Dir(dir),
            DiskSource::Network(network) => Self::Network(network),
            DiskSource::Volume(volume) => Self::Volume(volume),
            DiskSource::Nvme(nvme) => Self::Nvme(nvme),
            DiskSource::VhostUser(process) => Self::VhostUser(process),
            DiskSource::VhostVdpa(vdpa) => Self::VhostVdpa(vdpa),
        }
    }
}
