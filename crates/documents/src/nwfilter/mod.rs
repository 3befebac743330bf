//! `<filter>`: rules for the packets of an interface.

mod ip;
mod link;
mod packet;

use xml::{Xml, XmlEnum};

use crate::Uuid;
use crate::domain::FilterRef;

pub use ip::{Conditions, Conditions6, Headers, Headers6, Network, Network6, Ports, Remark};
pub use link::{ArpFrame, MacFrame, Macs, StpFrame, VlanFrame};
pub use packet::{
    Icmp6Packet, IcmpPacket, Ip6Packet, IpPacket, Packet, PlainPacket, PlainPacket6, PortPacket,
    PortPacket6, TcpPacket, TcpPacket6,
};

/// Rules for the packets of an interface.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "filter", since = "0.8.0")]
pub struct NwFilter {
    /// The name, unique on the host.
    #[xml(attribute, required, schema = "crate::pattern::NC_NAME")]
    pub name: String,
    /// The chain of rules that it is in: `root`, or a protocol, which a name of one's own may follow.
    #[xml(attribute, default = "`root`", schema = "crate::pattern::FILTER_CHAIN")]
    pub chain: Option<String>,
    /// The chain's priority; the lowest comes first.
    #[xml(
        attribute,
        schema = "crate::pattern::FILTER_PRIORITY",
        since = "0.9.8",
        absent = "that of its protocol: as those of `stp`, `mac`, `vlan`, `ipv4`, `ipv6`, `arp`, `rarp` follow each other"
    )]
    pub priority: Option<i32>,
    /// The UUID, unique on the host.
    #[xml(text_child, absent = "one is made")]
    pub uuid: Option<Uuid>,
    /// Rules and other filters, in order.
    #[xml(choice)]
    pub entries: Vec<FilterEntry>,
}

/// A rule or another filter.
#[derive(Debug, Clone, PartialEq, Xml)]
pub enum FilterEntry {
    /// A rule.
    Rule(FilterRule),
    /// Another filter.
    #[xml("filterref")]
    FilterRef(FilterRef),
}

impl Default for FilterEntry {
    fn default() -> Self {
        Self::Rule(FilterRule::default())
    }
}

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct FilterRule {
    /// What happens to a packet.
    #[xml(attribute, required)]
    pub action: FilterAction,
    /// Which way the packet goes.
    #[xml(attribute, required)]
    pub direction: FilterDirection,
    /// The rule's priority; the lowest comes first.
    #[xml(attribute, default = "500", schema = "crate::pattern::FILTER_PRIORITY")]
    pub priority: Option<i32>,
    /// `false` or `0`: connections are not followed.
    #[xml(
        attribute,
        schema = "crate::pattern::FALSE",
        since = "0.8.2",
        default = "`true`"
    )]
    pub statematch: Option<String>,
    /// What a packet must look like; without it, every packet matches.
    #[xml(choice)]
    pub packet: Option<Packet>,
}

/// What happens to a packet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FilterAction {
    /// It is lost.
    #[default]
    Drop,
    /// It passes.
    Accept,
    /// It is lost, and its sender is told.
    #[xml(since = "0.9.0")]
    Reject,
    /// The filter that refers to this one goes on.
    #[xml(since = "0.9.7")]
    Return,
    /// The next rule looks.
    #[xml(since = "0.9.7")]
    Continue,
}

/// Which way a packet goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FilterDirection {
    /// To the guest.
    In,
    /// From the guest.
    Out,
    /// Either.
    #[default]
    Inout,
}
