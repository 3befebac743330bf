//! `<domainbackup>`: a backup of a running domain's disks.
//!
//! Source of the facts: "formatbackup". In the status file of the domain the document says besides
//! how far each disk is.

use xml::{Tree, Xml, XmlEnum};

use crate::domain::{DeviceSecLabel, DiskFormat, Encryption};

/// A backup of a running domain's disks.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "domainbackup")]
#[xml(rule = "@mode='|push' => no server")]
#[xml(rule = "@mode='pull' => server")]
pub struct Backup {
    /// Who moves the data.
    #[xml(attribute, fault = "Unsupported", default = "`push`")]
    pub mode: Option<BackupMode>,
    /// The checkpoint since which changes are taken.
    #[xml(text_child, absent = "everything is taken")]
    pub incremental: Option<String>,
    /// Where a client fetches the data.
    #[xml(child)]
    pub server: Option<BackupServer>,
    /// The disks.
    #[xml(
        child = "disk",
        wrapper = "disks",
        schema_required,
        absent = "every disk that has a medium"
    )]
    pub disks: Vec<BackupDisk>,
    /// What the driver keeps with it, of status files.
    #[xml(verbatim, schema_absent)]
    pub private_data: Option<Tree>,
}

/// Who moves the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum BackupMode {
    /// The hypervisor writes it into other images.
    #[default]
    Push,
    /// A client fetches it by NBD.
    Pull,
}

/// Where a client fetches the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@transport='|tcp' => @name")]
#[xml(rule = "@transport='|tcp' => no @socket, @fdgroup")]
#[xml(rule = "@transport='unix' => @socket")]
#[xml(rule = "@transport='unix' => no @name, @port, @fdgroup")]
#[xml(rule = "@transport='fd' => @fdgroup")]
#[xml(rule = "@transport='fd' => no @name, @port, @socket")]
pub struct BackupServer {
    /// How it is reached.
    #[xml(attribute, default = "`tcp`")]
    pub transport: Option<BackupTransport>,
    /// Whether the connection is encrypted.
    #[xml(attribute, yes_no, since = "6.6.0")]
    pub tls: Option<bool>,
    /// The address to listen on, or its name.
    #[xml(attribute, schema = "crate::pattern::HOST")]
    pub name: Option<String>,
    /// The port to listen on.
    #[xml(attribute, default = "10809")]
    pub port: Option<u32>,
    /// The socket to listen on.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub socket: Option<String>,
    /// The group of descriptors that holds a listening socket.
    #[xml(attribute)]
    pub fdgroup: Option<String>,
}

/// How a client reaches the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum BackupTransport {
    /// TCP.
    #[default]
    Tcp,
    /// A unix socket.
    Unix,
    /// A socket that the application has passed.
    Fd,
}

/// The backup of a disk.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@backup='no' => no @type, driver, target, scratch")]
#[xml(rule = "@backupmode='full' => no @incremental")]
#[xml(rule = "target => @type")]
#[xml(rule = "scratch & @backup='yes' => @type")]
#[xml(rule = "target ^ scratch")]
#[xml(rule = "/@mode='pull' & driver => scratch")]
#[xml(rule = "/@mode='pull' & @type='block' => scratch")]
#[xml(rule = "/@mode='pull' & driver => driver@type='qcow2'")]
#[xml(rule = "/@mode='pull' => no target")]
#[xml(rule = "/@mode='push' => no scratch, @exportname, @exportbitmap")]
pub struct BackupDisk {
    /// The disk's target.
    #[xml(attribute, required, schema = "crate::pattern::DISK_NAME")]
    pub name: String,
    /// Whether the disk takes part.
    #[xml(attribute, yes_no, default = "`yes`")]
    pub backup: Option<bool>,
    /// How far it is, of status files.
    #[xml(attribute, schema_absent)]
    pub state: Option<BackupState>,
    /// What the other image is.
    #[xml(attribute = "type", default = "`file`")]
    pub kind: Option<BackupImageKind>,
    /// Whether all of it is taken.
    #[xml(
        attribute = "backupmode",
        since = "7.0.0",
        absent = "incremental if there is a checkpoint to start from"
    )]
    pub backup_mode: Option<DiskBackupMode>,
    /// The checkpoint since which its changes are taken.
    #[xml(attribute, since = "7.0.0", absent = "that of the backup")]
    pub incremental: Option<String>,
    /// The name under which a client finds it.
    #[xml(attribute = "exportname", absent = "the disk's target")]
    pub export_name: Option<String>,
    /// The name under which a client finds what has changed.
    #[xml(attribute = "exportbitmap", absent = "backup- and the disk's target")]
    pub export_bitmap: Option<String>,
    /// The number of the other image's node, of status files.
    #[xml(attribute, schema_absent)]
    pub index: Option<u32>,
    /// The other image's format.
    #[xml(
        child = "driver",
        attribute = "type",
        default = "`qcow2`",
        schema_required
    )]
    pub format: Option<DiskFormat>,
    /// The image that the hypervisor writes to, of a push.
    #[xml(child)]
    pub target: Option<BackupImage>,
    /// The image that keeps what the guest overwrites meanwhile, of a pull.
    #[xml(child)]
    pub scratch: Option<BackupImage>,
}

/// How far the backup of a disk is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum BackupState {
    /// Under way.
    #[default]
    Running,
    /// Done.
    Complete,
    /// It went wrong.
    Failed,
    /// About to be given up.
    Cancelling,
    /// Given up.
    Cancelled,
}

/// What the other image is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum BackupImageKind {
    /// A file.
    #[default]
    File,
    /// A block device.
    Block,
}

/// Whether all of a disk is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskBackupMode {
    /// All of it.
    #[default]
    Full,
    /// What has changed.
    Incremental,
}

/// An image of a backup.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@file | @dev")]
#[xml(rule = "@file ^ @dev")]
#[xml(rule = "../@type='|file' => no @dev")]
#[xml(rule = "../@type='block' => no @file")]
pub struct BackupImage {
    /// The file.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "beside the disk's image"
    )]
    pub file: Option<String>,
    /// The block device.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub dev: Option<String>,
    /// The number of its node, of status files.
    #[xml(attribute, schema_absent)]
    pub index: Option<u32>,
    /// Its labels.
    #[xml(child = "seclabel")]
    pub seclabels: Vec<DeviceSecLabel>,
    /// How it is encrypted.
    #[xml(child, since = "6.5.0")]
    pub encryption: Option<Encryption>,
    /// What the driver keeps with it, of status files.
    #[xml(verbatim, schema_absent)]
    pub private_data: Option<Tree>,
}
