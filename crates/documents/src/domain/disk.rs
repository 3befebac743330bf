//! `<disk>`: disks, CD-ROMs, floppy disks.

use xml::{Xml, XmlEnum};

use super::{Auth, DeviceInfo, DiskSource, Encryption};

/// A disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "disk")]
#[xml(rule = "@type='network|vhostuser' => source")]
#[xml(rule = "@device!='lun' => no @rawio, @sgio")]
#[xml(rule = "@device='lun' => @type='network|block|volume'")]
#[xml(rule = "iotune ^ throttlefilters")]
#[xml(rule = "@type='vhostvdpa' => source")]
pub struct Disk {
    /// What the guest sees.
    #[xml(attribute, since = "0.1.4", default = "disk")]
    pub device: Option<DiskDevice>,
    /// The model, of a virtio disk.
    #[xml(attribute, since = "5.2.0")]
    pub model: Option<DiskModel>,
    /// Whether the process may do raw I/O, of a LUN.
    #[xml(attribute, yes_no, since = "0.9.10", default = "no")]
    pub rawio: Option<bool>,
    /// Which SCSI commands a LUN passes on.
    #[xml(attribute, since = "1.0.2", default = "filtered")]
    pub sgio: Option<Sgio>,
    /// What a snapshot does with it.
    #[xml(attribute, since = "0.9.5", default = "`no` where it can only be read")]
    pub snapshot: Option<DiskSnapshot>,
    /// How QEMU runs it.
    #[xml(child, omit_empty, since = "0.1.8")]
    pub driver: Option<Box<DiskDriver>>,
    /// Who logs in, when said outside the source.
    #[xml(child, since = "0.9.7")]
    pub auth: Option<Auth>,
    /// Where the image is.
    #[xml(flatten, lead)]
    pub source: DiskSource,
    /// The image below this one; empty at the end of the chain.
    #[xml(child, since = "1.2.4")]
    pub backing_store: Option<Box<BackingStore>>,
    /// The domain that provides the device, of Xen.
    #[xml(
        child = "backenddomain",
        attribute = "name",
        schema_required,
        schema = "crate::pattern::LINE",
        since = "1.2.13"
    )]
    pub backenddomain: Option<String>,
    /// Geometry that the guest is told.
    #[xml(child, since = "0.10.0")]
    pub geometry: Option<Geometry>,
    /// Block sizes that the guest is told.
    #[xml(child, omit_empty, since = "0.10.2")]
    pub blockio: Option<BlockIo>,
    /// The copy that a block job makes, of a running domain.
    #[xml(child)]
    pub mirror: Option<Box<Mirror>>,
    /// Where the guest sees it.
    #[xml(child, schema_required, since = "0.0.3")]
    pub target: DiskTarget,
    /// Limits of I/O.
    #[xml(child, omit_empty, since = "0.9.8")]
    pub iotune: Option<Box<IoTune>>,
    /// Groups of limits that it is in.
    #[xml(
        child = "throttlefilter",
        attribute = "group",
        wrapper = "throttlefilters",
        since = "11.2.0",
        schema_required
    )]
    pub throttlefilters: Vec<String>,
    /// Whether the guest can only read.
    #[xml(present)]
    pub readonly: bool,
    /// Whether several domains may use it.
    #[xml(present)]
    pub shareable: bool,
    /// Whether writes are given up at the end.
    #[xml(child, since = "0.9.5")]
    pub transient: Option<Transient>,
    /// The serial number that the guest sees.
    #[xml(text_child, schema = "crate::pattern::SERIAL", since = "0.7.1")]
    pub serial: Option<String>,
    /// The world wide name that the guest sees.
    #[xml(text_child, since = "0.10.1", schema = "crate::pattern::WWN")]
    pub wwn: Option<String>,
    /// The vendor that the guest sees.
    #[xml(text_child, since = "1.0.1", schema = "crate::pattern::VENDOR")]
    pub vendor: Option<String>,
    /// The product that the guest sees.
    #[xml(text_child, since = "1.0.1", schema = "crate::pattern::PRODUCT")]
    pub product: Option<String>,
    /// How the image is encrypted, when said outside the source.
    #[xml(child)]
    pub encryption: Option<Encryption>,
    /// What all devices have.
    #[xml(flatten, schema_without = "master rom")]
    pub info: DeviceInfo,
}

/// What the guest sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskDevice {
    /// A disk.
    #[default]
    Disk,
    /// A CD-ROM drive.
    Cdrom,
    /// A floppy disk drive.
    Floppy,
    /// A SCSI device that is passed through.
    Lun,
}

/// The model of a virtio disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum DiskModel {
    /// As the bus says.
    #[default]
    Virtio,
    /// virtio 0.9.
    VirtioTransitional,
    /// virtio 1.0 only.
    VirtioNonTransitional,
    /// A USB mass storage device without a bus of its own.
    #[xml(since = "11.5.0", schema_absent)]
    UsbStorage,
    /// A USB mass storage device with a bus of its own.
    #[xml(since = "11.5.0", schema_absent)]
    UsbBot,
}

/// Which SCSI commands a LUN passes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Sgio {
    /// Those that the kernel lets through.
    #[default]
    Filtered,
    /// All.
    Unfiltered,
}

/// What a snapshot does with the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum DiskSnapshot {
    /// Nothing.
    #[default]
    No,
    /// A snapshot inside the image.
    Internal,
    /// A new image on top.
    External,
    /// Something outside libvirt.
    Manual,
}

/// Where the guest sees the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DiskTarget {
    /// The name: `vda`. A hint for the place on the bus.
    #[xml(attribute, schema_required, schema = "crate::pattern::DISK_NAME")]
    pub dev: Option<String>,
    /// The bus.
    #[xml(attribute)]
    pub bus: Option<DiskBus>,
    /// Whether the tray is open.
    #[xml(attribute, since = "0.9.11", default = "closed")]
    pub tray: Option<Tray>,
    /// Whether the guest is told that it can be taken out, of USB disks.
    #[xml(attribute, on_off, since = "1.1.3", default = "off")]
    pub removable: Option<bool>,
    /// Rotations per minute; 1 is a solid state disk.
    #[xml(
        attribute = "rotation_rate",
        since = "7.3.0",
        schema = "crate::pattern::POSITIVE"
    )]
    pub rotation_rate: Option<u32>,
}

/// A disk's bus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskBus {
    /// IDE.
    #[default]
    Ide,
    /// Floppy disk controller.
    Fdc,
    /// SCSI.
    Scsi,
    /// virtio.
    Virtio,
    /// Xen.
    Xen,
    /// USB.
    Usb,
    /// User Mode Linux.
    Uml,
    /// SATA.
    Sata,
    /// SD card.
    Sd,
    /// NVMe.
    #[xml(since = "11.5.0", schema_absent)]
    Nvme,
}

/// Whether the tray is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Tray {
    /// Closed.
    #[default]
    Closed,
    /// Open.
    Open,
}

/// How QEMU runs the disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DiskDriver {
    /// `qemu`.
    #[xml(attribute, schema = "crate::pattern::NAME")]
    pub name: Option<String>,
    /// The image's format.
    #[xml(attribute = "type", fault = "Unsupported")]
    pub format: Option<DiskFormat>,
    /// The host's cache.
    #[xml(attribute, since = "0.6.0", default = "the hypervisor decides")]
    pub cache: Option<CacheMode>,
    /// What happens on an error.
    #[xml(
        attribute = "error_policy",
        since = "0.8.0",
        default = "the hypervisor decides"
    )]
    pub error_policy: Option<ErrorPolicy>,
    /// What happens on a read error.
    #[xml(
        attribute = "rerror_policy",
        since = "0.9.7",
        schema_words = "stop report ignore"
    )]
    pub rerror_policy: Option<ErrorPolicy>,
    /// How I/O is done.
    #[xml(attribute, since = "0.8.8", default = "the hypervisor decides")]
    pub io: Option<IoMode>,
    /// Whether I/O has a thread of its own, of virtio disks.
    #[xml(attribute, on_off, since = "0.9.3", default = "the hypervisor decides")]
    pub ioeventfd: Option<bool>,
    /// Whether events are numbered, of virtio disks.
    #[xml(
        attribute = "event_idx",
        on_off,
        since = "0.9.5",
        default = "the hypervisor decides"
    )]
    pub event_idx: Option<bool>,
    /// Whether what is read is copied into the image.
    #[xml(attribute = "copy_on_read", on_off, since = "0.9.10", default = "off")]
    pub copy_on_read: Option<bool>,
    /// Whether the guest's discards reach the image.
    #[xml(attribute, since = "1.0.6")]
    pub discard: Option<Discard>,
    /// The I/O thread.
    #[xml(attribute, since = "1.2.8")]
    pub iothread: Option<u32>,
    /// Whether zeroes are recognized.
    #[xml(attribute = "detect_zeroes", since = "2.0.0")]
    pub detect_zeroes: Option<DetectZeroes>,
    /// Whether discarded clusters keep their place.
    #[xml(attribute = "discard_no_unref", on_off, since = "9.5.0")]
    pub discard_no_unref: Option<bool>,
    /// Number of queues, of virtio disks.
    #[xml(attribute, since = "3.9.0", schema = "crate::pattern::POSITIVE")]
    pub queues: Option<u32>,
    /// Entries of a queue.
    #[xml(
        attribute = "queue_size",
        since = "7.8.0",
        schema = "crate::pattern::POSITIVE"
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

/// An image's format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskFormat {
    /// To be found out, which is refused for security.
    #[xml(schema_absent)]
    Auto,
    /// Nothing around the data.
    #[default]
    Raw,
    /// A directory as a FAT disk.
    Dir,
    /// Bochs.
    Bochs,
    /// Linux cloop.
    Cloop,
    /// macOS disk image.
    Dmg,
    /// ISO 9660.
    Iso,
    /// VirtualPC.
    Vpc,
    /// VirtualBox.
    Vdi,
    /// FAT made of a directory.
    Fat,
    /// Hyper-V.
    Vhd,
    /// Ploop.
    Ploop,
    /// Copy-on-write, version 0.
    Cow,
    /// qcow, version 1.
    Qcow,
    /// qcow, version 2 or 3.
    Qcow2,
    /// QEMU's enhanced disk.
    Qed,
    /// VMware.
    Vmdk,
    /// LUKS.
    Luks,
    /// VHDX.
    #[xml(schema_absent)]
    Vhdx,
    /// The AIO of Xen, which means raw.
    Aio,
    /// VMware's virtual machine disk 4.
    #[xml(schema_absent)]
    Vmdk4,
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
    Directsync,
    /// Reads and writes, flushes ignored.
    Unsafe,
}

/// What happens on an I/O error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ErrorPolicy {
    /// The domain is paused.
    #[default]
    Stop,
    /// The guest is told.
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

/// What of virtio may be set on any device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VirtioOptions {
    /// Whether the device goes through the IOMMU.
    #[xml(attribute, on_off, since = "3.5.0")]
    pub iommu: Option<bool>,
    /// Whether address translation is offered.
    #[xml(attribute, on_off, since = "3.5.0")]
    pub ats: Option<bool>,
    /// Whether queues are packed.
    #[xml(attribute, on_off, since = "6.3.0")]
    pub packed: Option<bool>,
    /// Whether queues can be reset one by one.
    #[xml(attribute = "page_per_vq", on_off, since = "7.9.0")]
    pub page_per_vq: Option<bool>,
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

/// The cache of the image's tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MetadataCache {
    /// Its largest size.
    #[xml(child = "max_size")]
    pub max_size: Option<CacheSize>,
}

/// A cache's size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct CacheSize {
    /// The size in bytes.
    #[xml(text, unit = "bytes", schema_required)]
    pub bytes: u64,
}

/// The image below another; empty at the end of the chain.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@type => format")]
#[xml(rule = "source => format")]
#[xml(rule = "@type => @type!=''")]
#[xml(rule = "@type='network|vhostuser|vhostvdpa' => source")]
pub struct BackingStore {
    /// The number in the chain, of a running domain.
    #[xml(attribute, schema = "crate::pattern::POSITIVE")]
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

/// Where a backing image is, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(tag = "type", content = "source", fault = "Content")]
pub enum BackingSource {
    /// None: the chain ends.
    #[default]
    #[xml("")]
    End,
    /// A file on the host.
    File(super::FileSource),
    /// A block device of the host.
    Block(super::BlockSource),
    /// A directory.
    Dir(super::DirSource),
    /// An image on the network.
    Network(Box<super::NetworkSource>),
    /// A volume of a pool.
    Volume(super::VolumeSource),
    /// An NVMe disk of the host.
    Nvme(super::NvmeSource),
    /// A vhost-user process.
    #[xml("vhostuser")]
    VhostUser(super::VhostUserSource),
    /// A vDPA device.
    #[xml("vhostvdpa")]
    VhostVdpa(super::VdpaSource),
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

impl BackingStore {
    /// The image below, if the chain goes on with one.
    pub fn next(&self) -> Option<&Self> {
        let next = self.backing_store.as_deref()?;
        (next.source != BackingSource::End).then_some(next)
    }
}

/// The format of a backing image or a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='aio'")]
pub struct ImageFormat {
    /// The format.
    #[xml(attribute = "type", required, fault = "Content")]
    pub format: DiskFormat,
    /// The cache of the image's tables.
    #[xml(child = "metadata_cache", omit_empty)]
    pub metadata_cache: Option<MetadataCache>,
}

/// The copy that a block job makes.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Mirror {
    /// The job: `copy`, `active-commit`.
    #[xml(attribute, schema_words = "active-commit copy")]
    pub job: Option<String>,
    /// The file, as old clients look for it.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub file: Option<String>,
    /// Its format, as old clients look for it.
    #[xml(
        attribute = "format",
        schema_words = "bochs cloop cow dir dmg fat iso luks ploop qcow qcow2 qed raw vdi vhd vmdk vpc"
    )]
    pub old_format: Option<String>,
    /// `yes` when both are the same, `pivot` or `abort` when that is under way.
    #[xml(attribute, schema_words = "abort pivot yes")]
    pub ready: Option<String>,
    /// Its format.
    #[xml(child)]
    pub format: Option<ImageFormat>,
    /// Where the copy is.
    #[xml(flatten, lead)]
    pub source: BackingSource,
    /// The image below the copy.
    #[xml(child)]
    pub backing_store: Option<Box<BackingStore>>,
}

/// Geometry that the guest is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Geometry {
    /// Cylinders.
    #[xml(attribute, schema_required)]
    pub cyls: u32,
    /// Heads.
    #[xml(attribute, schema_required)]
    pub heads: u32,
    /// Sectors of a track.
    #[xml(attribute, schema_required)]
    pub secs: u32,
    /// How the BIOS translates.
    #[xml(attribute)]
    pub trans: Option<GeometryTranslation>,
}

/// How the BIOS translates the geometry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum GeometryTranslation {
    /// As it likes.
    #[default]
    Auto,
    /// Not at all.
    None,
    /// To logical blocks.
    Lba,
}

/// Block sizes that the guest is told, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BlockIo {
    /// The smallest that can be addressed.
    #[xml(attribute = "logical_block_size")]
    pub logical_block_size: Option<u32>,
    /// The smallest that can be written at once.
    #[xml(attribute = "physical_block_size")]
    pub physical_block_size: Option<u32>,
    /// The granularity of discards.
    #[xml(attribute = "discard_granularity")]
    pub discard_granularity: Option<u32>,
}

/// Whether writes are given up at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Transient {
    /// Whether several domains share the image below.
    #[xml(attribute, yes_no, since = "7.4.0")]
    pub share_backing: Option<bool>,
}

/// Limits of I/O: bytes or requests per second.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "total_bytes_sec => no read_bytes_sec, write_bytes_sec")]
#[xml(rule = "total_iops_sec => no read_iops_sec, write_iops_sec")]
#[xml(rule = "total_bytes_sec_max => no read_bytes_sec_max, write_bytes_sec_max")]
#[xml(rule = "total_iops_sec_max => no read_iops_sec_max, write_iops_sec_max")]
#[xml(
    rule = "total_bytes_sec_max_length => no read_bytes_sec_max_length, write_bytes_sec_max_length"
)]
#[xml(rule = "total_iops_sec_max_length => no read_iops_sec_max_length, write_iops_sec_max_length")]
pub struct IoTune {
    /// Bytes, both ways.
    #[xml(text_child = "total_bytes_sec", fault = "Content")]
    pub total_bytes_sec: Option<u64>,
    /// Bytes read.
    #[xml(text_child = "read_bytes_sec", fault = "Content")]
    pub read_bytes_sec: Option<u64>,
    /// Bytes written.
    #[xml(text_child = "write_bytes_sec", fault = "Content")]
    pub write_bytes_sec: Option<u64>,
    /// Requests, both ways.
    #[xml(text_child = "total_iops_sec", fault = "Content")]
    pub total_iops_sec: Option<u64>,
    /// Read requests.
    #[xml(text_child = "read_iops_sec", fault = "Content")]
    pub read_iops_sec: Option<u64>,
    /// Write requests.
    #[xml(text_child = "write_iops_sec", fault = "Content")]
    pub write_iops_sec: Option<u64>,
    /// Bytes in a burst, both ways.
    #[xml(
        text_child = "total_bytes_sec_max",
        fault = "Content",
        since = "1.2.11"
    )]
    pub total_bytes_sec_max: Option<u64>,
    /// Bytes read in a burst.
    #[xml(text_child = "read_bytes_sec_max", fault = "Content", since = "1.2.11")]
    pub read_bytes_sec_max: Option<u64>,
    /// Bytes written in a burst.
    #[xml(
        text_child = "write_bytes_sec_max",
        fault = "Content",
        since = "1.2.11"
    )]
    pub write_bytes_sec_max: Option<u64>,
    /// Requests in a burst, both ways.
    #[xml(text_child = "total_iops_sec_max", fault = "Content", since = "1.2.11")]
    pub total_iops_sec_max: Option<u64>,
    /// Read requests in a burst.
    #[xml(text_child = "read_iops_sec_max", fault = "Content", since = "1.2.11")]
    pub read_iops_sec_max: Option<u64>,
    /// Write requests in a burst.
    #[xml(text_child = "write_iops_sec_max", fault = "Content", since = "1.2.11")]
    pub write_iops_sec_max: Option<u64>,
    /// The size that counts as one request.
    #[xml(text_child = "size_iops_sec", fault = "Content", since = "1.2.11")]
    pub size_iops_sec: Option<u64>,
    /// Disks with the same name share the limits.
    #[xml(text_child = "group_name", since = "3.0.0")]
    pub group_name: Option<String>,
    /// Seconds of a burst, bytes both ways.
    #[xml(
        text_child = "total_bytes_sec_max_length",
        fault = "Content",
        since = "2.4.0"
    )]
    pub total_bytes_sec_max_length: Option<u64>,
    /// Seconds of a burst, bytes read.
    #[xml(
        text_child = "read_bytes_sec_max_length",
        fault = "Content",
        since = "2.4.0"
    )]
    pub read_bytes_sec_max_length: Option<u64>,
    /// Seconds of a burst, bytes written.
    #[xml(
        text_child = "write_bytes_sec_max_length",
        fault = "Content",
        since = "2.4.0"
    )]
    pub write_bytes_sec_max_length: Option<u64>,
    /// Seconds of a burst, requests both ways.
    #[xml(
        text_child = "total_iops_sec_max_length",
        fault = "Content",
        since = "2.4.0"
    )]
    pub total_iops_sec_max_length: Option<u64>,
    /// Seconds of a burst, read requests.
    #[xml(
        text_child = "read_iops_sec_max_length",
        fault = "Content",
        since = "2.4.0"
    )]
    pub read_iops_sec_max_length: Option<u64>,
    /// Seconds of a burst, write requests.
    #[xml(
        text_child = "write_iops_sec_max_length",
        fault = "Content",
        since = "2.4.0"
    )]
    pub write_iops_sec_max_length: Option<u64>,
}
