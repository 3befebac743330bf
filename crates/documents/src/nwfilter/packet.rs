//! What a packet must look like, by its protocol. Source: formatnwfilter, "Supported protocols".

use xml::Xml;

use super::ip::{Headers, Headers6, Network, Network6, Ports, Remark};
use super::link::{ArpFrame, MacFrame, Macs, StpFrame, VlanFrame};

/// What a packet must look like, by its protocol.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
pub enum Packet {
    /// A frame of Ethernet.
    Mac(MacFrame),
    /// A frame of a VLAN.
    Vlan(VlanFrame),
    /// A message of the spanning tree.
    Stp(Box<StpFrame>),
    /// A question for a hardware address, or an answer.
    Arp(Box<ArpFrame>),
    /// A question for an IP address, or an answer.
    Rarp(Box<ArpFrame>),
    /// A packet of IPv4, looked at on the link.
    Ip(Box<IpPacket>),
    /// A packet of IPv6, looked at on the link.
    Ipv6(Box<Ip6Packet>),
    /// TCP over IPv4.
    Tcp(Box<TcpPacket>),
    /// UDP over IPv4.
    Udp(Box<PortPacket>),
    /// SCTP over IPv4.
    Sctp(Box<PortPacket>),
    /// ICMP.
    Icmp(Box<IcmpPacket>),
    /// IGMP.
    Igmp(Box<PlainPacket>),
    /// Any protocol over IPv4.
    All(Box<PlainPacket>),
    /// ESP over IPv4.
    Esp(Box<PlainPacket>),
    /// AH over IPv4.
    Ah(Box<PlainPacket>),
    /// UDP-Lite over IPv4.
    Udplite(Box<PlainPacket>),
    /// TCP over IPv6.
    TcpIpv6(Box<TcpPacket6>),
    /// UDP over IPv6.
    UdpIpv6(Box<PortPacket6>),
    /// SCTP over IPv6.
    SctpIpv6(Box<PortPacket6>),
    /// ICMPv6.
    Icmpv6(Box<Icmp6Packet>),
    /// Any protocol over IPv6.
    AllIpv6(Box<PlainPacket6>),
    /// ESP over IPv6.
    EspIpv6(Box<PlainPacket6>),
    /// AH over IPv6.
    AhIpv6(Box<PlainPacket6>),
    /// UDP-Lite over IPv6.
    UdpliteIpv6(Box<PlainPacket6>),
}

impl Default for Packet {
    fn default() -> Self {
        Self::All(Box::default())
    }
}

/// A packet of IPv4, looked at on the link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IpPacket {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The hardware addresses.
    #[xml(flatten)]
    pub macs: Macs,
    /// The addresses.
    #[xml(flatten)]
    pub network: Network,
    /// The protocol inside, by number or name.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP_PROTOCOL")]
    pub protocol: Option<String>,
    /// The ports.
    #[xml(flatten)]
    pub ports: Ports,
    /// The class of service (RFC 2474).
    #[xml(attribute, schema = "crate::pattern::FILTER_DSCP")]
    pub dscp: Option<String>,
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
}

/// A packet of IPv6, looked at on the link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Ip6Packet {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The hardware addresses.
    #[xml(flatten)]
    pub macs: Macs,
    /// The addresses.
    #[xml(flatten)]
    pub network: Network6,
    /// The protocol inside, by number or name.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP_PROTOCOL")]
    pub protocol: Option<String>,
    /// The ports.
    #[xml(flatten)]
    pub ports: Ports,
    /// The lowest type of an ICMPv6 message.
    #[xml(attribute = "type", schema = "crate::pattern::BYTE")]
    pub kind: Option<String>,
    /// The highest type of an ICMPv6 message.
    #[xml(attribute, schema = "crate::pattern::BYTE")]
    pub typeend: Option<String>,
    /// The lowest code of an ICMPv6 message.
    #[xml(attribute, schema = "crate::pattern::BYTE")]
    pub code: Option<String>,
    /// The highest code of an ICMPv6 message.
    #[xml(attribute, schema = "crate::pattern::BYTE")]
    pub codeend: Option<String>,
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
}

/// A packet of TCP over IPv4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TcpPacket {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers,
    /// The ports.
    #[xml(flatten)]
    pub ports: Ports,
    /// Which flags count, and which of them are set: `SYN,ACK/SYN`.
    #[xml(attribute, schema = "crate::pattern::TCP_FLAGS")]
    pub flags: Option<String>,
    /// The remark and the set of addresses.
    #[xml(flatten)]
    pub remark: Remark,
}

/// A packet with ports, of UDP or SCTP over IPv4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortPacket {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers,
    /// The ports.
    #[xml(flatten)]
    pub ports: Ports,
    /// The remark and the set of addresses.
    #[xml(flatten)]
    pub remark: Remark,
}

/// A message of ICMP over IPv4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IcmpPacket {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers,
    /// The type of the message.
    #[xml(attribute = "type", schema = "crate::pattern::BYTE")]
    pub kind: Option<String>,
    /// The code of the message.
    #[xml(attribute, schema = "crate::pattern::BYTE")]
    pub code: Option<String>,
    /// The remark and the set of addresses.
    #[xml(flatten)]
    pub remark: Remark,
}

/// A packet over IPv4 of which no more is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PlainPacket {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers,
    /// The remark and the set of addresses.
    #[xml(flatten)]
    pub remark: Remark,
}

/// A packet of TCP over IPv6.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TcpPacket6 {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers6,
    /// The ports.
    #[xml(flatten)]
    pub ports: Ports,
    /// Which flags count, and which of them are set: `SYN,ACK/SYN`.
    #[xml(attribute, schema = "crate::pattern::TCP_FLAGS")]
    pub flags: Option<String>,
    /// The remark and the set of addresses.
    #[xml(flatten, schema_without = "ipset ipsetflags")]
    pub remark: Remark,
}

/// A packet with ports, of UDP or SCTP over IPv6.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortPacket6 {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers6,
    /// The ports.
    #[xml(flatten)]
    pub ports: Ports,
    /// The remark and the set of addresses.
    #[xml(flatten, schema_without = "ipset ipsetflags")]
    pub remark: Remark,
}

/// A message of ICMP over IPv6.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Icmp6Packet {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers6,
    /// The type of the message.
    #[xml(attribute = "type", schema = "crate::pattern::BYTE")]
    pub kind: Option<String>,
    /// The code of the message.
    #[xml(attribute, schema = "crate::pattern::BYTE")]
    pub code: Option<String>,
    /// The remark and the set of addresses.
    #[xml(flatten, schema_without = "ipset ipsetflags")]
    pub remark: Remark,
}

/// A packet over IPv6 of which no more is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PlainPacket6 {
    /// Its headers.
    #[xml(flatten)]
    pub headers: Headers6,
    /// The remark and the set of addresses.
    #[xml(flatten, schema_without = "ipset ipsetflags")]
    pub remark: Remark,
}
