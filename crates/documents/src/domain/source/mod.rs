//! `<source>` of disks: where an image is.

mod any;
mod auth;
mod common;
mod device;
mod encryption;
mod file;
mod network;
mod reservations;
mod volume;

pub use any::*;
pub use auth::*;
pub use common::*;
pub use device::*;
pub use encryption::*;
pub use file::*;
pub use network::*;
pub use reservations::*;
pub use volume::*;

use xml::{Xml, XmlEnum};

/// Where an image is.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source", default = "`file`")]
pub enum DiskSource {
    /// A file on the host.
    File(FileSource),
    /// A block device of the host.
    Block(BlockSource),
    /// A directory, shown as a FAT disk.
    #[xml(since = "0.7.5")]
    Dir(DirSource),
    /// An image on the network.
    #[xml(since = "0.8.7")]
    Network(Box<NetworkSource>),
    /// A volume of a pool.
    #[xml(since = "1.0.5")]
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

impl Default for DiskSource {
    fn default() -> Self {
        Self::File(FileSource::default())
    }
}

impl DiskSource {
    /// What all sources have; a vhost-user process has nothing of it.
    pub fn common(&self) -> Option<&SourceCommon> {
        match self {
            Self::File(file) => Some(&file.common),
            Self::Block(block) => Some(&block.common),
            Self::Dir(dir) => Some(&dir.common),
            Self::Network(network) => Some(&network.common),
            Self::Volume(volume) => Some(&volume.common),
            Self::Nvme(nvme) => Some(&nvme.common),
            Self::VhostVdpa(vdpa) => Some(&vdpa.common),
            Self::VhostUser(_) => None,
        }
    }

    /// The same, to be changed.
    pub fn common_mut(&mut self) -> Option<&mut SourceCommon> {
        match self {
            Self::File(file) => Some(&mut file.common),
            Self::Block(block) => Some(&mut block.common),
            Self::Dir(dir) => Some(&mut dir.common),
            Self::Network(network) => Some(&mut network.common),
            Self::Volume(volume) => Some(&mut volume.common),
            Self::Nvme(nvme) => Some(&mut nvme.common),
            Self::VhostVdpa(vdpa) => Some(&mut vdpa.common),
            Self::VhostUser(_) => None,
        }
    }
}

/// A kind of source, without the source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SourceKind {
    /// A file.
    #[default]
    File,
    /// A block device.
    Block,
    /// A directory.
    Dir,
    /// On the network.
    Network,
    /// A volume of a pool.
    Volume,
    /// An NVMe disk.
    Nvme,
    /// A vhost-user process.
    #[xml("vhostuser")]
    VhostUser,
    /// A vDPA device.
    #[xml("vhostvdpa")]
    VhostVdpa,
}
