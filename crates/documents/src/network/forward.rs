//! `<forward>`: how packets leave a network.

use xml::{Xml, XmlEnum};

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
    /// The way that devices are handed over: `vfio`.
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
    /// There is no way out.
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
    /// The addresses of the host to use.
    #[xml(child)]
    pub address: Option<AddressRange>,
    /// The ports of the host to use.
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
