//! `<volume>`: a volume of a storage pool.

use xml::{Xml, XmlEnum};

use crate::domain::Encryption;
use crate::storage_pool::Permissions;

/// A volume of a storage pool.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "volume", rule = "target")]
#[xml(since = "0.4.1")]
pub struct Volume {
    /// What it is, when known.
    #[xml(
        attribute = "type",
        fault = "Unsupported",
        absent = "the pool does not run, or the document asks for a new one",
        since = "1.2.0"
    )]
    pub kind: Option<VolumeKind>,
    /// The name, unique in the pool.
    #[xml(text_child, schema_required, schema = "crate::pattern::VOLUME_NAME")]
    pub name: Option<String>,
    /// The key, unique on the host.
    #[xml(text_child, absent = "the pool makes one")]
    pub key: Option<String>,
    /// Where it is.
    #[xml(child)]
    pub source: Option<VolumeSource>,
    /// The size that a guest sees, in bytes.
    #[xml(
        text_child,
        unit = "bytes",
        absent = "an error of a new one, unless it is made from another"
    )]
    pub capacity: Option<u64>,
    /// What is used, in bytes.
    #[xml(text_child, unit = "bytes", absent = "all of the capacity")]
    pub allocation: Option<u64>,
    /// The file's size, in bytes.
    #[xml(
        text_child,
        unit = "bytes",
        since = "3.0.0",
        absent = "the document asks for a new one, or the host did not say"
    )]
    pub physical: Option<u64>,
    /// The image.
    #[xml(child)]
    pub target: Option<VolumeTarget>,
    /// The image below.
    #[xml(child, since = "0.6.0")]
    pub backing_store: Option<VolumeTarget>,
}

/// What a volume is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum VolumeKind {
    /// A file.
    #[default]
    File,
    /// A block device.
    Block,
    /// A directory.
    Dir,
    /// An object on a server.
    Network,
    /// A directory on a server.
    Netdir,
    /// A folder with an image of OpenVZ (ploop).
    #[xml(schema_absent)]
    Ploop,
}

/// Where a volume is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VolumeSource {
    /// Parts of block devices.
    #[xml(child = "device")]
    pub devices: Vec<VolumeDevice>,
}

/// Parts of a block device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VolumeDevice {
    /// The path of the block device.
    #[xml(attribute, required, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub path: String,
    /// The parts of it, in bytes.
    #[xml(child = "extent")]
    pub extents: Vec<crate::storage_pool::FreeExtent>,
}

/// An image.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "./backingStore => path")]
#[xml(rule = "./backingStore => path ~ crate::pattern::ABSOLUTE_PATH")]
#[xml(rule = "./backingStore => no encryption, compat, nocow, clusterSize, features")]
pub struct VolumeTarget {
    /// Where the image is.
    #[xml(text_child, absent = "the pool makes one")]
    pub path: Option<String>,
    /// The format of the image, or of what is on it.
    #[xml(
        child = "format",
        attribute = "type",
        schema_required,
        schema_words = "unknown raw dir bochs cloop dmg iso vpc vdi fat vhd ploop luks cow qcow qcow2 qed vmdk none auto ext2 ext3 ext4 ufs iso9660 udf gfs gfs2 vfat hfs+ xfs ocfs2 vmfs linux fat16 fat32 linux-swap linux-lvm linux-raid extended"
    )]
    pub format: Option<String>,
    /// Owner and mode.
    #[xml(child, omit_empty)]
    pub permissions: Option<Permissions>,
    /// When it was read and written.
    #[xml(child, omit_empty, since = "0.10.0")]
    pub timestamps: Option<Timestamps>,
    /// How it is encrypted.
    #[xml(child, since = "0.7.1")]
    pub encryption: Option<Encryption>,
    /// The oldest QEMU that must read it.
    #[xml(
        text_child,
        since = "1.1.0",
        schema = "crate::pattern::VERSION",
        default = "1.1"
    )]
    pub compat: Option<String>,
    /// No copy on write, of btrfs.
    #[xml(present, since = "1.2.7")]
    pub nocow: bool,
    /// The size of a cluster, in bytes.
    #[xml(text_child, unit = "B", since = "7.4.0", absent = "that of the format")]
    pub cluster_size: Option<u64>,
    /// Features of the format.
    #[xml(child, omit_empty, since = "1.1.0")]
    pub features: Option<VolumeFeatures>,
}

/// When an image was read and written: seconds since 1970 with a fraction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the file system does not keep it")]
pub struct Timestamps {
    /// Read.
    #[xml(text_child, schema = "crate::pattern::TIMESTAMP")]
    pub atime: Option<String>,
    /// Written.
    #[xml(text_child, schema = "crate::pattern::TIMESTAMP")]
    pub mtime: Option<String>,
    /// Changed.
    #[xml(text_child, schema = "crate::pattern::TIMESTAMP")]
    pub ctime: Option<String>,
    /// Made.
    #[xml(text_child, schema = "crate::pattern::TIMESTAMP")]
    pub btime: Option<String>,
}

/// Features of an image format.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VolumeFeatures {
    /// References are counted late.
    #[xml(present = "lazy_refcounts")]
    pub lazy_refcounts: bool,
    /// Clusters have parts.
    #[xml(present = "extended_l2", since = "8.0.0")]
    pub extended_l2: bool,
}
