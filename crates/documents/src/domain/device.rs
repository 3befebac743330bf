//! `<devices>`, and what all devices have: boot order, alias, ROM, address.

use xml::Xml;

use super::{
    Address, Audio, Channel, Console, Controller, Crypto, Disk, Filesystem, Graphics, HostDev, Hub,
    Input, Interface, Iommu, Lease, MemBalloon, MemoryDevice, NvramDevice, Panic, Parallel, Pstore,
    RedirDev, RedirFilter, Rng, Serial, Shmem, SmartCard, Sound, Tpm, Video, Vsock, Watchdog,
};

/// The devices, in libvirt's order.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(block)]
pub struct Devices {
    /// The hypervisor's program.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "0.1.3",
        absent = "the driver's program for the architecture and the kind of domain"
    )]
    pub emulator: Option<String>,
    /// Disks, CD-ROMs, floppy disks.
    #[xml(child = "disk")]
    pub disks: Vec<Disk>,
    /// Controllers.
    #[xml(child = "controller", since = "0.7.0")]
    pub controllers: Vec<Controller>,
    /// Leases of a lock manager.
    #[xml(child = "lease", since = "0.9.2")]
    pub leases: Vec<Lease>,
    /// Folders of the host.
    #[xml(child = "filesystem", since = "0.4.2")]
    pub filesystems: Vec<Filesystem>,
    /// Network interfaces.
    #[xml(child = "interface")]
    pub interfaces: Vec<Interface>,
    /// Smart cards.
    #[xml(child = "smartcard", since = "0.8.8")]
    pub smartcards: Vec<SmartCard>,
    /// Serial ports.
    #[xml(child = "serial", since = "0.4.3")]
    pub serials: Vec<Serial>,
    /// Parallel ports.
    #[xml(child = "parallel", since = "0.4.3")]
    pub parallels: Vec<Parallel>,
    /// Consoles.
    #[xml(child = "console", since = "0.1.4")]
    pub consoles: Vec<Console>,
    /// Channels between host and guest.
    #[xml(child = "channel", since = "0.7.3")]
    pub channels: Vec<Channel>,
    /// Keyboards, mice, tablets.
    #[xml(child = "input", since = "0.3.1")]
    pub inputs: Vec<Input>,
    /// Trusted platform modules.
    #[xml(child = "tpm", since = "1.0.5")]
    pub tpms: Vec<Tpm>,
    /// Graphical displays on the host.
    #[xml(child, since = "0.1.3")]
    pub graphics: Vec<Graphics>,
    /// Sound cards.
    #[xml(child = "sound", since = "0.4.3")]
    pub sounds: Vec<Sound>,
    /// Where the host plays sound.
    #[xml(child = "audio", since = "6.7.0")]
    pub audios: Vec<Audio>,
    /// Video cards.
    #[xml(child = "video", since = "0.7.0")]
    pub videos: Vec<Video>,
    /// Devices of the host.
    #[xml(child = "hostdev", since = "0.4.5")]
    pub hostdevs: Vec<HostDev>,
    /// USB devices of clients.
    #[xml(child = "redirdev", since = "0.9.5")]
    pub redirdevs: Vec<RedirDev>,
    /// Which devices of clients may come.
    #[xml(child, once = "Internal", since = "0.10.2", omit_empty)]
    pub redirfilter: Option<RedirFilter>,
    /// Hubs.
    #[xml(child = "hub", since = "0.9.5")]
    pub hubs: Vec<Hub>,
    /// Watchdogs.
    #[xml(child = "watchdog", since = "0.7.3")]
    pub watchdogs: Vec<Watchdog>,
    /// The memory balloon.
    #[xml(child, once = "Internal", since = "0.8.3")]
    pub memballoon: Option<MemBalloon>,
    /// Random number generators.
    #[xml(child = "rng", since = "1.0.3")]
    pub rngs: Vec<Rng>,
    /// The memory that stays of pSeries.
    #[xml(child, since = "1.0.5")]
    pub nvram: Option<NvramDevice>,
    /// Where the guest says that it has crashed.
    #[xml(child = "panic", since = "1.2.1")]
    pub panics: Vec<Panic>,
    /// Memory between guests.
    #[xml(child = "shmem", since = "1.2.10")]
    pub shmems: Vec<Shmem>,
    /// Memory in slots.
    #[xml(child = "memory", since = "1.2.14")]
    pub memories: Vec<MemoryDevice>,
    /// Devices that encrypt.
    #[xml(child = "crypto", since = "9.0.0")]
    pub cryptos: Vec<Crypto>,
    /// The I/O memory management unit.
    #[xml(child, once, since = "2.1.0")]
    pub iommu: Option<Iommu>,
    /// Sockets between host and guest.
    #[xml(child, once, since = "4.4.0")]
    pub vsock: Option<Vsock>,
    /// Where the guest leaves data for after a crash.
    #[xml(child, once, since = "10.6.0")]
    pub pstore: Option<Pstore>,
}

/// One device as a document of its own; its element says which.
#[derive(Debug, Clone, PartialEq, Xml)]
pub enum Device {
    /// `<disk>`.
    #[xml("disk")]
    Disk(Box<Disk>),
    /// `<controller>`.
    #[xml("controller")]
    Controller(Box<Controller>),
    /// `<lease>`.
    #[xml("lease")]
    Lease(Box<Lease>),
    /// `<filesystem>`.
    #[xml("filesystem")]
    Filesystem(Box<Filesystem>),
    /// `<interface>`.
    #[xml("interface")]
    Interface(Box<Interface>),
    /// `<smartcard>`.
    #[xml("smartcard")]
    SmartCard(Box<SmartCard>),
    /// `<serial>`.
    #[xml("serial")]
    Serial(Box<Serial>),
    /// `<parallel>`.
    #[xml("parallel")]
    Parallel(Box<Parallel>),
    /// `<console>`.
    #[xml("console")]
    Console(Box<Console>),
    /// `<channel>`.
    #[xml("channel")]
    Channel(Box<Channel>),
    /// `<input>`.
    #[xml("input")]
    Input(Box<Input>),
    /// `<tpm>`.
    #[xml("tpm")]
    Tpm(Box<Tpm>),
    /// `<graphics>`.
    #[xml("graphics")]
    Graphics(Box<Graphics>),
    /// `<sound>`.
    #[xml("sound")]
    Sound(Box<Sound>),
    /// `<audio>`.
    #[xml("audio")]
    Audio(Box<Audio>),
    /// `<video>`.
    #[xml("video")]
    Video(Box<Video>),
    /// `<hostdev>`.
    #[xml("hostdev")]
    HostDev(Box<HostDev>),
    /// `<redirdev>`.
    #[xml("redirdev")]
    RedirDev(Box<RedirDev>),
    /// `<redirfilter>`.
    #[xml("redirfilter")]
    RedirFilter(Box<RedirFilter>),
    /// `<hub>`.
    #[xml("hub")]
    Hub(Box<Hub>),
    /// `<watchdog>`.
    #[xml("watchdog")]
    Watchdog(Box<Watchdog>),
    /// `<memballoon>`.
    #[xml("memballoon")]
    MemBalloon(Box<MemBalloon>),
    /// `<rng>`.
    #[xml("rng")]
    Rng(Box<Rng>),
    /// `<nvram>`.
    #[xml("nvram")]
    NvramDevice(Box<NvramDevice>),
    /// `<panic>`.
    #[xml("panic")]
    Panic(Box<Panic>),
    /// `<shmem>`.
    #[xml("shmem")]
    Shmem(Box<Shmem>),
    /// `<memory>`.
    #[xml("memory")]
    MemoryDevice(Box<MemoryDevice>),
    /// `<iommu>`.
    #[xml("iommu")]
    Iommu(Box<Iommu>),
    /// `<vsock>`.
    #[xml("vsock")]
    Vsock(Box<Vsock>),
    /// `<crypto>`.
    #[xml("crypto")]
    Crypto(Box<Crypto>),
    /// `<pstore>`.
    #[xml("pstore")]
    Pstore(Box<Pstore>),
}

impl Default for Device {
    fn default() -> Self {
        Self::Disk(Box::default())
    }
}

/// What all devices have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceInfo {
    /// The place in the boot order.
    #[xml(child, since = "0.8.8")]
    pub boot: Option<Boot>,
    /// The device's name within the domain.
    #[xml(
        child = "alias",
        attribute = "name",
        schema = "crate::pattern::ALIAS",
        schema_required,
        since = "0.7.6"
    )]
    pub alias: Option<String>,
    /// The USB controller that this one accompanies.
    #[xml(child, since = "0.9.5")]
    pub master: Option<Master>,
    /// The device's ROM.
    #[xml(child, omit_empty, since = "0.9.7")]
    pub rom: Option<Rom>,
    /// The number that ACPI gives to the device.
    #[xml(
        child = "acpi",
        attribute = "index",
        since = "7.3.0",
        positive,
        absent = "the guest's firmware gives no number"
    )]
    pub acpi_index: Option<u32>,
    /// Where the device sits.
    #[xml(child)]
    pub address: Option<Address>,
}

/// The place in the boot order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Boot {
    /// The place, from 1.
    #[xml(attribute, required, positive, schema = "crate::pattern::POSITIVE")]
    pub order: u32,
    /// What an s390 guest boots.
    #[xml(
        attribute,
        since = "3.5.0",
        schema = "crate::pattern::LOAD_PARAMETER",
        absent = "the guest's boot loader chooses"
    )]
    pub loadparm: Option<String>,
}

/// The USB controller that a companion belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Master {
    /// The first port of the companion.
    #[xml(attribute, schema_required, schema = "crate::pattern::USB_PORT")]
    pub startport: u32,
}

/// The device's ROM.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Rom {
    /// Whether the guest has it at all.
    #[xml(attribute, yes_no, since = "4.3.0", default = "`yes`")]
    pub enabled: Option<bool>,
    /// Whether it shows in the device's memory map.
    #[xml(attribute, on_off, since = "0.9.7", absent = "the hypervisor decides")]
    pub bar: Option<bool>,
    /// A file in its place.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "0.9.10",
        absent = "the device's own, or the hypervisor's"
    )]
    pub file: Option<String>,
}
