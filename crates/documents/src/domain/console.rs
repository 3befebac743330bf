//! `<serial>`, `<parallel>`, `<console>`, `<channel>`: the guest's character devices.

use xml::{Xml, XmlEnum};

use super::{CharacterBackend, DeviceInfo};

/// A serial port.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "serial")]
#[xml(rule = "@type")]
pub struct Serial {
    /// The host's side.
    #[xml(flatten, lead)]
    pub backend: CharacterBackend,
    /// The guest's side.
    #[xml(child)]
    pub target: Option<SerialTarget>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The guest's side of a serial port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SerialTarget {
    /// The kind of device.
    #[xml(
        attribute = "type",
        fault = "Unsupported",
        since = "1.0.2",
        absent = "the driver chooses by the machine: `isa-serial` on a PC"
    )]
    pub kind: Option<SerialTargetKind>,
    /// The port's number, from 0.
    #[xml(
        attribute,
        fault = "Content",
        absent = "the next free number",
        with = "xml::Wrapping"
    )]
    pub port: Option<u32>,
    /// The model.
    #[xml(
        child = "model",
        attribute = "name",
        since = "3.10.0",
        schema_required,
        fault = "Unsupported",
        lax = "empty"
    )]
    pub model: Option<SerialTargetModel>,
}

/// The kind of a serial port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SerialTargetKind {
    /// On the ISA bus.
    #[default]
    IsaSerial,
    /// On USB.
    UsbSerial,
    /// On PCI.
    #[xml(since = "1.2.16")]
    PciSerial,
    /// On a pSeries VIO bus.
    #[xml(since = "3.10.0")]
    SpaprVioSerial,
    /// Part of the board.
    #[xml(since = "3.10.0")]
    SystemSerial,
    /// An s390 console.
    #[xml(since = "3.10.0")]
    SclpSerial,
    /// The debug console of an ISA machine.
    #[xml(since = "8.1.0")]
    IsaDebug,
}

/// The model of a serial port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SerialTargetModel {
    /// 16550 on ISA.
    #[default]
    IsaSerial,
    /// On USB.
    UsbSerial,
    /// 16550 on PCI.
    PciSerial,
    /// pSeries.
    SpaprVty,
    /// ARM PrimeCell.
    Pl011,
    /// An s390 line console.
    Sclpconsole,
    /// An s390 full screen console.
    Sclplmconsole,
    /// 16550 of a RISC-V board.
    #[xml("16550a")]
    Uart16550a,
    /// The debug console of an ISA machine.
    IsaDebugcon,
}

/// A parallel port.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "parallel")]
#[xml(rule = "@type")]
pub struct Parallel {
    /// The host's side.
    #[xml(flatten, lead)]
    pub backend: CharacterBackend,
    /// The port's number, from 0.
    #[xml(
        child = "target",
        attribute = "port",
        fault = "Content",
        absent = "the next free number",
        with = "xml::Wrapping"
    )]
    pub port: Option<u32>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// A console.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "console")]
pub struct Console {
    /// The host's side.
    #[xml(flatten, lead)]
    pub backend: CharacterBackend,
    /// The terminal, as old clients look for it.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the domain is not running, or the console is no terminal"
    )]
    pub tty: Option<String>,
    /// The guest's side.
    #[xml(child)]
    pub target: Option<ConsoleTarget>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The guest's side of a console.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ConsoleTarget {
    /// The kind of device.
    #[xml(
        attribute = "type",
        fault = "Unsupported",
        since = "0.8.3",
        default = "`serial`, of a virtual machine; `lxc`, of a container"
    )]
    pub kind: Option<ConsoleTargetKind>,
    /// The console's number, from 0.
    #[xml(
        attribute,
        fault = "Content",
        absent = "the next free number",
        with = "xml::Wrapping"
    )]
    pub port: Option<u32>,
}

/// The kind of a console.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ConsoleTargetKind {
    /// None said.
    None,
    /// The first serial port.
    #[default]
    Serial,
    /// Xen.
    Xen,
    /// User Mode Linux.
    Uml,
    /// virtio.
    Virtio,
    /// LXC.
    #[xml(since = "0.9.11")]
    Lxc,
    /// OpenVZ.
    #[xml(since = "0.9.11")]
    Openvz,
    /// An s390 line console.
    #[xml(since = "1.0.2")]
    Sclp,
    /// An s390 full screen console.
    #[xml(since = "1.0.2")]
    Sclplm,
}

/// A channel between host and guest.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "channel")]
#[xml(rule = "@type")]
pub struct Channel {
    /// The host's side.
    #[xml(flatten, lead)]
    pub backend: CharacterBackend,
    /// The guest's side.
    #[xml(child, required)]
    pub target: ChannelTarget,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi boot master rom")]
    pub info: DeviceInfo,
}

/// The guest's side of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", required, fault = "Unsupported")]
pub enum ChannelTarget {
    /// An address of the user-mode network.
    Guestfwd(GuestForward),
    /// A port of a virtio serial controller.
    #[xml(since = "0.7.7")]
    Virtio(ChannelPort),
    /// Xen's channel.
    #[xml(since = "2.3.0")]
    Xen(ChannelPort),
}

impl Default for ChannelTarget {
    fn default() -> Self {
        Self::Virtio(ChannelPort::default())
    }
}

/// An address of the user-mode network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestForward {
    /// The IPv4 address.
    #[xml(attribute, schema_required, since = "0.7.3")]
    pub address: Option<String>,
    /// The port.
    #[xml(attribute, schema_required, since = "0.7.3")]
    pub port: Option<u32>,
}

/// A named port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ChannelPort {
    /// The name that the guest sees.
    #[xml(
        attribute,
        absent = "`com.redhat.spice.0` of `spicevmc`; the guest finds others by their port"
    )]
    pub name: Option<String>,
    /// Whether the guest has opened it, of a running domain.
    #[xml(
        attribute,
        since = "1.2.11",
        absent = "the domain is not running, or the guest does not say",
        lax
    )]
    pub state: Option<ChannelState>,
}

/// Whether the guest has opened a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ChannelState {
    /// It has.
    Connected,
    /// It has not.
    #[default]
    Disconnected,
}
