//! `<source>`: what a pool is made of.

use xml::{Xml, XmlEnum};

use crate::Uuid;
use crate::domain::Initiator;

/// Where a pool's storage is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block)]
#[xml(rule = "../@type='netfs|iscsi|iscsi-direct|rbd|sheepdog|gluster' => host")]
#[xml(rule = "../@type!='netfs|iscsi|iscsi-direct|rbd|sheepdog|gluster' => no host")]
#[xml(rule = "../@type='fs|disk|iscsi|iscsi-direct' => device")]
#[xml(rule = "../@type!='fs|logical|disk|iscsi|iscsi-direct|zfs' => no device")]
#[xml(rule = "../@type='iscsi-direct' => device@path ~ crate::pattern::IQN")]
#[xml(rule = "../@type!='logical' => one device")]
#[xml(rule = "../@type='netfs' => dir")]
#[xml(rule = "../@type!='netfs|gluster' => no dir")]
#[xml(rule = "format@type!='cifs|glusterfs' => dir@path ~ crate::pattern::ROOTED")]
#[xml(rule = "../@type='scsi' => adapter")]
#[xml(rule = "../@type!='scsi' => no adapter")]
#[xml(rule = "../@type='logical' => name | device")]
#[xml(rule = "../@type='rbd|sheepdog|gluster|zfs|vstorage' => name")]
#[xml(rule = "../@type!='logical|rbd|sheepdog|gluster|zfs|vstorage' => no name")]
#[xml(rule = "../@type='iscsi-direct' => initiator")]
#[xml(rule = "../@type!='iscsi|iscsi-direct' => no initiator")]
#[xml(rule = "../@type!='iscsi|iscsi-direct|rbd' => no auth")]
#[xml(rule = "../@type!='fs|netfs|disk|logical' => no format")]
#[xml(
    rule = "../@type='fs' & format => format@type='auto|ext2|ext3|ext4|ufs|iso9660|udf|gfs|gfs2|vfat|hfs+|xfs|ocfs2|vmfs'"
)]
#[xml(rule = "../@type='netfs' & format => format@type='auto|nfs|cifs|glusterfs'")]
#[xml(rule = "../@type='disk' & format => format@type='unknown|dos|dvh|gpt|mac|bsd|pc98|sun|lvm2'")]
#[xml(rule = "../@type='logical' & format => format@type='unknown|lvm2'")]
#[xml(rule = "../@type!='netfs' => no protocol")]
#[xml(rule = "format@type='cifs|glusterfs' => no protocol")]
#[xml(
    rule = "../@type='iscsi-direct|mpath|rbd|sheepdog|gluster|zfs|vstorage' => no vendor, product"
)]
pub struct PoolSource {
    /// The servers that have it.
    #[xml(child = "host")]
    pub hosts: Vec<PoolHost>,
    /// The block devices that it is made of.
    #[xml(child = "device")]
    pub devices: Vec<PoolDevice>,
    /// The directory that it is, or that a server exports.
    #[xml(
        child = "dir",
        attribute = "path",
        schema_required,
        schema = "crate::pattern::NOT_EMPTY"
    )]
    pub dir: Option<String>,
    /// A SCSI adapter.
    #[xml(child, since = "0.6.2")]
    pub adapter: Option<PoolAdapter>,
    /// A name, of LVM, Ceph and Gluster.
    #[xml(text_child, absent = "the pool's name, of LVM; else there is none")]
    pub name: Option<String>,
    /// Who connects to iSCSI.
    #[xml(child, since = "0.7.6")]
    pub initiator: Option<Initiator>,
    /// Who logs in.
    #[xml(child, since = "0.7.2")]
    pub auth: Option<PoolAuth>,
    /// The format of what holds the volumes: `ext4`, `nfs`, `gpt` …
    #[xml(child = "format", attribute = "type", schema_required)]
    pub format: Option<String>,
    /// The version of NFS.
    #[xml(
        child = "protocol",
        attribute = "ver",
        since = "5.1.0",
        schema_required
    )]
    pub protocol: Option<String>,
    /// Who made the device.
    #[xml(child = "vendor", attribute = "name", schema_required, since = "0.8.4")]
    pub vendor: Option<String>,
    /// What the maker calls the device.
    #[xml(
        child = "product",
        attribute = "name",
        schema_required,
        since = "0.8.4"
    )]
    pub product: Option<String>,
}

/// A server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PoolHost {
    /// Its name or address.
    #[xml(attribute, required, schema = "crate::pattern::HOST")]
    pub name: String,
    /// The TCP port of the server.
    #[xml(
        attribute,
        schema = "crate::pattern::PORT",
        since = "0.8.6",
        absent = "that of the protocol"
    )]
    pub port: Option<u32>,
}

/// A block device of a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PoolDevice {
    /// Its path; its qualified name, of iSCSI.
    #[xml(attribute, required, schema = "crate::pattern::POOL_DEVICE")]
    pub path: String,
    /// Whether a partition's device has a separator in its name.
    #[xml(
        attribute = "part_separator",
        yes_no,
        absent = "there is one where the device's name ends in a digit, or is an alias of multipath",
        since = "1.3.2"
    )]
    pub part_separator: Option<bool>,
    /// What is free on it.
    #[xml(child = "freeExtent")]
    pub free_extents: Vec<FreeExtent>,
}

/// A free part of a disk, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FreeExtent {
    /// Where it starts, in bytes.
    #[xml(attribute, schema_required)]
    pub start: u64,
    /// Where it ends, in bytes.
    #[xml(attribute, schema_required)]
    pub end: u64,
}

/// A SCSI adapter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='fc_host' => @name | parentaddr")]
#[xml(rule = "@name ^ parentaddr")]
#[xml(
    rule = "@type!='fc_host' => no @parent, @managed, @parent_wwnn, @parent_wwpn, @parent_fabric_wwn, @wwnn, @wwpn"
)]
#[xml(rule = "@type='fc_host' => @wwnn, @wwpn")]
#[xml(rule = "@type='fc_host' => no @name, parentaddr")]
pub struct PoolAdapter {
    /// What it is.
    #[xml(attribute = "type", since = "1.0.5", default = "`scsi_host`")]
    pub kind: Option<AdapterKind>,
    /// Its name.
    #[xml(
        attribute,
        absent = "`parentaddr` says which, or the adapter is of fibre channel"
    )]
    pub name: Option<String>,
    /// The adapter that it is made of.
    #[xml(
        attribute,
        absent = "one that can have virtual ports is found",
        since = "1.0.5"
    )]
    pub parent: Option<String>,
    /// Whether it is made at start.
    #[xml(attribute, yes_no, since = "1.2.11", default = "`no`")]
    pub managed: Option<bool>,
    /// The parent by its node name.
    #[xml(
        attribute = "parent_wwnn",
        schema = "crate::pattern::WWN",
        since = "3.0.0",
        absent = "`parent` says it, or one is found"
    )]
    pub parent_wwnn: Option<String>,
    /// The parent by its port name.
    #[xml(
        attribute = "parent_wwpn",
        schema = "crate::pattern::WWN",
        since = "3.0.0",
        absent = "`parent` says it, or one is found"
    )]
    pub parent_wwpn: Option<String>,
    /// The parent by its fabric's name.
    #[xml(
        attribute = "parent_fabric_wwn",
        schema = "crate::pattern::WWN",
        since = "3.0.0",
        absent = "`parent` says it, or one is found"
    )]
    pub parent_fabric_wwn: Option<String>,
    /// Its node name.
    #[xml(
        attribute,
        schema = "crate::pattern::WWN",
        absent = "an error of `fc_host`",
        since = "1.0.5"
    )]
    pub wwnn: Option<String>,
    /// Its port name.
    #[xml(
        attribute,
        schema = "crate::pattern::WWN",
        absent = "an error of `fc_host`",
        since = "1.0.5"
    )]
    pub wwpn: Option<String>,
    /// The PCI device that it is on.
    #[xml(child)]
    pub parentaddr: Option<ParentAddress>,
}

/// What an adapter is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum AdapterKind {
    /// A host adapter.
    #[default]
    #[xml("scsi_host")]
    ScsiHost,
    /// A virtual port of a fibre channel adapter.
    #[xml("fc_host")]
    FcHost,
}

/// The PCI device that an adapter is on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.2.7")]
pub struct ParentAddress {
    /// Which of several.
    #[xml(attribute = "unique_id", positive, default = "0")]
    pub unique_id: Option<u32>,
    /// The address.
    #[xml(child, schema_required)]
    pub address: Option<crate::domain::PciAddress>,
}

/// Who logs in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PoolAuth {
    /// `chap`, `ceph`.
    #[xml(attribute = "type", schema_required, schema_words = "chap ceph")]
    pub kind: Option<String>,
    /// The user.
    #[xml(attribute, required, since = "0.9.13")]
    pub username: String,
    /// The password.
    #[xml(child, schema_required, since = "0.9.13")]
    pub secret: Option<PoolSecret>,
}

/// A secret, by UUID or usage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@uuid | @usage")]
#[xml(rule = "@uuid ^ @usage")]
#[xml(since = "0.9.13")]
pub struct PoolSecret {
    /// What the secret is for.
    #[xml(attribute = "type", schema_absent, absent = "what `auth` says")]
    pub kind: Option<String>,
    /// The secret's UUID.
    #[xml(attribute, absent = "`usage` names it")]
    pub uuid: Option<Uuid>,
    /// The secret's usage.
    #[xml(attribute, absent = "`uuid` names it")]
    pub usage: Option<String>,
}
