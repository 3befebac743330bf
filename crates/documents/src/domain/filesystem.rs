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
    #[xml(attribute, lax = "empty", default = "`passthrough`", since = "0.8.5")]
    pub accessmode: Option<AccessMode>,
    /// The model, of a virtio device.
    #[xml(attribute, since = "5.2.0", default = "`virtio`")]
    pub model: Option<VirtioModel>,
    /// What becomes of a folder with several devices.
    #[xml(attribute, since = "6.3.0", default = "`warn`")]
    pub multidevs: Option<MultiDevs>,
    /// The mode of new files, in octal.
    #[xml(
        attribute,
        with = "Octal",
        fault = "Content",
        since = "6.10.0",
        schema = "crate::pattern::CREATE_MODE",
        absent = "the hypervisor decides"
    )]
    pub fmode: Option<u32>,
    /// The mode of new folders, in octal.
    #[xml(
        attribute,
        with = "Octal",
        fault = "Content",
        since = "6.10.0",
        schema = "crate::pattern::CREATE_MODE",
        absent = "the hypervisor decides"
    )]
    pub dmode: Option<u32>,
    /// How it is run.
    #[xml(child, omit_empty, since = "0.9.7")]
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
    #[xml(present, since = "0.4.5")]
    pub readonly: bool,
    /// What all devices have.
    #[xml(flatten, schema_without = "master rom")]
    pub info: DeviceInfo,
    /// The most bytes.
    #[xml(
        text_child = "space_hard_limit",
        unit = "bytes",
        since = "0.9.13",
        absent = "there is no limit"
    )]
    pub space_hard_limit: Option<u64>,
    /// The most bytes for long.
    #[xml(
        text_child = "space_soft_limit",
        unit = "bytes",
        since = "0.9.13",
        absent = "there is no limit"
    )]
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
    #[xml(
        attribute = "type",
        absent = "the driver chooses by the kind of source: `path` of a folder"
    )]
    pub kind: Option<FilesystemDriverKind>,
    /// The image's format.
    #[xml(attribute, since = "1.0.6", absent = "`raw`, of an image")]
    pub format: Option<super::DiskFormat>,
    /// When it is written.
    #[xml(attribute, since = "0.9.10", absent = "the host's kernel decides when")]
    pub wrpolicy: Option<WritePolicy>,
    /// Entries of a queue.
    #[xml(
        attribute,
        since = "6.2.0",
        lax,
        schema = "crate::pattern::UINT",
        absent = "the hypervisor decides"
    )]
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
    #[xml(since = "1.0.6")]
    Loop,
    /// A network block device.
    #[xml(since = "1.0.6")]
    Nbd,
    /// Ploop.
    #[xml(since = "1.2.12")]
    Ploop,
    /// virtiofsd.
    #[xml(since = "6.2.0")]
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
#[xml(absent = "the program's own default holds")]
pub struct VirtiofsBinary {
    /// Its path.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "6.2.0",
        absent = "the one that is installed, as its own description says"
    )]
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
#[xml(absent = "the program's own default holds")]
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
#[xml(tag = "type", content = "source", default = "`mount`")]
pub enum FilesystemSource {
    /// A folder.
    Mount(MountSource),
    /// A block device.
    #[xml(since = "0.4.5")]
    Block(FsBlockSource),
    /// An image file.
    #[xml(since = "0.4.5")]
    File(FsFileSource),
    /// A template of OpenVZ.
    #[xml(since = "0.4.5")]
    Template(TemplateSource),
    /// Memory.
    #[xml(since = "0.9.13")]
    Ram(RamSource),
    /// A folder of the container itself.
    #[xml(since = "0.9.13")]
    Bind(MountSource),
    /// A volume of a pool.
    #[xml(schema_absent, since = "2.1.0")]
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
    #[xml(
        attribute,
        schema = "crate::pattern::DIRECTORY",
        absent = "`socket` says where it is"
    )]
    pub dir: Option<String>,
    /// The socket of a virtiofsd that somebody else runs.
    #[xml(
        attribute,
        since = "6.7.0",
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the driver runs one itself"
    )]
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
    #[xml(
        attribute,
        schema = "crate::pattern::UNIT",
        since = "1.1.4",
        default = "`KiB`"
    )]
    pub units: Option<String>,
}

/// A volume of a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "an error")]
pub struct FsVolumeSource {
    /// The pool.
    #[xml(attribute, schema_absent)]
    pub pool: Option<String>,
    /// The volume.
    #[xml(attribute, schema_absent)]
    pub volume: Option<String>,
}
