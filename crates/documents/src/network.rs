//! `<network>`: a virtual network.

use xml::{Xml, XmlEnum};

use crate::domain::{Bandwidth, IpFamily, Metadata, VirtualPort, Vlan};
use crate::{MacAddress, Uuid};

/// A virtual network.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    name = "network",
    namespace(dnsmasq = "http://libvirt.org/schemas/network/dnsmasq/1.0"),
    since = "0.3.0"
)]
pub struct Network {
    /// Interfaces connected to it, of a running network.
    #[xml(attribute, since = "0.10.0", absent = "the network does not run")]
    pub connections: Option<u32>,
    /// Whether addresses are IPv6 although none is said.
    #[xml(attribute, yes_no, since = "1.0.1", default = "`no`")]
    pub ipv6: Option<bool>,
    /// Whether guests may ask for received frames by filters of their own.
    #[xml(attribute, yes_no, since = "1.2.10", default = "`no`")]
    pub trust_guest_rx_filters: Option<bool>,
    /// The name, unique on the host.
    #[xml(text_child, required)]
    pub name: String,
    /// The UUID, unique on the host.
    #[xml(text_child, absent = "one is made")]
    pub uuid: Option<Uuid>,
    /// A short description.
    #[xml(
        text_child,
        since = "9.7.0",
        schema = "crate::pattern::LINE",
        absent = "there is none"
    )]
    pub title: Option<String>,
    /// A description.
    #[xml(text_child, since = "9.7.0", absent = "there is none")]
    pub description: Option<String>,
    /// What applications keep with the network.
    #[xml(flatten)]
    pub metadata: Metadata,
    /// How packets leave it.
    #[xml(child)]
    pub forward: Option<Forward>,
    /// Its bridge.
    #[xml(child)]
    pub bridge: Option<Bridge>,
    /// The largest packet.
    #[xml(
        child = "mtu",
        attribute = "size",
        since = "3.1.0",
        schema_required,
        schema = "crate::pattern::SHORT"
    )]
    pub mtu: Option<u32>,
    /// The bridge's MAC address.
    #[xml(
        child = "mac",
        attribute = "address",
        schema_required,
        schema = "crate::pattern::UNICAST_MAC",
        since = "0.8.8"
    )]
    pub mac: Option<MacAddress>,
    /// Its DNS domain.
    #[xml(child, since = "0.4.5")]
    pub domain: Option<DnsDomain>,
    /// Its DNS.
    #[xml(child, since = "0.9.3")]
    pub dns: Option<Dns>,
    /// VLAN tags.
    #[xml(child, since = "0.10.0")]
    pub vlan: Option<Vlan>,
    /// Bandwidth.
    #[xml(child, omit_empty, since = "0.9.4")]
    pub bandwidth: Option<Bandwidth>,
    /// Whether guests' ports are isolated from each other.
    #[xml(
        child = "port",
        attribute = "isolated",
        yes_no,
        since = "6.1.0",
        default = "`no`"
    )]
    pub isolated: Option<bool>,
    /// Addresses.
    #[xml(child = "ip")]
    pub ips: Vec<NetworkIp>,
    /// Routes.
    #[xml(child = "route", since = "1.0.6")]
    pub routes: Vec<Route>,
    /// How a switch knows the ports.
    #[xml(child, since = "0.9.4")]
    pub virtualport: Option<VirtualPort>,
    /// Groups of ports.
    #[xml(child = "portgroup", since = "0.9.4")]
    pub portgroups: Vec<PortGroup>,
    /// dnsmasq's own options.
    #[xml(
        child = "dnsmasq:option",
        attribute = "value",
        wrapper = "dnsmasq:options",
        since = "5.6.0"
    )]
    pub dnsmasq_options: Vec<String>,
}

/// How packets leave a network.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "interface ^ address")]
pub struct Forward {
    /// The interface that they leave by.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        absent = "the host's routes say"
    )]
    pub dev: Option<String>,
    /// The way.
    #[xml(attribute, since = "0.4.2", default = "`nat`")]
    pub mode: Option<ForwardMode>,
    /// Whether PCI devices are taken from their drivers and given back.
    #[xml(attribute, yes_no, since = "0.10.0", default = "`no`")]
    pub managed: Option<bool>,
    /// How PCI devices reach a guest.
    #[xml(child, since = "1.0.5")]
    pub driver: Option<ForwardDriver>,
    /// The physical function whose virtual ones are used.
    #[xml(
        child = "pf",
        attribute = "dev",
        schema_required,
        schema = "crate::pattern::DEVICE_NAME",
        since = "0.9.10"
    )]
    pub pf: Option<String>,
    /// How addresses are translated.
    #[xml(child, since = "1.0.3")]
    pub nat: Option<Nat>,
    /// The interfaces that may be used.
    #[xml(child = "interface", since = "0.9.4")]
    pub interfaces: Vec<ForwardInterface>,
    /// The PCI devices that may be used.
    #[xml(child = "address", since = "0.10.0")]
    pub addresses: Vec<crate::domain::Address>,
}

/// How PCI devices reach a guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ForwardDriver {
    /// `vfio`.
    #[xml(attribute, schema_words = "kvm vfio xen", default = "`vfio`")]
    pub name: Option<String>,
    /// The host's driver.
    #[xml(
        attribute,
        since = "10.0.0",
        schema = "crate::pattern::NAME",
        absent = "the one that the host's kernel has for the device"
    )]
    pub model: Option<String>,
}

/// The way that packets leave a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ForwardMode {
    /// None.
    #[xml(schema_absent)]
    None,
    /// Their addresses are translated.
    #[default]
    Nat,
    /// They are routed.
    Route,
    /// They are routed without any rule of a firewall.
    #[xml(since = "2.2.0")]
    Open,
    /// Over a bridge of the host.
    #[xml(since = "0.9.4")]
    Bridge,
    /// Over an interface, guests isolated.
    #[xml(since = "0.9.4")]
    Private,
    /// Over an interface and the switch outside.
    #[xml(since = "0.9.4")]
    Vepa,
    /// Over an interface that a guest has alone.
    #[xml(since = "0.9.4")]
    Passthrough,
    /// Over a PCI device that a guest has alone.
    #[xml(since = "0.10.0")]
    Hostdev,
}

/// How addresses are translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Nat {
    /// Whether IPv6 is translated too.
    #[xml(attribute, yes_no, since = "6.5.0", default = "`no`")]
    pub ipv6: Option<bool>,
    /// The addresses to use.
    #[xml(child)]
    pub address: Option<AddressRange>,
    /// The ports to use.
    #[xml(child)]
    pub port: Option<NatPorts>,
}

/// The first and the last address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct AddressRange {
    /// The first one.
    #[xml(attribute, required, schema = "crate::pattern::IP")]
    pub start: String,
    /// The last one.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub end: Option<String>,
}

/// The first and the last port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NatPorts {
    /// The first one.
    #[xml(attribute, required)]
    pub start: u32,
    /// The last one.
    #[xml(attribute, required)]
    pub end: u32,
}

/// An interface that may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ForwardInterface {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::DEVICE_NAME")]
    pub dev: String,
    /// Connections, of a running network.
    #[xml(attribute, since = "0.10.0", absent = "the network does not run")]
    pub connections: Option<u32>,
}

/// A network's bridge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bridge {
    /// Its name.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        absent = "the driver finds a free one: `virbr0`, `virbr1` …"
    )]
    pub name: Option<String>,
    /// The firewall's zone.
    #[xml(
        attribute,
        since = "5.1.0",
        schema = "crate::pattern::ZONE",
        absent = "`libvirt`, of the firewall's daemon, unless packets are merely routed"
    )]
    pub zone: Option<String>,
    /// Spanning tree.
    #[xml(attribute, on_off, default = "`on`")]
    pub stp: Option<bool>,
    /// Its delay in seconds.
    #[xml(attribute, default = "0")]
    pub delay: Option<u64>,
    /// Who manages the table of MAC addresses: `kernel`, `libvirt`.
    #[xml(
        attribute,
        since = "1.2.11",
        schema_words = "kernel libvirt",
        default = "`kernel`"
    )]
    pub mac_table_manager: Option<String>,
}

/// A network's DNS domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsDomain {
    /// Its name.
    #[xml(attribute, schema_required, schema = "crate::pattern::DNS_NAME")]
    pub name: Option<String>,
    /// Whether it is unknown outside.
    #[xml(attribute, yes_no, since = "1.2.12", default = "`no`")]
    pub local_only: Option<bool>,
    /// Whether the host's resolver is told.
    #[xml(attribute, yes_no, since = "10.1.0", default = "`no`")]
    pub register: Option<bool>,
}

/// A network's DNS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Dns {
    /// Whether there is any.
    #[xml(attribute, yes_no, since = "2.2.0", default = "`yes`")]
    pub enable: Option<bool>,
    /// Whether names without a dot go outside.
    #[xml(attribute, yes_no, since = "1.1.2", default = "`yes`")]
    pub forward_plain_names: Option<bool>,
    /// Who is asked.
    #[xml(child = "forwarder", since = "1.1.3")]
    pub forwarders: Vec<Forwarder>,
    /// Texts.
    #[xml(child = "txt")]
    pub txts: Vec<DnsTxt>,
    /// Services.
    #[xml(child = "srv", since = "0.9.9")]
    pub srvs: Vec<DnsSrv>,
    /// Names.
    #[xml(child = "host")]
    pub hosts: Vec<DnsHost>,
}

/// Who is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Forwarder {
    /// For which domain.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        since = "2.2.0",
        absent = "all that no other one is for"
    )]
    pub domain: Option<String>,
    /// The server.
    #[xml(
        attribute,
        schema = "crate::pattern::IP",
        absent = "the host's own servers"
    )]
    pub addr: Option<String>,
}

/// A text of DNS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsTxt {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::DNS_NAME")]
    pub name: String,
    /// Its value.
    #[xml(attribute, schema_required)]
    pub value: Option<String>,
}

/// Names of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "hostname")]
pub struct DnsHost {
    /// The address.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub ip: Option<String>,
    /// The names.
    #[xml(text_child = "hostname", schema = "crate::pattern::DNS_NAME")]
    pub hostnames: Vec<String>,
}

/// A service of DNS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsSrv {
    /// The service.
    #[xml(attribute, schema_required)]
    pub service: Option<String>,
    /// Its protocol.
    #[xml(attribute, schema_required, schema_words = "tcp udp")]
    pub protocol: Option<String>,
    /// Its domain.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        absent = "that of the network"
    )]
    pub domain: Option<String>,
    /// The host.
    #[xml(attribute, absent = "the service is not there")]
    pub target: Option<String>,
    /// Its port.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "1")]
    pub port: Option<u32>,
    /// Its priority.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "0")]
    pub priority: Option<u32>,
    /// Its weight.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "0")]
    pub weight: Option<u32>,
}

/// An address of a network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block, rule = "@netmask ^ @prefix")]
pub struct NetworkIp {
    /// IPv4 or IPv6.
    #[xml(attribute, since = "0.8.7", default = "`ipv4`")]
    pub family: Option<IpFamily>,
    /// The address.
    #[xml(
        attribute,
        schema = "crate::pattern::IP",
        absent = "the host has no address there"
    )]
    pub address: Option<String>,
    /// The mask.
    #[xml(
        attribute,
        schema = "crate::pattern::IPV4",
        absent = "as `prefix` says"
    )]
    pub netmask: Option<String>,
    /// The mask's bits.
    #[xml(
        attribute,
        schema = "crate::pattern::PREFIX",
        since = "0.8.7",
        absent = "as `netmask` says, else the address's class, of IPv4, or 64, of IPv6"
    )]
    pub prefix: Option<u32>,
    /// Whether names of addresses are answered by the network.
    #[xml(attribute = "localPtr", yes_no, since = "3.0.0", default = "`no`")]
    pub local_ptr: Option<bool>,
    /// TFTP.
    #[xml(child = "tftp", attribute = "root", schema_required, since = "0.7.2")]
    pub tftp: Option<String>,
    /// DHCP.
    #[xml(child, omit_empty)]
    pub dhcp: Option<Dhcp>,
}

/// DHCP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Dhcp {
    /// Addresses for anybody.
    #[xml(child = "range")]
    pub ranges: Vec<DhcpRange>,
    /// Addresses for some.
    #[xml(child = "host", since = "0.4.5")]
    pub hosts: Vec<DhcpHost>,
    /// What is booted.
    #[xml(child, since = "0.7.2")]
    pub bootp: Option<Bootp>,
}

/// Addresses for anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DhcpRange {
    /// The first one.
    #[xml(attribute, required, schema = "crate::pattern::IP")]
    pub start: String,
    /// The last one.
    #[xml(attribute, required, schema = "crate::pattern::IP")]
    pub end: String,
    /// How long.
    #[xml(child, since = "6.3.0")]
    pub lease: Option<DhcpLease>,
}

/// How long an address is lent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "6.3.0")]
pub struct DhcpLease {
    /// The number; 0 is forever.
    #[xml(attribute, required)]
    pub expiry: u32,
    /// `seconds`, `minutes`, `hours`.
    #[xml(
        attribute,
        schema_words = "seconds minutes hours",
        default = "`minutes`"
    )]
    pub unit: Option<String>,
}

/// An address for somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@mac | @id | @name")]
#[xml(rule = "@mac ^ @id")]
pub struct DhcpHost {
    /// By MAC address.
    #[xml(
        attribute,
        schema = "crate::pattern::UNICAST_MAC",
        absent = "the host is known by another part"
    )]
    pub mac: Option<String>,
    /// By DHCPv6 identity.
    #[xml(
        attribute,
        schema = "crate::pattern::DUID",
        since = "1.0.3",
        absent = "the host is known by another part"
    )]
    pub id: Option<String>,
    /// The name.
    #[xml(attribute, absent = "the host has none")]
    pub name: Option<String>,
    /// The address.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub ip: Option<String>,
    /// How long.
    #[xml(child)]
    pub lease: Option<DhcpLease>,
}

/// What is booted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bootp {
    /// The file.
    #[xml(attribute, required, schema = "crate::pattern::NOT_EMPTY")]
    pub file: String,
    /// Its server.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        since = "0.7.3",
        absent = "the host itself"
    )]
    pub server: Option<String>,
}

/// A route.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.0.6")]
pub struct Route {
    /// IPv4 or IPv6.
    #[xml(attribute, default = "`ipv4`")]
    pub family: Option<IpFamily>,
    /// The destination.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub address: Option<String>,
    /// Its mask.
    #[xml(
        attribute,
        schema = "crate::pattern::IPV4",
        absent = "as `prefix` says"
    )]
    pub netmask: Option<String>,
    /// Its bits.
    #[xml(attribute, absent = "as `netmask` says, or all bits")]
    pub prefix: Option<u32>,
    /// The gateway.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub gateway: Option<String>,
    /// The metric.
    #[xml(attribute, default = "1")]
    pub metric: Option<u32>,
}

/// A group of ports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortGroup {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::DEVICE_NAME")]
    pub name: String,
    /// Whether it is the one for ports that say none.
    #[xml(attribute, yes_no, default = "`no`")]
    pub default: Option<bool>,
    /// Whether guests may ask for received frames by filters of their own.
    #[xml(attribute, yes_no, since = "1.2.10", absent = "as the network says")]
    pub trust_guest_rx_filters: Option<bool>,
    /// VLAN tags.
    #[xml(child, since = "0.10.0")]
    pub vlan: Option<Vlan>,
    /// Whether guests' ports are isolated from each other.
    #[xml(
        child = "port",
        attribute = "isolated",
        yes_no,
        schema_absent,
        since = "6.1.0",
        default = "`no`"
    )]
    pub isolated: Option<bool>,
    /// How a switch knows the ports.
    #[xml(child)]
    pub virtualport: Option<VirtualPort>,
    /// Bandwidth.
    #[xml(child, omit_empty)]
    pub bandwidth: Option<Bandwidth>,
}
