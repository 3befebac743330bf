//! What can be wrong with a disk.

use documents::domain::{Disk, DriveAddress};
use protocol::error::{Code, Origin};

use super::rules::rules;

rules! {
    /// A rule about one disk that its document breaks.
    DiskRule {
        // The document by itself.
        UnixSocket: XmlError Domain "a host with transport 'unix' needs a socket",
        SocketTransport: XmlError Domain "only a host with transport 'unix' has a socket",
        SourceName: XmlError Domain "the source of this protocol needs a name",
        PathSplit: XmlError Domain "the source's name cannot be split into pool or volume and image: write it as 'pool/image'",
        HostName: XmlError Domain "a server of the source needs a name",
        Volume: XmlError Domain "a source of type 'volume' needs both pool and volume",
        IdentityName: XmlError Xml "an <identity> for SSH needs a username",
        Identity: XmlError Domain "an <identity> with a username needs a keyfile or an agentsock",
        SecretName: XmlError None "a secret is named by its uuid or its usage",
        BackingUnknownFormat: XmlError Domain "the format of a backingStore is none that an image can have",
        KeyType: XmlError Storage "the secret of an encryption needs the type 'passphrase'",
        KeyPassphrase: ConfigUnsupported Storage "the secret of an encryption is of the type 'passphrase'",
        SliceParts: XmlError Domain "a slice needs an offset and a size",
        FilterTwice: XmlError Domain "a throttlefilter names a group that another one names",
        Sheepdog: ConfigUnsupported Domain "the protocol 'sheepdog' is no longer supported by any hypervisor",
        NetworkStartupPolicy: XmlError Domain "a network source cannot have a startupPolicy",
        RequisiteDisk: XmlError Domain "startupPolicy 'requisite' is for CD-ROMs and floppy disks",
        NvmeType: XmlError Domain "an NVMe source has type 'pci'",
        NvmeAddress: XmlError Domain "an NVMe source needs an address",
        NvmeNamespace: ConfigUnsupported Domain "the namespace of an NVMe source counts from 1",
        VhostUserType: XmlError Domain "a vhost-user source has type 'unix'",
        VhostUserPath: XmlError Domain "a vhost-user source needs a path",
        VhostUserBus: ConfigUnsupported Domain "a vhost-user disk is on the bus 'virtio'",
        VhostUserOption: ConfigUnsupported Domain "a vhost-user disk leaves this to its process: snapshot, transient, driver options, iotune, serial, geometry, encryption, readonly, shareable and the like cannot be set",
        BackingFormat: XmlError Domain "a backingStore needs a format",
        Bytes: XmlError Domain "total and read/write bytes_sec cannot be set at the same time",
        Iops: XmlError Domain "total and read/write iops_sec cannot be set at the same time",
        BytesMax: XmlError Domain "total and read/write bytes_sec_max cannot be set at the same time",
        IopsMax: XmlError Domain "total and read/write iops_sec_max cannot be set at the same time",
        ThrottleCdrom: OperationUnsupported Domain "a CD-ROM cannot have throttlefilters",
        ThrottleIoTune: OperationUnsupported Domain "throttlefilters and iotune exclude each other",
        ThrottleBus: OperationUnsupported Domain "a vhost-user disk cannot have throttlefilters",
        Removable: XmlError Domain "only USB and SCSI disks, of device 'disk', can be removable",
        IoThreads: XmlError Domain "the attribute iothread and the element iothreads exclude each other",
        DiscardNoUnrefFormat: ConfigUnsupported Domain "discard_no_unref needs the format qcow2",
        DiscardNoUnrefReadonly: ConfigUnsupported Domain "discard_no_unref makes no sense for a read-only disk",
        EventIdx: ConfigUnsupported Domain "event_idx is for virtio disks",
        IoEventFd: ConfigUnsupported Domain "ioeventfd is for virtio disks",
        Queues: ConfigUnsupported Domain "queues are for virtio disks",
        QueueSize: ConfigUnsupported Domain "queue_size is for virtio disks",
        VirtioOption: ConfigUnsupported Domain "iommu, ats, packed and page_per_vq are for virtio devices",
        Model: ConfigUnsupported Domain "a virtio model needs the bus 'virtio'",
        LunSource: ConfigUnsupported Domain "device 'lun' needs a block device, an iSCSI source or a volume",
        LunFormat: ConfigUnsupported Domain "device 'lun' needs the format 'raw'",
        Unprintable: XmlError Domain "vendor and product are of printable characters",
        Vendor: ConfigUnsupported Domain "vendor has at most 8 characters",
        Product: ConfigUnsupported Domain "the product of a SCSI disk has at most 16 characters",
        AtaProduct: ConfigUnsupported Domain "product has at most 40 characters",
        LunSlice: ConfigUnsupported Domain "a lun is the whole device: leave the slices out",
        LunEncryption: ConfigUnsupported Domain "a lun is what the device says: leave the encryption out",
        AuthTwice: ConfigUnsupported Domain "<auth> stands in the source or in the disk, not in both",
        EncryptionTwice: ConfigUnsupported Domain "<encryption> stands in the source or in the disk, not in both",
        AuthProtocol: ConfigUnsupported Domain "this protocol has no <auth>",
        AuthSecretType: ConfigUnsupported Domain "the secret of <auth> has none of the types 'volume', 'ceph', 'iscsi', 'tls', 'vtpm'",
        AuthSecret: ConfigUnsupported Domain "the secret of <auth> is of the type that its protocol needs: 'iscsi' or 'ceph'",
        Cipher: ConfigUnsupported Domain "the cipher of a LUKS image stands in its header: leave <cipher> out",
        DataStoreOwner: ConfigUnsupported Domain "only a qcow2 image has a <dataStore>",
        DataStoreFormat: ConfigUnsupported Domain "the format of a <dataStore> is 'raw'",
        DataStoreSlice: XmlError Domain "the source of a <dataStore> has no slices",
        DataStoreNested: XmlError Domain "the source of a <dataStore> has no <dataStore> of its own",
        DataStoreType: XmlError Xml "a <dataStore> needs a type",
        DataStoreParts: XmlError Domain "a <dataStore> needs a <format>",
        RawIo: ConfigUnsupported Domain "rawio is for device 'lun'",
        Sgio: ConfigUnsupported Domain "sgio is for device 'lun'",
        SgioUnfiltered: ConfigUnsupported Domain "unfiltered sgio is no longer supported",
        ReadErrorPolicy: ConfigUnsupported Domain "only a write can run out of space: rerror_policy cannot be 'enospace'",
        Reservations: ConfigUnsupported Domain "reservations are for device 'lun'",
        Tray: ConfigUnsupported Domain "only CD-ROMs and floppy disks have a tray",
        UnknownFormat: ConfigUnsupported Domain "the driver type is none that a disk can have",
        FloppyBus: InternalError Domain "a floppy disk is on the bus 'fdc', and nothing else is",
        IoThreadZero: XmlError Xml "iothread counts from 1",
        VdpaDevice: XmlError Xml "a vDPA source needs a device",
        // The source's own syntax.
        CookieName: XmlError Storage "a cookie's name contains invalid characters",
        CookieValue: XmlError Storage "a cookie's value contains invalid characters",
        CookieTwice: XmlError Storage "a cookie is given twice",
        ReservationsSource: XmlError Storage "unmanaged reservations need a source of type 'unix' with path and mode 'client'",
        Wwn: InternalError None "a wwn has 16 hexadecimal digits",
        NoDirectory: InternalError None "a source of type 'dir' needs a directory",
        // What QEMU can do.
        FatReadonly: ConfigUnsupported Qemu "a directory as a FAT disk can only be read: add <readonly/>",
        FatSource: ConfigUnsupported Qemu "the format 'fat' needs a source of type 'dir'",
        FatSourceFormat: ConfigUnsupported Qemu "a source of type 'dir' needs the format 'fat'",
        NoFormat: ConfigUnsupported Qemu "QEMU does not read this storage format: use 'raw' for ISO images",
        DriverName: ConfigUnsupported Qemu "QEMU provides disks by itself: the driver's name is 'qemu'",
        CopyOnRead: ConfigUnsupported Qemu "copy_on_read writes to the image, which is read-only here",
        GeometryTranslation: ConfigUnsupported Qemu "the translation of a geometry is for IDE disks",
        GeometryBus: ConfigUnsupported Qemu "a geometry cannot be set on the buses 'usb' and 'sd'",
        QueueMap: ConfigUnsupported Qemu "iothreads with queues need the number of queues of the driver",
        QueueMapPartial: ConfigUnsupported Qemu "queues are given to all iothreads or to none",
        QueueMapMissing: ConfigUnsupported Qemu "a queue is mapped to no iothread",
        QueueMapRange: ConfigUnsupported Qemu "an iothread has a queue that does not exist",
        QueueMapTwice: ConfigUnsupported Qemu "an iothread or a queue is mapped twice",
        ThrottleLimit: ArgumentUnsupported Qemu "a limit must be no more than 1000000000000000 with QEMU",
        LibrbdSource: ConfigUnsupported Qemu "the encryption engine 'librbd' needs an RBD source",
        EncryptionFormat: ConfigUnsupported Qemu "encryption needs the format 'raw' or 'qcow2'",
        EncryptionEngine: ConfigUnsupported Qemu "luks2 and luks-any need the encryption engine 'librbd'",
        OldEncryption: ConfigUnsupported Qemu "the old encryption of qcow and qcow2 is not supported",
        LunBus: ConfigUnsupported Qemu "device 'lun' needs the bus 'scsi'",
        LunVirtio: ConfigUnsupported Qemu "virtio-blk passes no SCSI commands on in this QEMU: put the lun on the bus 'scsi'",
        LunVendor: ConfigUnsupported Qemu "vendor and product of a lun are the device's own",
        LunWwn: ConfigUnsupported Qemu "the wwn of a lun is the device's own",
        MetadataCache: ConfigUnsupported Qemu "metadata_cache needs the format qcow2",
        RotationDevice: InternalError Qemu "rotation_rate is for device 'disk'",
        RotationBus: InternalError Qemu "rotation_rate is for the buses 'scsi', 'ide' and 'sata'",
        VirtioAddress: ConfigUnsupported Qemu "a virtio disk has an address of type 'pci', 'ccw' or 'virtio-mmio'",
        UsbAddress: InternalError Qemu "a USB disk has an address of type 'usb'",
        Serial: InternalError Qemu "the serial number contains unsafe characters",
        SharedFormat: ConfigUnsupported Qemu "shared access needs the format 'raw'",
        TransientEmpty: ConfigUnsupported Qemu "a transient disk must not be empty",
        TransientReadonly: ConfigUnsupported Qemu "a transient disk must not be read-only",
        TransientFile: ConfigUnsupported Qemu "a transient disk must be of type 'file': its changes are kept beside its image",
        TransientLun: ConfigUnsupported Qemu "a transient disk must be of device 'disk'",
        VendorBus: ConfigUnsupported Qemu "only SCSI disks have a vendor",
        ProductBus: ConfigUnsupported Qemu "only IDE, SATA and SCSI disks have a product",
        SerialBus: InternalError Qemu "an SD card has no serial number of its own",
        LunSerial: ConfigUnsupported Qemu "the serial number of a lun is the device's own",
        LunCopyOnRead: ConfigUnsupported Qemu "copy_on_read has no image to write to with a lun",
        UsbEmpty: ConfigUnsupported Qemu "a USB disk cannot be empty",
        Partition: ConfigUnsupported Qemu "the target names a partition: the name of the whole disk is wanted",
        CopyOnReadMedia: ConfigUnsupported Qemu "copy_on_read is not for CD-ROMs and floppy disks",
        KeyCount: ConfigUnsupported Qemu "the encryption engine 'qemu' takes a single secret",
        SdSecrets: ConfigUnsupported Qemu "the encryption of an SD card has one secret",
        SdIoTune: ConfigUnsupported Qemu "an SD card cannot have an iotune",
        GroupAlone: ConfigUnsupported Qemu "the group_name of an iotune needs limits beside it",
        WwnBus: ConfigUnsupported Qemu "only IDE and SCSI disks have a wwn",
        NfsHost: ConfigUnsupported Qemu "an NFS source has exactly one host, by TCP and without a port",
        Tftp: ConfigUnsupported Qemu "QEMU has no protocol 'tftp'",
        SharedMemory: ConfigUnsupported Qemu "a vhost-user or vDPA disk needs shared memory: <memoryBacking><source type='memfd'/><access mode='shared'/>",
        VhostVdpa: ConfigUnsupported Qemu "this QEMU has no vDPA disks",
        VhostVdpaBus: ConfigUnsupported Qemu "a vDPA disk is on the bus 'virtio'",
        // What shows only when the arguments are made.
        OneHost: InternalError Qemu "this protocol takes exactly one host",
        Rdma: InternalError Qemu "the transport 'rdma' is not supported",
        Vxhs: ConfigUnsupported Qemu "QEMU has no protocol 'vxhs' any more",
        Tls: ConfigUnsupported Qemu "only NBD is encrypted by TLS",
        ForeignBus: InternalError Qemu "QEMU has no disks on this bus",
        NoKey: InternalError Qemu "the image cannot be decrypted without a <secret>",
        VhostUserBehind: InternalError Qemu "no image can have a vhost-user disk behind it",
        SdSource: ConfigUnsupported Qemu "an SD card is a file or block device",
        FdGroup: InvalidArg Qemu "no descriptors were passed for the source's fdgroup",
        NfsIdentity: InvalidArg None "the user or group of the NFS identity does not exist on this host",
    }
}

/// What is wrong with a disk.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum DiskError {
    #[error("missing target information for device{}", source_name.as_deref().map(|s| format!(" {s}")).unwrap_or_default())]
    NoTarget { source_name: Option<String> },
    #[error("missing source information for device {target}")]
    NoSource { target: String },
    #[error("Unknown disk name '{target}' and no address specified")]
    UnknownName { target: String },
    #[error("Invalid {kind} device name: {target}")]
    InvalidName { kind: &'static str, target: String },
    #[error("target '{target}' duplicated for disk sources '{first}' and '{second}'")]
    DuplicateTarget {
        target: String,
        first: String,
        second: String,
    },
    #[error(
        "disk '{target}' has the same address as another one: controller {}, bus {}, target {}, unit {}",
        place.controller, place.bus, place.target, place.unit
    )]
    PlaceTaken { target: String, place: DriveAddress },
    #[error(
        "the place that the name '{target}' stands for is a SCSI device's of the host: controller {}, unit {}; name \
         the disk otherwise or give it an <address>",
        place.controller, place.unit
    )]
    NamedPlaceTaken { target: String, place: DriveAddress },
    #[error("disk '{target}': {rule}")]
    Rule { rule: DiskRule, target: String },
    #[error("unexpected bus type '{bus}' for {device}: disk '{target}'")]
    BusForDevice {
        bus: &'static str,
        device: &'static str,
        target: String,
    },
    #[error("readonly {bus} disks are not supported")]
    ReadOnly { bus: &'static str },
    #[error("target must be 0 for {bus} controller")]
    AddressTarget { bus: &'static str },
    #[error("bus must be 0 for {bus} controller")]
    AddressBus { bus: &'static str },
    #[error("Only 1 {bus} controller is supported")]
    ControllerCount { bus: &'static str },
    #[error("a {bus} controller has one bus only: bus must be 0")]
    BusCount { bus: &'static str },
    #[error("unexpected address type for {bus} disk")]
    AddressType { bus: &'static str },
    #[error("iothread '{id}' not defined in iothreadid")]
    NoIoThread { id: u32 },
    #[error("IOThreads not available for bus {bus} target {target}")]
    IoThreadBus { bus: &'static str, target: String },
    #[error(
        "native I/O of disk '{target}' needs the cache mode 'none' or 'directsync', which bypass the host's cache"
    )]
    NativeCache { target: String },
    #[error("disk bus '{bus}' doesn't support sharing the image behind a transient disk")]
    ShareBacking { bus: &'static str },
    #[error("disks '{first}' and '{second}' share the group '{group}' but not its limits")]
    GroupDiffers {
        group: String,
        first: String,
        second: String,
    },
    #[error("throttle group '{group}' not found")]
    NoThrottleGroup { group: String },
    #[error("a <throttlegroup> needs a <group_name>")]
    NoThrottleGroupName,
    #[error("throttle group '{group}' is defined twice")]
    ThrottleGroupTwice { group: String },
    #[error("no storage pool with matching name '{pool}': disk '{target}' cannot find its volume")]
    NoPool { pool: String, target: String },
    #[error("no secret with matching {key} '{value}': disk '{target}' cannot be opened")]
    NoSecret {
        key: &'static str,
        value: String,
        target: String,
    },
}

impl DiskError {
    /// A rule that a disk breaks.
    pub(crate) fn of(rule: DiskRule, disk: &Disk) -> Self {
        let target = disk.target.dev.clone().unwrap_or_default();
        Self::Rule { rule, target }
    }

    pub(super) fn code(&self) -> Code {
        match self {
            Self::Rule { rule, .. } => rule.code(),
            Self::NoTarget { .. } => Code::NoTarget,
            Self::NoSource { .. } => Code::NoSource,
            Self::InvalidName { .. } | Self::ControllerCount { .. } | Self::BusCount { .. } => {
                Code::InternalError
            }
            Self::NoPool { .. } => Code::NoStoragePool,
            Self::NoSecret { .. } => Code::NoSecret,
            Self::UnknownName { .. }
            | Self::DuplicateTarget { .. }
            | Self::NoThrottleGroupName
            | Self::NoThrottleGroup { .. }
            | Self::ThrottleGroupTwice { .. } => Code::XmlError,
            _ => Code::ConfigUnsupported,
        }
    }

    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::Rule { rule, .. } => rule.origin(),
            Self::NoTarget { .. }
            | Self::NoSource { .. }
            | Self::UnknownName { .. }
            | Self::InvalidName { .. }
            | Self::DuplicateTarget { .. }
            | Self::NoThrottleGroup { .. }
            | Self::NoThrottleGroupName
            | Self::AddressType { .. }
            | Self::PlaceTaken { .. }
            | Self::NamedPlaceTaken { .. }
            | Self::ThrottleGroupTwice { .. } => Origin::Domain,
            Self::NoPool { .. } => Origin::Storage,
            Self::NoSecret { .. } => Origin::Secret,
            _ => Origin::Qemu,
        }
    }
}
