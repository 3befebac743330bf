//! `<bridge>`: the bridge of a network.

use xml::Xml;

/// A network's bridge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Bridge {
    /// The name of the bridge device.
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
    /// Whether bridges agree on a tree without loops (IEEE 802.1D).
    #[xml(attribute, on_off, default = "`on`")]
    pub stp: Option<bool>,
    /// How long a new port listens before it forwards, in seconds.
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
