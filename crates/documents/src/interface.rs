//! `<interface>`: a network interface of the host.

use xml::{Xml, XmlEnum};

use crate::domain::IpFamily;

/// A network interface of the host.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "interface", block, since = "0.7.0")]
#[xml(rule = "@type!='vlan' => @name")]
#[xml(rule = "@type!='ethernet' => no mac")]
#[xml(rule = "@type='bond' => bond")]
#[xml(rule = "@type!='bond' => no bond")]
#[xml(rule = "@type='bridge' => bridge")]
#[xml(rule = "@type='bridge' => no link")]
#[xml(rule = "@type!='bridge' => no bridge")]
#[xml(rule = "@type='vlan' => vlan")]
#[xml(rule = "@type!='vlan' => no vlan")]
#[xml(rule = "../bridge => no start, mtu, protocol")]
#[xml(rule = "../bridge => @type!='bridge'")]
#[xml(rule = "../bond => no start, mtu, protocol")]
#[xml(rule = "../bond => @type='ethernet'")]
pub struct HostInterface {
    /// What it is made of.
    #[xml(attribute = "type", required)]
    pub kind: HostInterfaceKind,
    /// The name of the device on the host.
    #[xml(
        attribute,
        schema = "crate::pattern::DEVICE_NAME",
        absent = "an error, except of one inside another"
    )]
    pub name: Option<String>,
    /// When it is started.
    #[xml(child = "start", attribute = "mode", schema_required)]
    pub start: Option<StartMode>,
    /// The largest packet, in bytes.
    #[xml(child = "mtu", attribute = "size", schema_required)]
    pub mtu: Option<u32>,
    /// The addresses, by their family.
    #[xml(child = "protocol", schema_distinct = "family")]
    pub protocols: Vec<Protocol>,
    /// The link, of a running interface.
    #[xml(child, since = "1.2.6")]
    pub link: Option<HostLink>,
    /// The MAC address.
    #[xml(
        child = "mac",
        attribute = "address",
        schema_required,
        schema = "crate::pattern::MAC"
    )]
    pub mac: Option<String>,
    /// The interfaces that it bonds.
    #[xml(child)]
    pub bond: Option<Bond>,
    /// The interfaces that it bridges.
    #[xml(child)]
    pub bridge: Option<HostBridge>,
    /// The VLAN that it is.
    #[xml(child)]
    pub vlan: Option<HostVlan>,
}

/// The kind of an interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum HostInterfaceKind {
    /// A network card.
    #[default]
    Ethernet,
    /// A bridge over other interfaces.
    Bridge,
    /// Several cards as one.
    Bond,
    /// One VLAN of another interface (IEEE 802.1Q).
    Vlan,
}

/// When an interface is started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum StartMode {
    /// With the host.
    #[default]
    Onboot,
    /// Never by itself.
    None,
    /// When it is plugged in.
    Hotplug,
}

/// Addresses of a family.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@family='ipv4' => no autoconf")]
#[xml(rule = "@family='ipv4' => route@gateway ~ crate::pattern::IPV4")]
#[xml(rule = "@family='ipv6' => route@gateway ~ crate::pattern::IPV6")]
pub struct Protocol {
    /// The family of the addresses.
    #[xml(attribute, required)]
    pub family: IpFamily,
    /// Whether routers say the address.
    #[xml(present, since = "0.7.3")]
    pub autoconf: bool,
    /// Whether DHCP says the address.
    #[xml(child)]
    pub dhcp: Option<HostDhcp>,
    /// Addresses.
    #[xml(child = "ip")]
    pub ips: Vec<HostIp>,
    /// The address of the router for everything else.
    #[xml(
        child = "route",
        attribute = "gateway",
        schema_required,
        schema = "crate::pattern::IP"
    )]
    pub gateway: Option<String>,
}

/// What DHCP is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HostDhcp {
    /// Whether its servers of names are used.
    #[xml(attribute, yes_no, absent = "the host decides")]
    pub peerdns: Option<bool>,
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@family='ipv4' => @address ~ crate::pattern::IPV4")]
#[xml(rule = "../@family='ipv4' => @prefix ~ crate::pattern::PREFIX4")]
#[xml(rule = "../@family='ipv6' => @address ~ crate::pattern::IPV6")]
pub struct HostIp {
    /// The address itself.
    #[xml(attribute, required, schema = "crate::pattern::IP")]
    pub address: String,
    /// Bits of the network.
    #[xml(
        attribute,
        schema = "crate::pattern::PREFIX",
        absent = "the host decides"
    )]
    pub prefix: Option<u32>,
}

/// The link of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the host did not say")]
pub struct HostLink {
    /// Megabits a second.
    #[xml(attribute)]
    pub speed: Option<u32>,
    /// `up`, `down`, `unknown` …
    #[xml(
        attribute,
        schema_words = "unknown notpresent down lowerlayerdown testing dormant up"
    )]
    pub state: Option<String>,
}

/// Several cards as one.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(block, rule = "arpmon ^ miimon", rule = "interface")]
pub struct Bond {
    /// How packets are shared out.
    #[xml(attribute, absent = "the host decides")]
    pub mode: Option<BondMode>,
    /// How links are watched by asking.
    #[xml(child)]
    pub arpmon: Option<ArpMon>,
    /// How links are watched by the hardware.
    #[xml(child)]
    pub miimon: Option<MiiMon>,
    /// The cards.
    #[xml(child = "interface")]
    pub interfaces: Vec<HostInterface>,
}

/// How a bond's packets are shared out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum BondMode {
    /// To one card after the other.
    #[default]
    BalanceRr,
    /// To one; the others wait.
    ActiveBackup,
    /// By addresses.
    BalanceXor,
    /// To all.
    Broadcast,
    /// As the switch agrees to (IEEE 802.3ad).
    #[xml("802.3ad")]
    Ieee8023ad,
    /// By load, outgoing.
    BalanceTlb,
    /// By load.
    BalanceAlb,
}

/// How links are watched by asking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ArpMon {
    /// Milliseconds between questions.
    #[xml(attribute, schema_required)]
    pub interval: Option<u32>,
    /// Who is asked.
    #[xml(attribute, schema_required, schema = "crate::pattern::IPV4")]
    pub target: Option<String>,
    /// Which cards must hear the answer.
    #[xml(attribute, default = "`none`")]
    pub validate: Option<ArpValidate>,
}

/// Which cards of a bond must hear the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum ArpValidate {
    /// None.
    #[default]
    None,
    /// The one that sends.
    Active,
    /// Those that wait.
    Backup,
    /// All.
    All,
}

/// Who looks at a card's link.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum MiiCarrier {
    /// The kernel asks the hardware.
    #[default]
    Ioctl,
    /// The card's driver.
    Netif,
}

/// How links are watched by the hardware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the host decides")]
pub struct MiiMon {
    /// Milliseconds between looks.
    #[xml(attribute, schema_required)]
    pub freq: Option<u32>,
    /// Milliseconds after a failure.
    #[xml(attribute)]
    pub downdelay: Option<u32>,
    /// Milliseconds after a return.
    #[xml(attribute)]
    pub updelay: Option<u32>,
    /// Who looks.
    #[xml(attribute)]
    pub carrier: Option<MiiCarrier>,
}

/// The interfaces that a bridge has.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(block, absent = "the host decides")]
pub struct HostBridge {
    /// Spanning tree.
    #[xml(attribute, on_off)]
    pub stp: Option<bool>,
    /// How long a new port listens before it forwards, in seconds.
    #[xml(attribute, schema = "crate::pattern::SECONDS", since = "0.7.6")]
    pub delay: Option<String>,
    /// The interfaces that it connects.
    #[xml(child = "interface")]
    pub interfaces: Vec<HostInterface>,
}

/// A VLAN.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "interface")]
pub struct HostVlan {
    /// The number of the VLAN.
    #[xml(attribute, required, schema = "crate::pattern::VLAN_TAG")]
    pub tag: u32,
    /// The interface that carries it.
    #[xml(
        child = "interface",
        attribute = "name",
        schema_required,
        schema = "crate::pattern::DEVICE_NAME"
    )]
    pub interface: Option<String>,
}
