//! `<network>`: a virtual network.

mod bridge;
mod dhcp;
mod dns;
mod forward;
mod ip;
mod port_group;

pub use bridge::*;
pub use dhcp::*;
pub use dns::*;
pub use forward::*;
pub use ip::*;
pub use port_group::*;

use xml::Xml;

use crate::domain::{Bandwidth, Metadata, VirtualPort, Vlan};
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
    /// Whether guests may talk IPv6 to each other on a network that has no such address itself.
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
    /// What the network is for, in any words.
    #[xml(text_child, since = "9.7.0", absent = "there is none")]
    pub description: Option<String>,
    /// What applications keep with the network.
    #[xml(flatten)]
    pub metadata: Metadata,
    /// How packets leave it.
    #[xml(child)]
    pub forward: Option<Forward>,
    /// The bridge of the host that the ports are on.
    #[xml(child)]
    pub bridge: Option<Bridge>,
    /// The largest packet of the bridge and its ports, in bytes.
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
    /// The DNS domain that names of guests are in.
    #[xml(child, since = "0.4.5")]
    pub domain: Option<DnsDomain>,
    /// How names are resolved for guests.
    #[xml(child, since = "0.9.3")]
    pub dns: Option<Dns>,
    /// The VLAN tags of all ports, unless a group says otherwise.
    #[xml(child, since = "0.10.0")]
    pub vlan: Option<Vlan>,
    /// The bandwidth between the network and the outside.
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
    /// The addresses that the host has on the network.
    #[xml(child = "ip")]
    pub ips: Vec<NetworkIp>,
    /// Routes of the host to networks behind guests.
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
