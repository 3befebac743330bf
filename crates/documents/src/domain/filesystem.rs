//! `<filesystem>`: folders of the host inside the guest.

use xml::{Xml, XmlEnum};

use crate::Octal;

use super::{DeviceInfo, IdMap, VirtioModel, VirtioOptions};

/// A folder of the host inside the guest.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "filesystem")]
#[xml(rule = "source")]
#[xml(rule = "target")]
pub struct Filesystem {
    /// How users and modes are kept.
    #[xml(attribute, lax = "empty", default = "passthrough")]
    pub accessmode: Option<AccessMode>,
    /// The model, of a virtio device.
    #[xml(attribute, since = "5.2.0")]
    pub model: Option<VirtioModel>,
    /// What becomes of a folder with several devices.
    #[xml(attribute, since = "6.3.0", default = "warn")]
    pub multidevs: Option<MultiDevs>,
    /// The mode of new files, in octal.
    #[xml(
        attribute,
        with = "Octal",
        fault = "Content",
        since = "6.10.0",
        schema = "crate::pattern::CREATE_MODE"
    )]
    pub fmode: Option<u32>,
    /// The mode of new folders, in octal.
    #[xml(
        attribute,
        with = "Octal",
        fault = "Content",
        since = "6.10.0",
        schema = "crate::pattern::CREATE_MODE"
    )]
    pub dmode: Option<u32>,
    /// How it is run.
    #[xml(child, omit_empty, since = "1.0.6")]
    pub driver: Option<FilesystemDriver>,
    /// The program of virtiofs.
    #[xml(child, omit_empty, since = "6.2.0")]
    pub binary: Option<VirtiofsBinary>,
    /// Users inside as users of the host.
    #[xml(child, omit_empty, since = "10.0.0")]
    pub idmap: Option<IdMap>,
    /// What of the host it is.
    #[xml(flatten, lead)]
    pub source: FilesystemSource,
    /// The name that the guest mounts.
    #[xml(child = "target", attribute = "dir", schema_required)]
    pub target: Option<String>,
    /// Whether the guest can only read.
    #[xml(present)]
    pub readonly: bool,
    /// What all devices have.
    #[xml(flatten, schema_without = "master rom")]
    pub info: DeviceInfo,
    /// The most bytes.
    #[xml(text_child = "space_hard_limit", unit = "bytes", since = "0.9.13")]
    pub space_hard_limit: Option<u64>,
    /// The most bytes for long.
    #[xml(text_child = "space_soft_limit", unit = "bytes", since = "0.9.13")]
    pub space_soft_limit: Option<u64>,
}

/// How users and modes are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum AccessMode {
    /// As the host's.
    #[default]
    Passthrough,
    /// Beside the files.
    Mapped,
    /// As the host's as far as that goes.
    Squash,
}

/// What becomes of a folder with several devices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MultiDevs {
    /// The hypervisor's choice.
    #[default]
    Default,
    /// File numbers are made new.
    Remap,
    /// The others cannot be seen.
    Forbid,
    /// A warning is written.
    Warn,
}

/// How a filesystem is run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='virtiofs' => no @queue")]
#[xml(rule = "@type='virtiofs|mtp' => no @format, @wrpolicy")]
pub struct FilesystemDriver {
    /// Who runs it.
    #[xml(attribute = "type")]
    pub kind: Option<FilesystemDriverKind>,
    /// The image's format.
    #[xml(attribute)]
    pub format: Option<super::DiskFormat>,
    /// When it is written.
    #[xml(attribute)]
    pub wrpolicy: Option<WritePolicy>,
    /// Entries of a queue.
    #[xml(attribute, since = "6.2.0", lax, schema = "crate::pattern::UINT")]
    pub queue: Option<u64>,
    /// What of virtio may be set on any device.
    #[xml(flatten)]
    pub virtio: VirtioOptions,
}

/// Who runs a filesystem.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FilesystemDriverKind {
    /// The hypervisor.
    #[default]
    Path,
    /// The hypervisor, which no longer can.
    Handle,
    /// A loop device.
    Loop,
    /// A network block device.
    Nbd,
    /// Ploop.
    Ploop,
    /// virtiofsd.
    Virtiofs,
    /// USB's media transfer protocol.
    #[xml(since = "9.9.0")]
    Mtp,
}

/// When a filesystem is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum WritePolicy {
    /// At once.
    #[default]
    Immediate,
}

/// The program of virtiofs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VirtiofsBinary {
    /// Its path.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", since = "6.2.0")]
    pub path: Option<String>,
    /// Whether extended attributes are kept.
    #[xml(attribute, on_off, since = "6.2.0")]
    pub xattr: Option<bool>,
    /// What is kept in memory.
    #[xml(child = "cache", attribute = "mode", since = "6.2.0")]
    pub cache: Option<VirtiofsCache>,
    /// How it is confined.
    #[xml(child = "sandbox", attribute = "mode", since = "7.2.0")]
    pub sandbox: Option<VirtiofsSandbox>,
    /// Locks.
    #[xml(child, omit_empty, since = "6.2.0")]
    pub lock: Option<VirtiofsLock>,
    /// Threads.
    #[xml(
        child = "thread_pool",
        attribute = "size",
        fault = "Content",
        lax = "empty",
        since = "8.5.0"
    )]
    pub thread_pool: Option<i32>,
    /// The most open files.
    #[xml(
        child = "openfiles",
        attribute = "max",
        fault = "Content",
        lax = "empty",
        since = "10.6.0"
    )]
    pub openfiles: Option<u64>,
}

/// What virtiofs keeps in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VirtiofsCache {
    /// Nothing.
    #[default]
    None,
    /// Everything.
    Always,
}

/// How virtiofs is confined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VirtiofsSandbox {
    /// By namespaces.
    #[default]
    Namespace,
    /// By its root folder.
    Chroot,
}

/// Locks of virtiofs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VirtiofsLock {
    /// POSIX locks.
    #[xml(attribute, on_off)]
    pub posix: Option<bool>,
    /// BSD locks.
    #[xml(attribute, on_off)]
    pub flock: Option<bool>,
}

/// What of the host a filesystem is.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", content = "source")]
pub enum FilesystemSource {
    /// A folder.
    Mount(MountSource),
    /// A block device.
    Block(FsBlockSource),
    /// An image file.
    File(FsFileSource),
    /// A template of OpenVZ.
    Template(TemplateSource),
    /// Memory.
    Ram(RamSource),
    /// A folder of the container itself.
    Bind(MountSource),
    /// A volume of a pool.
    #[xml(schema_absent)]
    Volume(FsVolumeSource),
}

impl Default for FilesystemSource {
    fn default() -> Self {
        Self::Mount(MountSource::default())
    }
}

/// A folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@dir | @socket")]
#[xml(rule = "@dir ^ @socket")]
#[xml(rule = "../@type='bind' => @dir")]
pub struct MountSource {
    /// Its path.
    #[xml(attribute, schema = "crate::pattern::DIRECTORY")]
    pub dir: Option<String>,
    /// The socket of a virtiofsd that somebody else runs.
    #[xml(attribute, since = "6.7.0", schema = "crate::pattern::ABSOLUTE_PATH")]
    pub socket: Option<String>,
}

/// A block device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FsBlockSource {
    /// Its path.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", schema_required)]
    pub dev: Option<String>,
}

/// An image file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FsFileSource {
    /// Its path.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", schema_required)]
    pub file: Option<String>,
}

/// A template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TemplateSource {
    /// Its name.
    #[xml(attribute, schema = "crate::pattern::NAME", schema_required)]
    pub name: Option<String>,
}

/// Memory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct RamSource {
    /// The most.
    #[xml(attribute, schema_required)]
    pub usage: Option<u64>,
    /// The unit of that; KiB when none is said.
    #[xml(attribute, schema = "crate::pattern::UNIT")]
    pub units: Option<String>,
}

/// A volume of a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FsVolumeSource {
    /// The pool.
    #[xml(attribute, schema_absent)]
    pub pool: Option<String>,
    /// The volume.
    #[xml(attribute, schema_absent)]
    pub volume: Option<String>,
}
