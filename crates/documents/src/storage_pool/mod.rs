//! `<pool>`: a storage pool.

mod source;
mod target;

pub use source::*;
pub use target::*;

use xml::{Xml, XmlEnum};

use crate::Uuid;

/// A storage pool.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    name = "pool",
    namespace(
        fs = "http://libvirt.org/schemas/storagepool/fs/1.0",
        rbd = "http://libvirt.org/schemas/storagepool/rbd/1.0"
    ),
    since = "0.4.1"
)]
#[xml(rule = "@type='dir|fs|netfs|disk|iscsi|iscsi-direct|scsi|mpath' => name")]
#[xml(rule = "@type!='dir|mpath' => source")]
#[xml(rule = "@type='dir|fs|netfs|logical|disk|iscsi|scsi|mpath|vstorage' => target")]
#[xml(rule = "@type='iscsi-direct|rbd|sheepdog|gluster' => no target")]
#[xml(rule = "@type!='rbd' => no refresh, config_opts")]
#[xml(rule = "@type!='fs|netfs' => no mount_opts")]
pub struct StoragePool {
    /// The kind of storage.
    #[xml(attribute = "type", required)]
    pub kind: PoolKind,
    /// The name, unique on the host.
    #[xml(
        text_child,
        schema = "crate::pattern::POOL_NAME",
        absent = "the source's name"
    )]
    pub name: Option<String>,
    /// The UUID, unique on the host.
    #[xml(text_child, absent = "one is made")]
    pub uuid: Option<Uuid>,
    /// The size in bytes.
    #[xml(text_child, unit = "bytes", absent = "the pool does not run")]
    pub capacity: Option<u64>,
    /// What is used, in bytes.
    #[xml(text_child, unit = "bytes", absent = "the pool does not run")]
    pub allocation: Option<u64>,
    /// What is free, in bytes.
    #[xml(text_child, unit = "bytes", absent = "the pool does not run")]
    pub available: Option<u64>,
    /// What volumes can have.
    #[xml(child, omit_empty, since = "5.5.0")]
    pub features: Option<PoolFeatures>,
    /// Where the storage is.
    #[xml(child)]
    pub source: Option<PoolSource>,
    /// Where the host sees it.
    #[xml(child)]
    pub target: Option<PoolTarget>,
    /// How volumes are refreshed.
    #[xml(child, omit_empty, since = "5.2.0")]
    pub refresh: Option<PoolRefresh>,
    /// Options of the mount, of a file system.
    #[xml(
        child = "fs:option",
        attribute = "name",
        wrapper = "fs:mount_opts",
        required,
        since = "5.1.0"
    )]
    pub mount_options: Vec<String>,
    /// Options of Ceph's configuration.
    #[xml(child = "rbd:option", wrapper = "rbd:config_opts", since = "5.1.0")]
    pub config_options: Vec<ConfigOption>,
}

/// An option of Ceph's configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ConfigOption {
    /// Its name.
    #[xml(attribute, required)]
    pub name: String,
    /// Its value.
    #[xml(attribute, required)]
    pub value: String,
}

/// The kind of a pool's storage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum PoolKind {
    /// A directory.
    #[default]
    Dir,
    /// A file system on a block device.
    Fs,
    /// A file system of another host.
    Netfs,
    /// LVM.
    Logical,
    /// A disk with partitions.
    Disk,
    /// iSCSI through the host.
    Iscsi,
    /// iSCSI by the hypervisor.
    #[xml(since = "4.7.0")]
    IscsiDirect,
    /// SCSI.
    Scsi,
    /// Multipath.
    #[xml(since = "0.7.1")]
    Mpath,
    /// Ceph.
    #[xml(since = "0.9.13")]
    Rbd,
    /// Sheepdog.
    #[xml(since = "0.10.0")]
    Sheepdog,
    /// Gluster.
    #[xml(since = "1.2.0")]
    Gluster,
    /// ZFS.
    #[xml(since = "1.2.8")]
    Zfs,
    /// Virtuozzo storage.
    #[xml(since = "3.1.0")]
    Vstorage,
}

/// What volumes of a pool can have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PoolFeatures {
    /// Copy on write, of btrfs.
    #[xml(child = "cow", attribute = "state", yes_no, schema_required)]
    pub cow: Option<bool>,
}

/// How volumes are refreshed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PoolRefresh {
    /// What of volumes.
    #[xml(child, omit_empty)]
    pub volume: Option<PoolRefreshVolume>,
}

/// What of volumes is refreshed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PoolRefreshVolume {
    /// How what is used is found: `default`, `capacity`.
    #[xml(
        attribute,
        since = "5.2.0",
        schema_words = "default capacity",
        default = "`default`"
    )]
    pub allocation: Option<String>,
}
