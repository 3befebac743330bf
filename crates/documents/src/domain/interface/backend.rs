//! `<backend>` of interfaces: who moves the packets outside QEMU.

use xml::{Xml, XmlEnum};

/// Who moves the packets of a user-mode interface, and which devices a tap uses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceBackend {
    /// Who moves the packets.
    #[xml(
        attribute = "type",
        since = "9.0.0",
        default = "`default`: the hypervisor itself"
    )]
    pub kind: Option<InterfaceBackendKind>,
    /// The tap device's node.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        default = "/dev/net/tun"
    )]
    pub tap: Option<String>,
    /// The vhost device's node.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        default = "/dev/vhost-net"
    )]
    pub vhost: Option<String>,
    /// The log of passt.
    #[xml(
        attribute,
        since = "9.0.0",
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "nothing is logged"
    )]
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
