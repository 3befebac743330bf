//! `<driver>` of disks: how QEMU runs it.

use xml::{Xml, XmlEnum};

use super::{DiskFormat, MetadataCache};
use crate::domain::VirtioOptions;

/// How QEMU runs the disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DiskDriver {
    /// `qemu`.
    #[xml(
        attribute,
        schema = "crate::pattern::NAME",
        absent = "the hypervisor's only one"
    )]
    pub name: Option<String>,
    /// The image's format.
    #[xml(attribute = "type", fault = "Unsupported", default = "`raw`")]
    pub format: Option<DiskFormat>,
    /// The host's cache.
    #[xml(attribute, since = "0.6.0", absent = "the hypervisor decides")]
    pub cache: Option<CacheMode>,
    /// What happens on an error.
    #[xml(
        attribute = "error_policy",
        since = "0.8.0",
        absent = "the hypervisor decides"
    )]
    pub error_policy: Option<ErrorPolicy>,
    /// What happens on a read error.
    #[xml(
        attribute = "rerror_policy",
        since = "0.9.7",
        schema_words = "stop report ignore",
        absent = "as `error_policy` says"
    )]
    pub rerror_policy: Option<ErrorPolicy>,
    /// How I/O is done.
    #[xml(attribute, since = "0.8.8", absent = "the hypervisor decides")]
    pub io: Option<IoMode>,
    /// Whether I/O has a thread of its own, of virtio disks.
    #[xml(attribute, on_off, since = "0.9.3", absent = "the hypervisor decides")]
    pub ioeventfd: Option<bool>,
    /// Whether events are numbered, of virtio disks.
    #[xml(
        attribute = "event_idx",
        on_off,
        since = "0.9.5",
        absent = "the hypervisor decides"
    )]
    pub event_idx: Option<bool>,
    /// Whether what is read is copied into the image.
    #[xml(
        attribute = "copy_on_read",
        on_off,
        since = "0.9.10",
        default = "`off`"
    )]
    pub copy_on_read: Option<bool>,
    /// Whether the guest's discards reach the image.
    #[xml(attribute, since = "1.0.6", absent = "the hypervisor decides")]
    pub discard: Option<Discard>,
    /// The I/O thread.
    #[xml(attribute, since = "1.2.8", absent = "the main thread does its I/O")]
    pub iothread: Option<u32>,
    /// Whether zeroes are recognized.
    #[xml(attribute = "detect_zeroes", since = "2.0.0", default = "`off`")]
    pub detect_zeroes: Option<DetectZeroes>,
    /// Whether discarded clusters keep their place.
    #[xml(
        attribute = "discard_no_unref",
        on_off,
        since = "9.5.0",
        default = "`off`"
    )]
    pub discard_no_unref: Option<bool>,
    /// Number of queues, of virtio disks.
    #[xml(
        attribute,
        since = "3.9.0",
        schema = "crate::pattern::POSITIVE",
        absent = "as many as there are virtual CPUs"
    )]
    pub queues: Option<u32>,
    /// Entries of a queue.
    #[xml(
        attribute = "queue_size",
        since = "7.8.0",
        schema = "crate::pattern::POSITIVE",
        absent = "the hypervisor decides"
    )]
    pub queue_size: Option<u32>,
    /// What of virtio may be set on any device.
    #[xml(flatten)]
    pub virtio: VirtioOptions,
    /// The I/O threads, with their queues.
    #[xml(
        child = "iothread",
        wrapper = "iothreads",
        since = "10.0.0",
        schema_required
    )]
    pub iothreads: Vec<DriverIoThread>,
    /// The cache of the image's tables.
    #[xml(child = "metadata_cache", omit_empty, since = "7.0.0")]
    pub metadata_cache: Option<MetadataCache>,
}

/// How the host caches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum CacheMode {
    /// The hypervisor's default.
    #[default]
    Default,
    /// Not at all.
    None,
    /// Reads only.
    Writethrough,
    /// Reads and writes.
    Writeback,
    /// Not at all, and each write waits.
    #[xml(since = "0.9.5")]
    Directsync,
    /// Reads and writes, flushes ignored.
    #[xml(since = "0.9.7")]
    Unsafe,
}

/// What happens on an I/O error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ErrorPolicy {
    /// The domain is paused.
    #[default]
    Stop,
    /// The guest is told.
    #[xml(since = "0.9.7")]
    Report,
    /// Nothing.
    Ignore,
    /// The domain is paused when the disk is full, else the guest is told.
    Enospace,
}

/// How I/O is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum IoMode {
    /// By the kernel's AIO.
    Native,
    /// By threads.
    #[default]
    Threads,
    /// By io_uring.
    #[xml(name = "io_uring", since = "6.3.0")]
    IoUring,
}

/// Whether discards reach the image.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Discard {
    /// They do.
    #[default]
    Unmap,
    /// They do not.
    Ignore,
}

/// Whether zeroes are recognized.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum DetectZeroes {
    /// No.
    #[default]
    Off,
    /// Yes.
    On,
    /// Yes, and they are discarded.
    Unmap,
}

/// An I/O thread with the queues that it serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DriverIoThread {
    /// The thread.
    #[xml(attribute, required)]
    pub id: u32,
    /// The queues; all when none is named.
    #[xml(child = "queue", attribute = "id", required)]
    pub queues: Vec<u32>,
}
