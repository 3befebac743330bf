//! `<interface>`: network cards.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, Reconnect};
use crate::MacAddress;

/// A network card.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "interface")]
#[xml(rule = "@type='network|internal|hostdev|vdpa|vds|server|client|mcast|udp|direct' => source")]
#[xml(rule = "@type!='hostdev' => no @managed")]
#[xml(rule = "@type!='network|bridge|direct|hostdev' => no virtualport")]
pub struct Interface {
    /// Whether the host's device is taken from its driver and given back, of `hostdev`.
    #[xml(attribute, yes_no, lax, default = "no")]
    pub managed: Option<bool>,
    /// Whether the host's filter of received frames follows the guest's.
    #[xml(attribute, yes_no, since = "1.2.2", default = "no")]
    pub trust_guest_rx_filters: Option<bool>,
    /// The MAC address.
    #[xml(child)]
    pub mac: Option<InterfaceMac>,
    /// What it is connected to.
    #[xml(flatten, lead)]
    pub source: InterfaceSource,
    /// VLAN tags.
    #[xml(child, since = "0.10.0")]
    pub vlan: Option<Vlan>,
    /// How a switch knows the port.
    #[xml(child, since = "0.8.7")]
    pub virtualport: Option<VirtualPort>,
    /// Bandwidth.
    #[xml(child, omit_empty, since = "0.9.4")]
    pub bandwidth: Option<Bandwidth>,
    /// Whether the guest's ports are isolated from each other.
    #[xml(child = "port", attribute = "isolated", yes_no, since = "6.1.0")]
    pub isolated: Option<bool>,
    /// Addresses.
    #[xml(child = "ip", since = "1.2.12")]
    pub ips: Vec<InterfaceIp>,
    /// Routes.
    #[xml(child = "route")]
    pub routes: Vec<InterfaceRoute>,
    /// Ports of the host that lead to the guest.
    #[xml(child = "portForward", since = "9.0.0")]
    pub port_forwards: Vec<PortForward>,
    /// A program that brings the interface up.
    #[xml(
        child = "script",
        attribute = "path",
        schema_required,
        schema = "crate::pattern::NOT_EMPTY"
    )]
    pub script: Option<String>,
    /// A program that takes the interface down.
    #[xml(
        child = "downscript",
        attribute = "path",
        schema_required,
        schema = "crate::pattern::NOT_EMPTY"
    )]
    pub downscript: Option<String>,
    /// The domain that provides the device, of Xen.
    #[xml(
        child = "backenddomain",
        attribute = "name",
        schema_required,
        schema = "crate::pattern::LINE",
        since = "1.2.13"
    )]
    pub backenddomain: Option<String>,
    /// The host's side.
    #[xml(child, omit_empty)]
    pub target: Option<InterfaceTarget>,
    /// The name inside a container.
    #[xml(child)]
    pub guest: Option<InterfaceGuest>,
    /// The model.
    #[xml(
        child = "model",
        attribute = "type",
        schema_required,
        schema = "crate::pattern::MODEL_NAME"
    )]
    pub model: Option<String>,
    /// How QEMU runs it.
    #[xml(child, omit_empty, since = "0.8.8")]
    pub driver: Option<Box<InterfaceDriver>>,
    /// Who moves the packets.
    #[xml(child, omit_empty, since = "1.2.9")]
    pub backend: Option<InterfaceBackend>,
    /// A network filter.
    #[xml(child, since = "0.8.0")]
    pub filterref: Option<FilterRef>,
    /// The limits of what is sent.
    #[xml(child, since = "0.8.8")]
    pub tune: Option<InterfaceTune>,
    /// How two interfaces fail over.
    #[xml(child, since = "6.1.0")]
    pub teaming: Option<Teaming>,
    /// Whether the cable is plugged.
    #[xml(
        child = "link",
        attribute = "state",
        since = "0.9.5",
        schema_required,
        fault = "Unsupported",
        lax = "empty"
    )]
    pub link: Option<LinkState>,
    /// The largest packet.
    #[xml(
        child = "mtu",
        attribute = "size",
        since = "3.1.0",
        schema_required,
        fault = "Content",
        lax = "empty"
    )]
    pub mtu: Option<u32>,
    /// When interrupts come together.
    #[xml(child, omit_empty, since = "3.3.0")]
    pub coalesce: Option<Coalesce>,
    /// What all devices have.
    #[xml(flatten, schema_without = "master")]
    pub info: DeviceInfo,
}

/// The MAC address of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceMac {
    /// The address.
    #[xml(
        attribute,
        schema = "crate::pattern::UNICAST_MAC",
        fault = "Content",
        schema_required
    )]
    pub address: MacAddress,
    /// Whether it was made by the driver.
    #[xml(attribute = "type", since = "7.3.0")]
    pub kind: Option<MacKind>,
    /// Whether it is checked against VMware's range.
    #[xml(attribute, yes_no)]
    pub check: Option<bool>,
    /// The address that the guest has given itself, of a running domain.
    #[xml(attribute, schema = "crate::pattern::UNICAST_MAC")]
    pub current_address: Option<MacAddress>,
}

/// Who made a MAC address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum MacKind {
    /// The driver.
    #[default]
    Generated,
    /// The document.
    Static,
}

/// What an interface is connected to.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source", schema_required)]
pub enum InterfaceSource {
    /// The hypervisor's own network without privileges.
    User(UserSource),
    /// A tap device.
    Ethernet(EthernetSource),
    /// A vhost-user process.
    Vhostuser(VhostUserInterface),
    /// Other guests over TCP, this one waiting.
    Server(TunnelSource),
    /// Other guests over TCP.
    Client(TunnelSource),
    /// Other guests over a multicast group.
    Mcast(TunnelSource),
    /// Another guest over UDP.
    Udp(TunnelSource),
    /// A virtual network.
    Network(NetworkInterface),
    /// A bridge of the host.
    Bridge(BridgeSource),
    /// A network of a hypervisor that is no more.
    Internal(InternalSource),
    /// An interface of the host.
    Direct(DirectSource),
    /// A PCI network card of the host.
    #[xml(name = "hostdev", flatten)]
    Hostdev(HostdevInterface),
    /// A vDPA device.
    Vdpa(VdpaInterface),
    /// Nothing.
    Null,
    /// VMware's distributed switch.
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
    #[xml(child = "route")]
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
        default = "unix"
    )]
    pub kind: Option<String>,
    /// The socket.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", since = "1.2.7")]
    pub path: Option<String>,
    /// Who waits for whom.
    #[xml(attribute, since = "1.2.7", default = "client")]
    pub mode: Option<VhostUserMode>,
    /// The host's interface, of passt.
    #[xml(attribute, schema = "crate::pattern::DEVICE_NAME", since = "11.1.0")]
    pub dev: Option<String>,
    /// Whether a lost connection is made again.
    #[xml(child, since = "4.1.0")]
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
    #[xml(attribute, schema = "crate::pattern::IPV4")]
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
    #[xml(attribute, since = "0.9.4", schema = "crate::pattern::DEVICE_NAME")]
    pub portgroup: Option<String>,
    /// The port in use, of a running domain.
    #[xml(attribute, since = "5.1.0", schema = "crate::pattern::UUID")]
    pub portid: Option<String>,
    /// The bridge in use, of a running domain.
    #[xml(attribute, schema = "crate::pattern::BRIDGE_NAME")]
    pub bridge: Option<String>,
    /// The host's interface in use, of a running domain.
    #[xml(attribute, schema_absent)]
    pub dev: Option<String>,
    /// How that is used.
    #[xml(attribute, schema_absent)]
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
    #[xml(attribute, since = "0.7.7")]
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
    #[xml(child, omit_empty, since = "1.1.3")]
    pub driver: Option<super::HostDevDriver>,
    /// Where it is.
    #[xml(child, schema_required, since = "0.9.11")]
    pub source: Option<HostdevInterfaceSource>,
}

/// Where a PCI network card of the host is.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct HostdevInterfaceSource {
    /// Its address.
    #[xml(child, schema_required)]
    pub address: Option<super::Address>,
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
pub struct VdsSource {
    /// The switch.
    #[xml(attribute, schema = "crate::pattern::UUID", required, since = "8.7.0")]
    pub switchid: Option<crate::Uuid>,
    /// The port.
    #[xml(attribute, since = "8.7.0")]
    pub portid: Option<i64>,
    /// The group of ports.
    #[xml(attribute, since = "8.7.0")]
    pub portgroupid: Option<String>,
    /// The connection.
    #[xml(attribute, since = "8.7.0")]
    pub connectionid: Option<i64>,
}

/// Bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bandwidth {
    /// Towards the guest.
    #[xml(child)]
    pub inbound: Option<BandwidthLimit>,
    /// From the guest.
    #[xml(child)]
    pub outbound: Option<BandwidthLimit>,
}

/// Bandwidth of one direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BandwidthLimit {
    /// On average, in KiB a second.
    #[xml(attribute, schema = "crate::pattern::SPEED")]
    pub average: Option<u64>,
    /// At most, in KiB a second.
    #[xml(attribute, schema = "crate::pattern::SPEED")]
    pub peak: Option<u64>,
    /// What is always there, in KiB a second.
    #[xml(attribute, since = "0.9.11", schema = "crate::pattern::SPEED")]
    pub floor: Option<u64>,
    /// KiB that may come at the peak rate.
    #[xml(attribute, schema = "crate::pattern::BURST")]
    pub burst: Option<u64>,
}

/// VLAN tags.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Nobody")]
pub struct Vlan {
    /// Whether the guest tags by itself.
    #[xml(
        attribute,
        yes_no,
        schema_words = "yes",
        fault = "Content",
        lax = "empty",
        default = "no"
    )]
    pub trunk: Option<bool>,
    /// The tags.
    #[xml(child = "tag", schema_required)]
    pub tags: Vec<VlanTag>,
}

/// A VLAN tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Document")]
pub struct VlanTag {
    /// The tag.
    #[xml(attribute, required, schema = "crate::pattern::VLAN_TAG")]
    pub id: u32,
    /// What becomes of untagged packets.
    #[xml(attribute, since = "1.1.0")]
    pub native_mode: Option<NativeMode>,
}

/// What becomes of untagged packets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NativeMode {
    /// They are tagged on the way out.
    #[default]
    Tagged,
    /// They are not tagged.
    Untagged,
}

/// How a switch knows the port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type='midonet' => parameters")]
#[xml(origin = "Nobody")]
pub struct VirtualPort {
    /// The kind of switch.
    #[xml(attribute = "type", fault = "Unsupported")]
    pub kind: Option<VirtualPortKind>,
    /// What the switch wants to know.
    #[xml(child, omit_empty)]
    pub parameters: Option<VirtualPortParameters>,
}

/// The kind of a switch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VirtualPortKind {
    /// None.
    #[xml(schema_absent)]
    None,
    /// IEEE 802.1Qbg.
    #[default]
    #[xml("802.1Qbg")]
    Qbg,
    /// IEEE 802.1Qbh.
    #[xml("802.1Qbh")]
    Qbh,
    /// Open vSwitch.
    Openvswitch,
    /// MidoNet.
    Midonet,
}

/// What a switch wants to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@type='802.1Qbg' => no @profileid, @interfaceid")]
#[xml(
    rule = "../@type='802.1Qbh' => no @managerid, @typeid, @typeidversion, @instanceid, @interfaceid"
)]
#[xml(rule = "../@type='openvswitch' => no @managerid, @typeid, @typeidversion, @instanceid")]
#[xml(rule = "../@type='midonet' => @interfaceid")]
#[xml(
    rule = "../@type='midonet' => no @managerid, @typeid, @typeidversion, @instanceid, @profileid"
)]
pub struct VirtualPortParameters {
    /// The manager of 802.1Qbg.
    #[xml(attribute, fault = "Content", schema = "crate::pattern::BYTE")]
    pub managerid: Option<u32>,
    /// The type of 802.1Qbg.
    #[xml(
        attribute,
        any_base,
        fault = "Content",
        schema = "crate::pattern::THREE_BYTES"
    )]
    pub typeid: Option<u32>,
    /// The type's version.
    #[xml(
        attribute,
        any_base,
        fault = "Content",
        schema = "crate::pattern::BYTE"
    )]
    pub typeidversion: Option<u32>,
    /// The instance.
    #[xml(attribute, fault = "Content")]
    pub instanceid: Option<crate::Uuid>,
    /// The port of Open vSwitch or MidoNet.
    #[xml(attribute, fault = "Content")]
    pub interfaceid: Option<crate::Uuid>,
    /// The profile.
    #[xml(attribute, schema = "crate::pattern::PROFILE_ID")]
    pub profileid: Option<String>,
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceIp {
    /// The address.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::IP",
        missing = "Content"
    )]
    pub address: String,
    /// `ipv4` or `ipv6`.
    #[xml(attribute, lax)]
    pub family: Option<IpFamily>,
    /// Bits of the network.
    #[xml(attribute, fault = "Content")]
    pub prefix: Option<u32>,
    /// The other end of a point-to-point link.
    #[xml(attribute, since = "2.1.0", schema = "crate::pattern::IP")]
    pub peer: Option<String>,
}

/// A family of addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum IpFamily {
    /// IPv4.
    #[default]
    Ipv4,
    /// IPv6.
    Ipv6,
}

/// A route.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceRoute {
    /// `ipv4` or `ipv6`.
    #[xml(attribute)]
    pub family: Option<IpFamily>,
    /// The destination.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub address: Option<String>,
    /// Its mask.
    #[xml(attribute, schema = "crate::pattern::IPV4")]
    pub netmask: Option<String>,
    /// Its bits.
    #[xml(attribute)]
    pub prefix: Option<u32>,
    /// The gateway.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub gateway: Option<String>,
    /// The metric.
    #[xml(attribute)]
    pub metric: Option<u32>,
}

/// Ports of the host that lead to the guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortForward {
    /// The protocol.
    #[xml(attribute, required)]
    pub proto: ForwardProtocol,
    /// The host's address.
    #[xml(attribute, schema = "crate::pattern::IP")]
    pub address: Option<String>,
    /// The host's interface.
    #[xml(attribute, schema = "crate::pattern::DEVICE_NAME")]
    pub dev: Option<String>,
    /// The ports.
    #[xml(child = "range")]
    pub ranges: Vec<PortRange>,
}

/// A protocol of a port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ForwardProtocol {
    /// TCP.
    #[default]
    Tcp,
    /// UDP.
    Udp,
}

/// Some ports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortRange {
    /// The first one.
    #[xml(attribute, required, positive, missing = "Unsupported")]
    pub start: u32,
    /// The last one.
    #[xml(attribute, positive)]
    pub end: Option<u32>,
    /// The guest's first one.
    #[xml(attribute, positive)]
    pub to: Option<u32>,
    /// Whether they are left out.
    #[xml(attribute, yes_no)]
    pub exclude: Option<bool>,
}

/// The host's side of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceTarget {
    /// The interface's name.
    #[xml(attribute, schema_required, schema = "crate::pattern::DEVICE_NAME")]
    pub dev: Option<String>,
    /// Whether the driver makes it.
    #[xml(attribute, yes_no, since = "5.7.0")]
    pub managed: Option<bool>,
}

/// The name inside a container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceGuest {
    /// The name.
    #[xml(attribute, schema = "crate::pattern::DEVICE_NAME")]
    pub dev: Option<String>,
    /// The name that it would have.
    #[xml(attribute, schema = "crate::pattern::DEVICE_NAME")]
    pub actual: Option<String>,
}

/// How QEMU runs an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceDriver {
    /// Who moves the packets.
    #[xml(
        attribute,
        since = "0.8.8",
        default = "`vhost` where the host has it, else `qemu`"
    )]
    pub name: Option<NetDriverName>,
    /// How sending is put off.
    #[xml(attribute, since = "0.8.8")]
    pub txmode: Option<TxMode>,
    /// Whether sending has a thread of its own.
    #[xml(attribute, on_off, since = "0.9.3", default = "the hypervisor decides")]
    pub ioeventfd: Option<bool>,
    /// Whether events are numbered.
    #[xml(
        attribute = "event_idx",
        on_off,
        since = "0.9.5",
        default = "the hypervisor decides"
    )]
    pub event_idx: Option<bool>,
    /// Queues.
    #[xml(attribute, since = "1.0.6")]
    pub queues: Option<u32>,
    /// Entries of a receive queue.
    #[xml(
        attribute = "rx_queue_size",
        since = "2.3.0",
        default = "the hypervisor decides"
    )]
    pub rx_queue_size: Option<u32>,
    /// Entries of a send queue.
    #[xml(
        attribute = "tx_queue_size",
        since = "3.7.0",
        default = "the hypervisor decides"
    )]
    pub tx_queue_size: Option<u32>,
    /// Whether receive side scaling is offered.
    #[xml(attribute, on_off, since = "8.3.0")]
    pub rss: Option<bool>,
    /// Whether the guest gets the hash.
    #[xml(attribute = "rss_hash_report", on_off, since = "8.3.0")]
    pub rss_hash_report: Option<bool>,
    /// What of virtio may be set on any device.
    #[xml(flatten)]
    pub virtio: super::VirtioOptions,
    /// What the host may hand over in one piece.
    #[xml(child, omit_empty)]
    pub host: Option<HostOffloads>,
    /// What the guest may hand over in one piece.
    #[xml(child, omit_empty)]
    pub guest: Option<GuestOffloads>,
}

/// Who moves the packets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NetDriverName {
    /// QEMU.
    #[default]
    Qemu,
    /// The kernel.
    Vhost,
    /// VFIO, of `hostdev`.
    Vfio,
    /// KVM, of `hostdev`, which is no more.
    Kvm,
    /// Xen, of `hostdev`.
    Xen,
}

/// How sending is put off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TxMode {
    /// By an I/O thread.
    #[default]
    Iothread,
    /// By a timer.
    Timer,
}

/// What the host may hand over in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HostOffloads {
    /// Checksums.
    #[xml(attribute, on_off, default = "on")]
    pub csum: Option<bool>,
    /// Large packets of any kind.
    #[xml(attribute, on_off, default = "on")]
    pub gso: Option<bool>,
    /// TCP over IPv4.
    #[xml(attribute, on_off, default = "on")]
    pub tso4: Option<bool>,
    /// TCP over IPv6.
    #[xml(attribute, on_off, default = "on")]
    pub tso6: Option<bool>,
    /// TCP with congestion notification.
    #[xml(attribute, on_off, default = "on")]
    pub ecn: Option<bool>,
    /// UDP.
    #[xml(attribute, on_off, default = "on")]
    pub ufo: Option<bool>,
    /// Merged receive buffers.
    #[xml(attribute = "mrg_rxbuf", on_off, since = "1.2.13", default = "on")]
    pub mrg_rxbuf: Option<bool>,
}

/// What the guest may hand over in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestOffloads {
    /// Checksums.
    #[xml(attribute, on_off, default = "on")]
    pub csum: Option<bool>,
    /// TCP over IPv4.
    #[xml(attribute, on_off, default = "on")]
    pub tso4: Option<bool>,
    /// TCP over IPv6.
    #[xml(attribute, on_off, default = "on")]
    pub tso6: Option<bool>,
    /// TCP with congestion notification.
    #[xml(attribute, on_off, default = "on")]
    pub ecn: Option<bool>,
    /// UDP.
    #[xml(attribute, on_off, default = "on")]
    pub ufo: Option<bool>,
}

/// Who moves the packets of a user-mode interface, and which devices a tap uses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceBackend {
    /// Who moves the packets.
    #[xml(attribute = "type", since = "9.0.0")]
    pub kind: Option<InterfaceBackendKind>,
    /// The tap device's node.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub tap: Option<String>,
    /// The vhost device's node.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub vhost: Option<String>,
    /// The log of passt.
    #[xml(attribute, since = "9.0.0", schema = "crate::pattern::ABSOLUTE_PATH")]
    pub log_file: Option<String>,
}

/// Who moves the packets of a user-mode interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum InterfaceBackendKind {
    /// slirp, in the hypervisor.
    #[default]
    Default,
    /// passt.
    Passt,
}

/// A network filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FilterRef {
    /// The filter.
    #[xml(attribute, required, schema = "crate::pattern::NC_NAME")]
    pub filter: String,
    /// Its parameters.
    #[xml(child = "parameter")]
    pub parameters: Vec<FilterParameter>,
}

/// A parameter of a network filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FilterParameter {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::VARIABLE")]
    pub name: String,
    /// Its value.
    #[xml(attribute, required, schema = "crate::pattern::FILTER_VALUE")]
    pub value: String,
}

/// The limits of what is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceTune {
    /// Bytes that may wait; 0 is no limit.
    #[xml(text_child, fault = "Content", schema = "crate::pattern::UINT")]
    pub sndbuf: Option<u64>,
}

/// Whether the cable is plugged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum LinkState {
    /// It is.
    #[default]
    Up,
    /// It is not.
    Down,
}

/// When interrupts come together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Coalesce {
    /// Of received packets.
    #[xml(child, omit_empty)]
    pub rx: Option<CoalesceRx>,
}

/// When interrupts of received packets come together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CoalesceRx {
    /// Packets that wait at most.
    #[xml(child = "frames", attribute = "max", lax = "empty")]
    pub max_frames: Option<u32>,
}

/// How two interfaces fail over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type='transient' => @persistent")]
pub struct Teaming {
    /// The part of this one.
    #[xml(attribute = "type", required, fault = "Unsupported", lax = "empty")]
    pub kind: TeamingKind,
    /// The alias of the persistent one.
    #[xml(attribute, schema = "crate::pattern::ALIAS")]
    pub persistent: Option<String>,
}

/// The part of an interface in a team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TeamingKind {
    /// It is always there.
    #[default]
    Persistent,
    /// It may be taken out.
    Transient,
}
