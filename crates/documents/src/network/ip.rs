//! `<ip>` and `<route>`: the addresses of a network.

use xml::Xml;

use super::Dhcp;
use crate::domain::IpFamily;

/// An address of a network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block, rule = "@netmask ^ @prefix")]
pub struct NetworkIp {
    /// IPv4 or IPv6.
    #[xml(attribute, since = "0.8.7", default = "`ipv4`")]
    pub family: Option<IpFamily>,
    /// The address of the host on the network.
    #[xml(
        attribute,
        schema = "crate::pattern::IP",
        absent = "the host has no address there"
    )]
    pub address: Option<String>,
    /// The mask of an IPv4 network.
    #[xml(
        attribute,
        schema = "crate::pattern::IPV4",
        absent = "as `prefix` says"
    )]
    pub netmask: Option<String>,
    /// How many bits of the address are the network's.
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
    /// The folder whose files TFTP gives.
    #[xml(child = "tftp", attribute = "root", schema_required, since = "0.7.2")]
    pub tftp: Option<String>,
    /// The addresses that guests are given.
    #[xml(child, omit_empty)]
    pub dhcp: Option<Dhcp>,
}

/// A route of the host to a network behind a guest.
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
    /// The address on this network that leads there.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub gateway: Option<String>,
    /// The least is taken first.
    #[xml(attribute, default = "1")]
    pub metric: Option<u32>,
}
