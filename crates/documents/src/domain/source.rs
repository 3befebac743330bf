//! `<source>` of disks: where an image is.

use xml::{Xml, XmlEnum};

use super::DeviceSecLabel;

/// Where an image is.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source")]
pub enum DiskSource {
    /// A file on the host.
    File(FileSource),
    /// A block device of the host.
    Block(BlockSource),
    /// A directory, shown as a FAT disk.
    Dir(DirSource),
    /// An image on the network.
    Network(Box<NetworkSource>),
    /// A volume of a pool.
    Volume(VolumeSource),
    /// An NVMe disk of the host.
    Nvme(NvmeSource),
    /// A vhost-user process.
    #[xml("vhostuser")]
    VhostUser(VhostUserSource),
    /// A vDPA device.
    #[xml("vhostvdpa")]
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

/// What all sources have.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct SourceCommon {
    /// What happens at start when the source is not there.
    #[xml(attribute, since = "0.9.7", default = "mandatory")]
    pub startup_policy: Option<StartupPolicy>,
    /// The number of this image in its chain, of a running domain.
    #[xml(attribute, lax, schema = "crate::pattern::POSITIVE")]
    pub index: Option<u32>,
    /// Parts of the storage.
    #[xml(child = "slice", wrapper = "slices", since = "6.1.0", schema_required)]
    pub slices: Vec<Slice>,
    /// Labels of this file.
    #[xml(child = "seclabel")]
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

/// The file that holds the guest's bytes for an image that holds only tables.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DataStore {
    /// Its format.
    #[xml(child, schema_required)]
    pub format: Option<super::ImageFormat>,
    /// Where it is.
    #[xml(flatten, lead)]
    pub source: super::BackingSource,
}

/// A file on the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@fdgroup => @file")]
pub struct FileSource {
    /// The path.
    #[xml(attribute, schema = "crate::pattern::SOURCE_FILE")]
    pub file: Option<String>,
    /// The group of descriptors that stand for the path.
    #[xml(attribute, since = "9.0.0")]
    pub fdgroup: Option<String>,
    /// What all sources have.
    #[xml(flatten, schema_without = "reservations")]
    pub common: SourceCommon,
}

/// A block device of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct BlockSource {
    /// The path.
    #[xml(attribute, schema = "crate::pattern::DEVICE_PATH")]
    pub dev: Option<String>,
    /// What all sources have.
    #[xml(flatten)]
    pub common: SourceCommon,
}

/// A directory, shown as a FAT disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DirSource {
    /// The path.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        schema_required,
        since = "0.7.5"
    )]
    pub dir: Option<String>,
    /// What all sources have.
    #[xml(flatten, schema_without = "reservations seclabel")]
    pub common: SourceCommon,
}

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
    #[xml(attribute, since = "1.1.1", default = "host")]
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
    #[xml(attribute, yes_no, since = "6.0.0")]
    pub managed: Option<bool>,
    /// The namespace.
    #[xml(attribute, required, schema = "crate::pattern::UINT", since = "6.0.0")]
    pub namespace: Option<u64>,
    /// The PCI address on the host.
    #[xml(child, schema_required, since = "6.0.0")]
    pub address: Option<super::PciAddress>,
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
    pub reconnect: Option<super::Reconnect>,
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

/// An image on the network.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@protocol!='rbd|nbd' => @name")]
#[xml(rule = "@protocol!='rbd' => host")]
#[xml(rule = "@protocol!='rbd|gluster' => one host")]
#[xml(rule = "@protocol!='rbd' => no snapshot, config")]
#[xml(rule = "@protocol!='http|https' => no @query, cookies")]
#[xml(rule = "@protocol!='nbd|vxhs' => no @tls")]
#[xml(rule = "@protocol!='nbd' => no @tlsHostname, reconnect")]
#[xml(rule = "@protocol!='rbd|iscsi|http|https|ftp|ftps|ssh' => no auth")]
#[xml(rule = "@protocol!='iscsi' => no initiator")]
#[xml(rule = "@protocol!='https|ftps' => no ssl")]
#[xml(rule = "@protocol='rbd|iscsi|nbd|gluster|vxhs|nfs' => no readahead, timeout")]
#[xml(rule = "@protocol!='ssh' => no knownHosts")]
#[xml(rule = "@protocol!='ssh|nfs' => no identity")]
#[xml(rule = "@protocol='vxhs|nfs' => no encryption")]
#[xml(rule = "identity ^ auth")]
pub struct NetworkSource {
    /// The protocol.
    #[xml(attribute, required, since = "0.8.7")]
    pub protocol: NetworkProtocol,
    /// The image: its meaning is the protocol's.
    #[xml(attribute, since = "0.8.7")]
    pub name: Option<String>,
    /// The query of a URL.
    #[xml(attribute, since = "6.2.0")]
    pub query: Option<String>,
    /// Whether the connection is encrypted.
    #[xml(attribute, yes_no, since = "4.5.0")]
    pub tls: Option<bool>,
    /// The name that the server's certificate must have.
    #[xml(attribute, since = "8.2.0")]
    pub tls_hostname: Option<String>,
    /// The servers.
    #[xml(child = "host", since = "0.8.7")]
    pub hosts: Vec<SourceHost>,
    /// How NBD and SSH treat a lost connection.
    #[xml(child)]
    pub reconnect: Option<NetworkReconnect>,
    /// A snapshot inside the image.
    #[xml(
        child = "snapshot",
        attribute = "name",
        schema_required,
        schema = "crate::pattern::NAME"
    )]
    pub snapshot: Option<String>,
    /// The client's configuration file.
    #[xml(
        child = "config",
        attribute = "file",
        schema_required,
        schema = "crate::pattern::ABSOLUTE_PATH"
    )]
    pub config: Option<String>,
    /// Who connects to iSCSI.
    #[xml(child, since = "4.7.0")]
    pub initiator: Option<Initiator>,
    /// Whether the server's certificate is checked.
    #[xml(
        child = "ssl",
        attribute = "verify",
        yes_no,
        schema_required,
        since = "6.2.0"
    )]
    pub ssl_verify: Option<bool>,
    /// HTTP cookies.
    #[xml(
        child = "cookie",
        wrapper = "cookies",
        schema_required,
        since = "6.2.0"
    )]
    pub cookies: Vec<Cookie>,
    /// How much is read ahead, in bytes.
    #[xml(
        child = "readahead",
        attribute = "size",
        schema_required,
        fault = "Content",
        lax = "empty",
        schema = "crate::pattern::POSITIVE",
        since = "6.2.0"
    )]
    pub readahead: Option<u64>,
    /// How long to wait, in seconds.
    #[xml(
        child = "timeout",
        attribute = "seconds",
        schema_required,
        fault = "Content",
        lax = "empty",
        schema = "crate::pattern::POSITIVE",
        since = "6.2.0"
    )]
    pub timeout: Option<u64>,
    /// Known hosts of SSH.
    #[xml(
        child = "knownHosts",
        attribute = "path",
        schema = "crate::pattern::ABSOLUTE_PATH",
        required,
        since = "9.8.0"
    )]
    pub known_hosts: Option<String>,
    /// The identity of an NFS or SSH client.
    #[xml(child)]
    pub identity: Option<Identity>,
    /// Who logs in.
    #[xml(child, since = "3.9.0")]
    pub auth: Option<Auth>,
    /// What all sources have.
    #[xml(flatten, schema_without = "startupPolicy seclabel reservations")]
    pub common: SourceCommon,
}

/// How a network disk treats a lost connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@delay")]
pub struct NetworkReconnect {
    /// How long to try, in seconds.
    #[xml(attribute, default = "0")]
    pub delay: Option<u32>,
}

/// A protocol of network disks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NetworkProtocol {
    /// Network block device.
    Nbd,
    /// Ceph.
    Rbd,
    /// Sheepdog, which nothing supports any more. A source that is all default is not written, and the shortest
    /// one that means something names NBD alone.
    #[default]
    Sheepdog,
    /// Gluster.
    Gluster,
    /// iSCSI.
    Iscsi,
    /// HTTP.
    Http,
    /// HTTPS.
    Https,
    /// FTP.
    Ftp,
    /// FTPS.
    Ftps,
    /// TFTP.
    Tftp,
    /// SSH.
    Ssh,
    /// Veritas HyperScale.
    Vxhs,
    /// NFS.
    Nfs,
}

/// A server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@transport='|tcp|rdma' => @name")]
#[xml(rule = "@transport='|tcp|rdma' => no @socket")]
#[xml(rule = "@transport='unix' => @socket")]
#[xml(rule = "@transport='unix' => no @name, @port")]
pub struct SourceHost {
    /// How it is reached.
    #[xml(attribute, default = "tcp")]
    pub transport: Option<SourceTransport>,
    /// Its name or address.
    #[xml(attribute, schema = "crate::pattern::HOST")]
    pub name: Option<String>,
    /// Its port.
    #[xml(attribute, fault = "Argument")]
    pub port: Option<u32>,
    /// Its socket.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub socket: Option<String>,
}

/// How a server is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SourceTransport {
    /// TCP.
    #[default]
    Tcp,
    /// A unix socket.
    Unix,
    /// RDMA.
    Rdma,
}

/// An HTTP cookie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Cookie {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::COOKIE_NAME")]
    pub name: String,
    /// Its value.
    #[xml(text, schema_required, schema = "crate::pattern::COOKIE_VALUE")]
    pub value: String,
}

/// The identity of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@protocol='ssh' => @username, @keyfile | @agentsock")]
#[xml(rule = "@keyfile ^ @agentsock")]
pub struct Identity {
    /// The user, for NFS.
    #[xml(attribute, schema = "crate::pattern::NAME")]
    pub user: Option<String>,
    /// The group, for NFS.
    #[xml(attribute, schema = "crate::pattern::NAME")]
    pub group: Option<String>,
    /// The user, for SSH.
    #[xml(attribute, schema = "crate::pattern::NAME")]
    pub username: Option<String>,
    /// The key file, for SSH.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub keyfile: Option<String>,
    /// The agent's socket, for SSH.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub agentsock: Option<String>,
}

/// Who connects to iSCSI.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "iqn")]
pub struct Initiator {
    /// The initiator's qualified name.
    #[xml(child = "iqn", attribute = "name", schema_required)]
    pub iqn: Option<String>,
}

/// Who logs in to a server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Storage")]
pub struct Auth {
    /// The user.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::NAME",
        missing = "Content"
    )]
    pub username: String,
    /// The password.
    #[xml(child, required, missing = "Content")]
    pub secret: Option<SecretRef>,
}

/// A secret, by UUID or usage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@uuid | @usage")]
#[xml(rule = "@uuid ^ @usage")]
#[xml(rule = "../auth => @type='ceph|iscsi'")]
#[xml(rule = "../auth => @usage ~ crate::pattern::POOL_NAME")]
#[xml(rule = "../encryption => @type='passphrase'")]
#[xml(origin = "Document")]
pub struct SecretRef {
    /// What the secret is for: `ceph`, `iscsi`, `passphrase`.
    #[xml(
        attribute = "type",
        schema_words = "ceph iscsi passphrase",
        required,
        fault = "Unsupported"
    )]
    pub kind: Option<String>,
    /// The secret's UUID.
    #[xml(attribute, fault = "Content", origin = "Nobody")]
    pub uuid: Option<crate::Uuid>,
    /// The secret's usage.
    #[xml(attribute)]
    pub usage: Option<String>,
}

/// How an image is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "cipher => secret, ivgen")]
#[xml(rule = "ivgen => secret, cipher")]
#[xml(origin = "Storage")]
pub struct Encryption {
    /// The format.
    #[xml(attribute, required, fault = "Unsupported", missing = "Content")]
    pub format: EncryptionFormat,
    /// Who decrypts.
    #[xml(attribute, since = "8.8.0")]
    pub engine: Option<EncryptionEngine>,
    /// The keys.
    #[xml(child = "secret")]
    pub secrets: Vec<SecretRef>,
    /// The cipher of a new volume.
    #[xml(child)]
    pub cipher: Option<Cipher>,
    /// How a new volume's initialization vectors are made.
    #[xml(child)]
    pub ivgen: Option<IvGen>,
}

/// A format of encryption.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum EncryptionFormat {
    /// The volume's default.
    Default,
    /// Of the image format qcow.
    Qcow,
    /// LUKS.
    #[default]
    Luks,
    /// LUKS 2.
    Luks2,
    /// LUKS of any version.
    LuksAny,
}

/// Who decrypts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum EncryptionEngine {
    /// QEMU.
    #[default]
    Qemu,
    /// librbd.
    Librbd,
}

/// The cipher of a new volume.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@mode => @hash")]
#[xml(rule = "@hash => @mode")]
#[xml(origin = "Document")]
pub struct Cipher {
    /// The algorithm.
    #[xml(attribute, required)]
    pub name: String,
    /// The key's size in bits.
    #[xml(attribute, required)]
    pub size: u32,
    /// The mode.
    #[xml(attribute)]
    pub mode: Option<String>,
    /// The hash.
    #[xml(attribute)]
    pub hash: Option<String>,
}

/// How initialization vectors are made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Document")]
pub struct IvGen {
    /// The method.
    #[xml(attribute, required)]
    pub name: String,
    /// Its hash.
    #[xml(attribute)]
    pub hash: Option<String>,
}

/// A part of the storage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Slice {
    /// `storage`.
    #[xml(attribute = "type", required)]
    pub kind: SliceKind,
    /// Where it starts, in bytes.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::UINT"
    )]
    pub offset: u64,
    /// Its size in bytes.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::POSITIVE"
    )]
    pub size: u64,
}

/// What a slice is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SliceKind {
    /// The storage under the format.
    #[default]
    Storage,
}

/// Persistent reservations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Storage")]
pub struct Reservations {
    /// Whether the helper is started for it.
    #[xml(attribute, yes_no, required)]
    pub managed: Option<bool>,
    /// Whether the running domain turned the migration of reservations on.
    #[xml(attribute, yes_no, schema_absent)]
    pub migration: Option<bool>,
    /// The helper's socket.
    #[xml(child)]
    pub source: Option<ReservationsSource>,
}

/// The helper's socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ReservationsSource {
    /// `unix`.
    #[xml(
        attribute = "type",
        required,
        schema_words = "unix",
        missing = "Content"
    )]
    pub kind: String,
    /// The path.
    #[xml(attribute, schema_required, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub path: Option<String>,
    /// `client`.
    #[xml(attribute, schema_required, schema_words = "client server")]
    pub mode: Option<String>,
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

/// A source whose kind is said by an attribute of the element around it.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct AnySource {
    /// The path of a file.
    #[xml(attribute, schema = "crate::pattern::SOURCE_FILE")]
    pub file: Option<String>,
    /// The path of a block device.
    #[xml(attribute, schema = "crate::pattern::DEVICE_PATH")]
    pub dev: Option<String>,
    /// The pool of a volume.
    #[xml(attribute, schema = "crate::pattern::POOL_NAME")]
    pub pool: Option<String>,
    /// The volume.
    #[xml(attribute, schema = "crate::pattern::FILE_NAME")]
    pub volume: Option<String>,
    /// The protocol of a network source.
    #[xml(attribute)]
    pub protocol: Option<NetworkProtocol>,
    /// The image of a network source.
    #[xml(attribute)]
    pub name: Option<String>,
    /// What all sources have.
    #[xml(flatten)]
    pub common: SourceCommon,
    /// The servers of a network source.
    #[xml(child = "host")]
    pub hosts: Vec<SourceHost>,
    /// Who logs in.
    #[xml(child)]
    pub auth: Option<Auth>,
    /// Who connects to iSCSI.
    #[xml(child)]
    pub initiator: Option<Initiator>,
}
