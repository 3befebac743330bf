//! What a frame of the link must look like. Values are numbers, addresses or `$VARIABLE`.

use xml::Xml;

/// Hardware addresses of a frame. Source: formatnwfilter, "MAC".
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Macs {
    /// The sender's address.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub srcmacaddr: Option<String>,
    /// Which bits of the sender's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub srcmacmask: Option<String>,
    /// The receiver's address.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub dstmacaddr: Option<String>,
    /// Which bits of the receiver's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub dstmacmask: Option<String>,
}

/// A frame of Ethernet. Source: formatnwfilter, "MAC".
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MacFrame {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The addresses.
    #[xml(flatten)]
    pub macs: Macs,
    /// The protocol inside, by number or name.
    #[xml(attribute, schema = "crate::pattern::FILTER_PROTOCOL_ID")]
    pub protocolid: Option<String>,
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
}

/// A frame of a VLAN (IEEE 802.1Q). Source: formatnwfilter, "VLAN".
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VlanFrame {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The addresses.
    #[xml(flatten)]
    pub macs: Macs,
    /// The VLAN's tag.
    #[xml(attribute, schema = "crate::pattern::FILTER_VLAN")]
    pub vlanid: Option<String>,
    /// The protocol inside, by number or name.
    #[xml(
        attribute = "encap-protocol",
        schema = "crate::pattern::FILTER_PROTOCOL_ID"
    )]
    pub encap_protocol: Option<String>,
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
}

/// A frame of the spanning tree protocol (IEEE 802.1D). Source: formatnwfilter, "STP".
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StpFrame {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The sender's hardware address.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub srcmacaddr: Option<String>,
    /// Which bits of the sender's address count.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub srcmacmask: Option<String>,
    /// The type of the bridge's message.
    #[xml(attribute = "type", schema = "crate::pattern::BYTE")]
    pub kind: Option<String>,
    /// The message's flags.
    #[xml(attribute, schema = "crate::pattern::BYTE")]
    pub flags: Option<String>,
    /// The priority of the root; with `root-priority-hi` the least of a range.
    #[xml(attribute = "root-priority", schema = "crate::pattern::FILTER_U16")]
    pub root_priority: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "root-priority-hi", schema = "crate::pattern::FILTER_U16")]
    pub root_priority_hi: Option<String>,
    /// The hardware address of the root.
    #[xml(attribute = "root-address", schema = "crate::pattern::FILTER_MAC")]
    pub root_address: Option<String>,
    /// Which bits of that address count.
    #[xml(attribute = "root-address-mask", schema = "crate::pattern::FILTER_MAC")]
    pub root_address_mask: Option<String>,
    /// The cost of the way to the root; with `root-cost-hi` the least of a range.
    #[xml(attribute = "root-cost", schema = "crate::pattern::FILTER_COST")]
    pub root_cost: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "root-cost-hi", schema = "crate::pattern::FILTER_COST")]
    pub root_cost_hi: Option<String>,
    /// The priority of the sender; with `sender-priority-hi` the least of a range.
    #[xml(attribute = "sender-priority", schema = "crate::pattern::FILTER_U16")]
    pub sender_priority: Option<String>,
    /// The greatest of that range.
    #[xml(
        attribute = "sender-priority-hi",
        schema = "crate::pattern::FILTER_U16"
    )]
    pub sender_priority_hi: Option<String>,
    /// The hardware address of the sender.
    #[xml(attribute = "sender-address", schema = "crate::pattern::FILTER_MAC")]
    pub sender_address: Option<String>,
    /// Which bits of that address count.
    #[xml(
        attribute = "sender-address-mask",
        schema = "crate::pattern::FILTER_MAC"
    )]
    pub sender_address_mask: Option<String>,
    /// The number of the port; with `port-hi` the least of a range.
    #[xml(attribute = "port", schema = "crate::pattern::FILTER_U16")]
    pub port: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "port-hi", schema = "crate::pattern::FILTER_U16")]
    pub port_hi: Option<String>,
    /// The age of the message; with `age-hi` the least of a range.
    #[xml(attribute = "age", schema = "crate::pattern::FILTER_U16")]
    pub age: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "age-hi", schema = "crate::pattern::FILTER_U16")]
    pub age_hi: Option<String>,
    /// The age at which messages are lost; with `max-age-hi` the least of a range.
    #[xml(attribute = "max-age", schema = "crate::pattern::FILTER_U16")]
    pub max_age: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "max-age-hi", schema = "crate::pattern::FILTER_U16")]
    pub max_age_hi: Option<String>,
    /// The time between messages; with `hello-time-hi` the least of a range.
    #[xml(attribute = "hello-time", schema = "crate::pattern::FILTER_U16")]
    pub hello_time: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "hello-time-hi", schema = "crate::pattern::FILTER_U16")]
    pub hello_time_hi: Option<String>,
    /// The delay of forwarding; with `forward-delay-hi` the least of a range.
    #[xml(attribute = "forward-delay", schema = "crate::pattern::FILTER_U16")]
    pub forward_delay: Option<String>,
    /// The greatest of that range.
    #[xml(attribute = "forward-delay-hi", schema = "crate::pattern::FILTER_U16")]
    pub forward_delay_hi: Option<String>,
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
}

/// A message of the address resolution protocol (RFC 826), or of its reverse (RFC 903). Source:
/// formatnwfilter, "ARP/RARP".
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ArpFrame {
    /// `no`: packets match that do not look like this.
    #[xml(attribute = "match", yes_no, default = "`yes`")]
    pub matches: Option<bool>,
    /// The addresses of the frame.
    #[xml(flatten)]
    pub macs: Macs,
    /// The type of the hardware.
    #[xml(attribute, schema = "crate::pattern::FILTER_U16")]
    pub hwtype: Option<String>,
    /// The type of the protocol.
    #[xml(attribute, schema = "crate::pattern::FILTER_U16")]
    pub protocoltype: Option<String>,
    /// What the message asks or answers, by number or name.
    #[xml(attribute, schema = "crate::pattern::FILTER_ARP_OPCODE")]
    pub opcode: Option<String>,
    /// The sender's hardware address, in the message.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub arpsrcmacaddr: Option<String>,
    /// The receiver's hardware address, in the message.
    #[xml(attribute, schema = "crate::pattern::FILTER_MAC")]
    pub arpdstmacaddr: Option<String>,
    /// The sender's IPv4 address, in the message.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub arpsrcipaddr: Option<String>,
    /// The receiver's IPv4 address, in the message.
    #[xml(attribute, schema = "crate::pattern::FILTER_IP")]
    pub arpdstipaddr: Option<String>,
    /// Whether the message tells of an address that nobody asked for.
    #[xml(attribute, schema_words = "yes no true false 1 0")]
    pub gratuitous: Option<String>,
    /// A remark.
    #[xml(attribute)]
    pub comment: Option<String>,
}
