//! `<interface>`: network cards.

mod backend;
mod bandwidth;
mod coalesce;
mod driver;
mod filterref;
mod ip;
mod mac;
mod port_forward;
mod source;
mod teaming;
mod virtualport;
mod vlan;

pub use backend::*;
pub use bandwidth::*;
pub use coalesce::*;
pub use driver::*;
pub use filterref::*;
pub use ip::*;
pub use mac::*;
pub use port_forward::*;
pub use source::*;
pub use teaming::*;
pub use virtualport::*;
pub use vlan::*;

use xml::{Xml, XmlEnum};

use super::DeviceInfo;

/// A network card.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "interface")]
#[xml(rule = "@type='network|internal|hostdev|vdpa|vds|server|client|mcast|udp|direct' => source")]
#[xml(rule = "@type!='hostdev' => no @managed")]
#[xml(rule = "@type!='network|bridge|direct|hostdev' => no virtualport")]
pub struct Interface {
    /// Whether the host's device is taken from its driver and given back, of `hostdev`.
    #[xml(attribute, yes_no, lax, default = "`no`", since = "0.9.11")]
    pub managed: Option<bool>,
    /// Whether the host's filter of received frames follows the guest's.
    #[xml(attribute, yes_no, default = "`no`", since = "1.2.10")]
    pub trust_guest_rx_filters: Option<bool>,
    /// The MAC address.
    #[xml(child)]
    pub mac: Option<InterfaceMac>,
    /// What it is connected to.
    #[xml(flatten, lead)]
    pub source: InterfaceSource,
    /// VLAN tags.
    #[xml(child, since = "0.10.0")]
    pub vlan: Option<Vlan>,
    /// How a switch knows the port.
    #[xml(child, since = "0.8.2")]
    pub virtualport: Option<VirtualPort>,
    /// Bandwidth.
    #[xml(child, omit_empty, since = "0.9.4")]
    pub bandwidth: Option<Bandwidth>,
    /// Whether the guest's ports are isolated from each other.
    #[xml(
        child = "port",
        attribute = "isolated",
        yes_no,
        since = "6.1.0",
        default = "`no`"
    )]
    pub isolated: Option<bool>,
    /// Addresses.
    #[xml(child = "ip", since = "1.2.12")]
    pub ips: Vec<InterfaceIp>,
    /// Routes.
    #[xml(child = "route", since = "1.2.12")]
    pub routes: Vec<InterfaceRoute>,
    /// Ports of the host that lead to the guest.
    #[xml(child = "portForward", since = "9.0.0")]
    pub port_forwards: Vec<PortForward>,
    /// A program that brings the interface up.
    #[xml(
        child = "script",
        attribute = "path",
        lax = "empty",
        schema_required,
        schema = "crate::pattern::NOT_EMPTY"
    )]
    pub script: Option<String>,
    /// A program that takes the interface down.
    #[xml(
        child = "downscript",
        attribute = "path",
        lax = "empty",
        schema_required,
        schema = "crate::pattern::NOT_EMPTY",
        since = "6.4.0"
    )]
    pub downscript: Option<String>,
    /// The domain that provides the device, of Xen.
    #[xml(
        child = "backenddomain",
        attribute = "name",
        lax = "empty",
        schema_required,
        schema = "crate::pattern::LINE",
        since = "1.2.13"
    )]
    pub backenddomain: Option<String>,
    /// The host's side.
    #[xml(child, omit_empty)]
    pub target: Option<InterfaceTarget>,
    /// The name inside a container.
    #[xml(child, since = "1.2.7", omit_empty)]
    pub guest: Option<InterfaceGuest>,
    /// The model.
    #[xml(
        child = "model",
        attribute = "type",
        lax = "empty",
        schema_required,
        schema = "crate::pattern::MODEL_NAME",
        since = "0.4.3"
    )]
    pub model: Option<String>,
    /// How QEMU runs it.
    #[xml(child, omit_empty, since = "0.8.8")]
    pub driver: Option<Box<InterfaceDriver>>,
    /// Who moves the packets.
    #[xml(child, omit_empty, since = "1.2.9")]
    pub backend: Option<InterfaceBackend>,
    /// A network filter.
    #[xml(child, since = "0.8.0")]
    pub filterref: Option<FilterRef>,
    /// The limits of what is sent.
    #[xml(child, omit_empty, since = "0.8.8")]
    pub tune: Option<InterfaceTune>,
    /// How two interfaces fail over.
    #[xml(child, omit_empty, since = "6.1.0")]
    pub teaming: Option<Teaming>,
    /// Whether the cable is plugged.
    #[xml(
        child = "link",
        attribute = "state",
        since = "0.9.5",
        schema_required,
        fault = "Unsupported",
        lax = "empty"
    )]
    pub link: Option<LinkState>,
    /// The largest packet.
    #[xml(
        child = "mtu",
        attribute = "size",
        since = "3.1.0",
        schema_required,
        fault = "Content",
        lax = "empty",
        schema = "crate::pattern::SHORT"
    )]
    pub mtu: Option<u32>,
    /// When interrupts come together.
    #[xml(child, omit_empty, since = "3.3.0")]
    pub coalesce: Option<Coalesce>,
    /// What all devices have.
    #[xml(flatten, schema_without = "master")]
    pub info: DeviceInfo,
}

/// The host's side of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceTarget {
    /// The interface's name.
    #[xml(attribute, schema_required, schema = "crate::pattern::DEVICE_NAME")]
    pub dev: Option<String>,
    /// Whether the driver makes it.
    #[xml(attribute, yes_no, since = "5.7.0", default = "`yes`")]
    pub managed: Option<bool>,
}

/// The name inside a container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the container's next free name")]
pub struct InterfaceGuest {
    /// The name.
    #[xml(attribute, lax = "empty", schema = "crate::pattern::DEVICE_NAME")]
    pub dev: Option<String>,
    /// The name that it would have.
    #[xml(attribute, lax = "empty", schema = "crate::pattern::DEVICE_NAME")]
    pub actual: Option<String>,
}

/// The limits of what is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InterfaceTune {
    /// Bytes that may wait; 0 is no limit.
    #[xml(
        text_child,
        fault = "Content",
        schema = "crate::pattern::UINT",
        absent = "the host's kernel decides",
        lax = "empty"
    )]
    pub sndbuf: Option<u64>,
}

/// Whether the cable is plugged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum LinkState {
    /// It is.
    #[default]
    Up,
    /// It is not.
    Down,
}
