//! `<source>` of interfaces: what a network card is connected to.

use xml::{Xml, XmlEnum};

use super::{InterfaceIp, InterfaceRoute};
use crate::Uuid;
use crate::domain::{HostDevDriver, PciAddress, Reconnect, UsbHostAddress};

/// What an interface is connected to.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source", schema_required)]
pub enum InterfaceSource {
    /// The hypervisor's own network without privileges.
    #[xml(since = "0.3.0")]
    User(UserSource),
    /// A tap device.
    #[xml(since = "0.0.5")]
    Ethernet(EthernetSource),
    /// A vhost-user process.
    #[xml(since = "1.2.7")]
    Vhostuser(VhostUserInterface),
    /// Other guests over TCP, this one waiting.
    #[xml(since = "0.3.0")]
    Server(TunnelSource),
    /// Other guests over TCP.
    #[xml(since = "0.3.0")]
    Client(TunnelSource),
    /// Other guests over a multicast group.
    #[xml(since = "0.3.0")]
    Mcast(TunnelSource),
    /// Another guest over UDP.
    #[xml(since = "1.2.20")]
    Udp(TunnelSource),
    /// A virtual network.
    #[xml(since = "0.2.0")]
    Network(NetworkInterface),
    /// A bridge of the host.
    Bridge(BridgeSource),
    /// A network of a hypervisor that is no more.
    #[xml(since = "0.6.4")]
    Internal(InternalSource),
    /// An interface of the host.
    #[xml(since = "0.7.7")]
    Direct(DirectSource),
    /// A PCI network card of the host.
    #[xml(name = "hostdev", flatten, since = "0.9.11")]
    Hostdev(HostdevInterface),
    /// A vDPA device.
    #[xml(since = "6.9.0")]
    Vdpa(VdpaInterface),
    /// Nothing.
    #[xml(since = "8.7.0")]
    Null,
    /// VMware's distributed switch.
    #[xml(since = "8.7.0")]
    Vds(VdsSource),
}

impl Default for InterfaceSource {
    fn default() -> Self {
        Self::User(UserSource::default())
    }
}

/// The hypervisor's own network.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct UserSource {
    /// The host's interface whose addresses are shared, of passt.
    #[xml(
        attribute,
        since = "9.0.0",
        schema_required,
        schema = "crate::pattern::DEVICE_NAME"
    )]
    pub dev: Option<String>,
}

/// A tap device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct EthernetSource {
    /// Addresses of the host's side.
    #[xml(child = "ip", since = "2.1.0")]
    pub ips: Vec<InterfaceIp>,
    /// Routes of the host's side.
    #[xml(child = "route", since = "2.1.0")]
    pub routes: Vec<InterfaceRoute>,
}

/// A vhost-user process.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct VhostUserInterface {
    /// `unix`.
    #[xml(
        attribute = "type",
        schema_words = "unix",
        since = "1.2.7",
        default = "`unix`"
    )]
    pub kind: Option<String>,
    /// The socket.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "1.2.7",
        absent = "passt makes it"
    )]
    pub path: Option<String>,
    /// Who waits for whom.
    #[xml(attribute, since = "1.2.7", default = "`client`")]
    pub mode: Option<VhostUserMode>,
    /// The host's interface, of passt.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        since = "11.1.0",
        absent = "passt chooses by the host's routes"
    )]
    pub dev: Option<String>,
    /// Whether a lost connection is made again.
    #[xml(child, omit_empty, since = "4.1.0")]
    pub reconnect: Option<Reconnect>,
}

/// Who waits for whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VhostUserMode {
    /// The hypervisor waits.
    Server,
    /// The process waits.
    #[default]
    Client,
}

/// A tunnel to other guests.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "../@type='mcast|client|udp' => @address")]
#[xml(rule = "../@type='udp' => local")]
#[xml(rule = "../@type!='udp' => no local")]
pub struct TunnelSource {
    /// The address.
    #[xml(
        attribute,
        schema = "crate::pattern::IPV4",
        absent = "any address, of a server; an error of the others"
    )]
    pub address: Option<String>,
    /// The port.
    #[xml(attribute, schema_required, schema = "crate::pattern::PORT")]
    pub port: Option<u32>,
    /// The end of this guest, of UDP.
    #[xml(child, since = "1.2.20")]
    pub local: Option<TunnelLocal>,
}

/// The end of this guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TunnelLocal {
    /// The address.
    #[xml(attribute, schema_required, schema = "crate::pattern::IPV4")]
    pub address: Option<String>,
    /// The port.
    #[xml(attribute, schema_required, schema = "crate::pattern::PORT")]
    pub port: Option<u32>,
}

/// A virtual network.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct NetworkInterface {
    /// The network.
    #[xml(attribute, required)]
    pub network: Option<String>,
    /// A group of ports of the network.
    #[xml(
        attribute,
        since = "0.9.4",
        schema = "crate::pattern::DEVICE_NAME",
        absent = "the network's default one, if it has one"
    )]
    pub portgroup: Option<String>,
    /// The port in use, of a running domain.
    #[xml(
        attribute,
        since = "5.1.0",
        schema = "crate::pattern::UUID",
        absent = "the domain is not running"
    )]
    pub portid: Option<String>,
    /// The bridge in use, of a running domain.
    #[xml(
        attribute,
        schema = "crate::pattern::BRIDGE_NAME",
        since = "0.9.4",
        absent = "the domain is not running, or the network has no bridge"
    )]
    pub bridge: Option<String>,
    /// The host's interface in use, of a running domain.
    #[xml(
        attribute,
        schema_absent,
        since = "0.9.4",
        absent = "the domain is not running, or the network has a bridge"
    )]
    pub dev: Option<String>,
    /// How that is used.
    #[xml(
        attribute,
        schema_absent,
        since = "0.9.4",
        absent = "the domain is not running, or the network has a bridge"
    )]
    pub mode: Option<String>,
}

/// A bridge of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct BridgeSource {
    /// The bridge.
    #[xml(attribute, schema = "crate::pattern::BRIDGE_NAME", required)]
    pub bridge: Option<String>,
}

/// A network of a hypervisor that is no more.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct InternalSource {
    /// The network.
    #[xml(attribute, schema_required, schema = "crate::pattern::DEVICE_NAME")]
    pub name: Option<String>,
}

/// An interface of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct DirectSource {
    /// The interface.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        required,
        since = "0.7.7"
    )]
    pub dev: Option<String>,
    /// How it is used.
    #[xml(attribute, since = "0.7.7", default = "`vepa`")]
    pub mode: Option<DirectMode>,
}

/// How an interface of the host is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum DirectMode {
    /// Through the switch outside.
    #[default]
    Vepa,
    /// Guests reach each other.
    Bridge,
    /// Guests reach each other, and nobody else.
    Private,
    /// One guest has it.
    Passthrough,
}

/// A PCI network card of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct HostdevInterface {
    /// How it reaches the guest.
    #[xml(child, omit_empty, since = "1.0.5")]
    pub driver: Option<HostDevDriver>,
    /// Where it is.
    #[xml(child, schema_required, since = "0.9.11")]
    pub source: Option<HostdevInterfaceSource>,
}

/// Where a network card of the host is.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct HostdevInterfaceSource {
    /// Its address.
    #[xml(child, schema_required)]
    pub address: Option<HostCardAddress>,
}

/// The address of a network card of the host.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", required, fault = "Unsupported")]
pub enum HostCardAddress {
    /// On a PCI bus.
    Pci(PciAddress),
    /// On a USB bus.
    Usb(UsbHostAddress),
}

impl Default for HostCardAddress {
    fn default() -> Self {
        Self::Pci(PciAddress::default())
    }
}

/// A vDPA device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct VdpaInterface {
    /// The device node.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        required,
        since = "6.9.0"
    )]
    pub dev: Option<String>,
}

/// VMware's distributed switch.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "VMware decides")]
pub struct VdsSource {
    /// The switch.
    #[xml(attribute, schema = "crate::pattern::UUID", required, since = "8.7.0")]
    pub switchid: Option<Uuid>,
    /// The port.
    #[xml(attribute, since = "8.7.0", default = "0")]
    pub portid: Option<i64>,
    /// The group of ports.
    #[xml(attribute, since = "8.7.0")]
    pub portgroupid: Option<String>,
    /// The connection.
    #[xml(attribute, since = "8.7.0", default = "0")]
    pub connectionid: Option<i64>,
}
