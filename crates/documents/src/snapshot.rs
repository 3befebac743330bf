//! `<domainsnapshot>`: a domain at one moment.

use xml::{Tree, Xml, XmlEnum};

use crate::domain::{DeviceSecLabel, DiskFormat, DiskSnapshot, Domain, MetadataCache};

/// A domain at one moment.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "domainsnapshot", since = "0.8.0")]
pub struct Snapshot {
    /// The name, unique in the domain.
    #[xml(text_child, absent = "the time in seconds since 1970")]
    pub name: Option<String>,
    /// What the snapshot is of, in any words.
    #[xml(text_child, absent = "there is none")]
    pub description: Option<String>,
    /// The domain's state at that moment.
    #[xml(text_child, absent = "the document asks for a new snapshot")]
    pub state: Option<SnapshotState>,
    /// The snapshot that was current then.
    #[xml(text_child = "name", wrapper = "parent", schema_required)]
    pub parent: Option<String>,
    /// Seconds since 1970.
    #[xml(text_child, absent = "now")]
    pub creation_time: Option<i64>,
    /// What becomes of the guest's memory.
    #[xml(child, since = "1.0.1")]
    pub memory: Option<SnapshotMemory>,
    /// What becomes of each disk.
    #[xml(child = "disk", wrapper = "disks", since = "0.9.5")]
    pub disks: Vec<SnapshotDisk>,
    /// The disks that a revert from an external snapshot has made.
    #[xml(child = "disk", wrapper = "revertDisks", since = "9.9.0")]
    pub revert_disks: Vec<SnapshotDisk>,
    /// The domain as it was.
    #[xml(child)]
    pub domain: Option<Box<Domain>>,
    /// The domain as it would have been after its next start.
    #[xml(child, since = "5.8.0")]
    pub inactive_domain: Option<Box<Domain>>,
    /// Whether it is the current one, of files on disk.
    #[xml(text_child, schema_words = "0 1", default = "0")]
    pub active: Option<u32>,
    /// What the driver keeps with it.
    #[xml(verbatim, since = "3.5.0")]
    pub cookie: Option<Tree>,
}

/// A domain's state in a snapshot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum SnapshotState {
    /// It was in no state that has a name.
    #[xml(schema_absent)]
    Nostate,
    /// It ran.
    Running,
    /// It waited for a resource.
    Blocked,
    /// It was paused.
    Paused,
    /// It was shutting down.
    Shutdown,
    /// It was off.
    #[default]
    Shutoff,
    /// It had crashed.
    Crashed,
    /// The guest was asleep.
    #[xml(schema_absent, since = "0.9.11")]
    Pmsuspended,
    /// Only disks are in the snapshot, of a running domain.
    #[xml(since = "0.9.5")]
    DiskSnapshot,
}

/// The memory in a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@snapshot='|external' => @file")]
#[xml(rule = "@snapshot='no|internal' => no @file")]
#[xml(rule = "@snapshot!='manual'")]
pub struct SnapshotMemory {
    /// Where it is.
    #[xml(
        attribute,
        absent = "`external` with a file; else as the domain runs and its disks say"
    )]
    pub snapshot: Option<DiskSnapshot>,
    /// The path of the file that the memory is saved in.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the memory is in an image, or not kept"
    )]
    pub file: Option<String>,
}

/// A disk in a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    rule = "@snapshot='no|internal|manual' => no @type, driver, source, snapshotDeleteInProgress"
)]
#[xml(rule = "@type => @type!=''")]
#[xml(rule = "@type='block' & source => source@dev")]
#[xml(rule = "@type='block' => source@dev ~ crate::pattern::ABSOLUTE_PATH")]
pub struct SnapshotDisk {
    /// The disk: its target, or its source.
    #[xml(
        attribute,
        lead,
        schema_required,
        schema = "crate::pattern::DISK_OR_PATH"
    )]
    pub name: Option<String>,
    /// What is done with it.
    #[xml(
        attribute,
        lead,
        absent = "as the disk of the domain says, else as the disks are and the flags ask"
    )]
    pub snapshot: Option<DiskSnapshot>,
    /// The new image's format.
    #[xml(child, omit_empty)]
    pub driver: Option<SnapshotDriver>,
    /// Labels of the new image.
    #[xml(child = "seclabel", schema_absent, since = "0.9.9")]
    pub seclabels: Vec<DeviceSecLabel>,
    /// Where the new image is.
    #[xml(flatten)]
    pub source: SnapshotSource,
    /// Whether a deletion of the snapshot was begun.
    #[xml(present = "snapshotDeleteInProgress", since = "9.1.0")]
    pub delete_in_progress: bool,
}

/// Where the new image of a disk is, if that is said.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source", default = "`file`")]
pub enum SnapshotSource {
    /// No kind is said, which means a file: this one, or one beside the old image.
    #[xml("")]
    Unsaid(crate::domain::FileSource),
    /// A file on the host.
    #[xml(since = "1.2.2")]
    File(crate::domain::FileSource),
    /// A block device of the host.
    #[xml(since = "1.2.2")]
    Block(crate::domain::BlockSource),
    /// An image on the network.
    #[xml(since = "1.2.2")]
    Network(Box<crate::domain::NetworkSource>),
    /// A volume of a pool.
    #[xml(schema_absent, since = "1.2.2")]
    Volume(crate::domain::VolumeSource),
}

impl Default for SnapshotSource {
    fn default() -> Self {
        Self::Unsaid(crate::domain::FileSource::default())
    }
}

/// The new image's format.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SnapshotDriver {
    /// The format.
    #[xml(
        attribute = "type",
        fault = "Unsupported",
        schema_words = "cow qcow qcow2 qed vmdk",
        default = "`qcow2`"
    )]
    pub format: Option<DiskFormat>,
    /// The cache of the image's tables.
    #[xml(child = "metadata_cache", omit_empty, since = "7.0.0")]
    pub metadata_cache: Option<MetadataCache>,
}
