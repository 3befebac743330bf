//! `<devices>`, and what all devices have: boot order, alias, ROM, address.

use xml::Xml;

use super::{
    Address, Channel, Console, Controller, Disk, Graphics, Input, Interface, MemBalloon, Parallel,
    Rng, Serial, Video, Watchdog,
};

/// The devices, in libvirt's order.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Devices {
    /// The hypervisor's program.
    #[xml(text_child)]
    pub emulator: Option<String>,
    /// Disks, CD-ROMs, floppy disks.
    #[xml(child = "disk")]
    pub disks: Vec<Disk>,
    /// Controllers.
    #[xml(child = "controller")]
    pub controllers: Vec<Controller>,
    /// Network interfaces.
    #[xml(child = "interface")]
    pub interfaces: Vec<Interface>,
    /// Serial ports.
    #[xml(child = "serial")]
    pub serials: Vec<Serial>,
    /// Parallel ports.
    #[xml(child = "parallel")]
    pub parallels: Vec<Parallel>,
    /// Consoles.
    #[xml(child = "console")]
    pub consoles: Vec<Console>,
    /// Channels between host and guest.
    #[xml(child = "channel")]
    pub channels: Vec<Channel>,
    /// Keyboards, mice, tablets.
    #[xml(child = "input")]
    pub inputs: Vec<Input>,
    /// Graphical displays on the host.
    #[xml(child = "graphics")]
    pub graphics: Vec<Graphics>,
    /// Video cards.
    #[xml(child = "video")]
    pub videos: Vec<Video>,
    /// Watchdogs.
    #[xml(child = "watchdog")]
    pub watchdogs: Vec<Watchdog>,
    /// The memory balloon.
    #[xml(child)]
    pub memballoon: Option<MemBalloon>,
    /// Random number generators.
    #[xml(child = "rng")]
    pub rngs: Vec<Rng>,
}

/// What all devices have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceInfo {
    /// The place in the boot order.
    #[xml(child, since = "0.8.8")]
    pub boot: Option<Boot>,
    /// The device's name within the domain.
    #[xml(child = "alias", attribute = "name")]
    pub alias: Option<String>,
    /// The USB controller that this one accompanies.
    #[xml(child)]
    pub master: Option<Master>,
    /// The device's ROM.
    #[xml(child, omit_empty)]
    pub rom: Option<Rom>,
    /// The number that ACPI gives to the device.
    #[xml(child = "acpi", attribute = "index", since = "7.3.0")]
    pub acpi_index: Option<u32>,
    /// Where the device sits.
    #[xml(child)]
    pub address: Option<Address>,
}

/// The place in the boot order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Boot {
    /// The place, from 1.
    #[xml(attribute, required)]
    pub order: u32,
    /// What an s390 guest boots.
    #[xml(attribute, since = "3.5.0")]
    pub loadparm: Option<String>,
}

/// The USB controller that a companion belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Master {
    /// The first port of the companion.
    #[xml(attribute)]
    pub startport: u32,
}

/// The device's ROM.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Rom {
    /// Whether the guest has it at all.
    #[xml(attribute, yes_no, since = "4.3.0")]
    pub enabled: Option<bool>,
    /// Whether it shows in the device's memory map.
    #[xml(attribute, on_off)]
    pub bar: Option<bool>,
    /// A file in its place.
    #[xml(attribute)]
    pub file: Option<String>,
}
