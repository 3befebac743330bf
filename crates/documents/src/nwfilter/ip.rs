//! What the headers of an IP packet must look like. Values are numbers, addresses or `$VARIABLE`.

use xml::Xml;

/// The headers that are looked at of any packet over IPv4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Headers {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The sender's hardware address.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub srcmacaddr: Option<String>,
    /// The addresses.
    #[xml(flatten)]
    pub network: Network,
    /// More of them.
    #[xml(flatten)]
    pub conditions: Conditions,
}

/// The headers that are looked at of any packet over IPv6.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Headers6 {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The sender's hardware address.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub srcmacaddr: Option<String>,
    /// The addresses.
    #[xml(flatten)]
    pub network: Network6,
    /// More of them.
    #[xml(flatten)]
    pub conditions: Conditions6,
}

/// IPv4 addresses of a packet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Network {
    /// The sender's address.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub srcipaddr: Option<String>,
    /// How many bits of the sender's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MASK")]
    pub srcipmask: Option<String>,
    /// The receiver's address.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub dstipaddr: Option<String>,
    /// How many bits of the receiver's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MASK")]
    pub dstipmask: Option<String>,
}

/// IPv6 addresses of a packet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Network6 {
    /// The sender's address.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP6")]
    pub srcipaddr: Option<String>,
    /// How many bits of the sender's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MASK6")]
    pub srcipmask: Option<String>,
    /// The receiver's address.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP6")]
    pub dstipaddr: Option<String>,
    /// How many bits of the receiver's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MASK6")]
    pub dstipmask: Option<String>,
}

/// Ports of a packet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Ports {
    /// The lowest of the sender's ports.
    #[xml(attribute, schema = "crate::pattern::FILTER_U16")]
    pub srcportstart: Option<String>,
    /// The highest of the sender's ports.
    #[xml(attribute, schema = "crate::pattern::FILTER_U16")]
    pub srcportend: Option<String>,
    /// The lowest of the receiver's ports.
    #[xml(attribute, schema = "crate::pattern::FILTER_U16")]
    pub dstportstart: Option<String>,
    /// The highest of the receiver's ports.
    #[xml(attribute, schema = "crate::pattern::FILTER_U16")]
    pub dstportend: Option<String>,
}

/// More of what a packet of IPv4 must look like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Conditions {
    /// The lowest of the senders' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub srcipfrom: Option<String>,
    /// The highest of the senders' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub srcipto: Option<String>,
    /// The lowest of the receivers' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub dstipfrom: Option<String>,
    /// The highest of the receivers' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub dstipto: Option<String>,
    /// The class of service (RFC 2474).
    #[xml(attribute, schema = "crate::pattern::FILTER_DSCP")]
    pub dscp: Option<String>,
    /// How many connections the sender may have: the packet matches when there are more.
    #[xml(attribute = "connlimit-above", schema = "crate::pattern::FILTER_U16")]
    pub connlimit_above: Option<String>,
    /// The connection's state: `NONE`, or of `NEW`, `ESTABLISHED`, `RELATED` and `INVALID` those that match.
    #[xml(attribute = "state", schema = "crate::pattern::FILTER_STATE")]
    pub state: Option<String>,
}

/// More of what a packet of IPv6 must look like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Conditions6 {
    /// The lowest of the senders' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP6")]
    pub srcipfrom: Option<String>,
    /// The highest of the senders' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP6")]
    pub srcipto: Option<String>,
    /// The lowest of the receivers' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP6")]
    pub dstipfrom: Option<String>,
    /// The highest of the receivers' addresses.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP6")]
    pub dstipto: Option<String>,
    /// The class of service (RFC 2474).
    #[xml(attribute, schema = "crate::pattern::FILTER_DSCP")]
    pub dscp: Option<String>,
    /// How many connections the sender may have: the packet matches when there are more.
    #[xml(attribute = "connlimit-above", schema_absent)]
    pub connlimit_above: Option<String>,
    /// The connection's state: `NONE`, or of `NEW`, `ESTABLISHED`, `RELATED` and `INVALID` those that match.
    #[xml(attribute = "state", schema_absent)]
    pub state: Option<String>,
}

/// The remark on a packet, and the set of addresses that it is looked up in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@ipset => @ipsetflags", rule = "@ipsetflags => @ipset")]
pub struct Remark {
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
    /// A set of the kernel's that the addresses are looked up in.
    #[xml(attribute, since = "0.10.0", schema = "crate::pattern::FILTER_IPSET")]
    pub ipset: Option<String>,
    /// Whose addresses are looked up: `src` and `dst`, in the order that the set has.
    #[xml(
        attribute,
        since = "0.10.0",
        schema = "crate::pattern::FILTER_IPSET_FLAGS"
    )]
    pub ipsetflags: Option<String>,
}
