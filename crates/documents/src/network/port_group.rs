//! `<portgroup>`: what the ports of a group have in common.

use xml::Xml;

use crate::domain::{Bandwidth, VirtualPort, Vlan};

/// A group of ports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PortGroup {
    /// The name by which interfaces choose it.
    #[xml(attribute, required, schema = "crate::pattern::DEVICE_NAME")]
    pub name: String,
    /// Whether it is the one for ports that say none.
    #[xml(attribute, yes_no, default = "`no`")]
    pub default: Option<bool>,
    /// Whether guests may ask for received frames by filters of their own.
    #[xml(attribute, yes_no, since = "1.2.10", absent = "as the network says")]
    pub trust_guest_rx_filters: Option<bool>,
    /// The VLAN tags of each port.
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
    /// The bandwidth of each port.
    #[xml(child, omit_empty)]
    pub bandwidth: Option<Bandwidth>,
}
