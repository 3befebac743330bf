//! What can be wrong with an interface.

use documents::domain::Interface;
use protocol::error::{Code, Origin};

use super::rules::rules;

rules! {
    /// A rule about one interface that its document breaks.
    InterfaceRule {
        // The document by itself.
        Passt: ConfigUnsupported Domain "the backend 'passt' is for the types 'user' and 'vhostuser'",
        Isolated: ConfigUnsupported Domain "only the ports of bridges and networks can be isolated",
        PortForward: ConfigUnsupported Domain "portForward is for the backend 'passt' of the types 'user' and 'vhostuser'",
        UnmanagedTarget: ConfigUnsupported Domain "only an interface of type 'ethernet' can have a target that is not managed",
        VhostUserType: ConfigUnsupported Domain "a vhost-user interface has a source of type 'unix'",
        VirtualPort: ConfigUnsupported Domain "this type of interface has no virtualport",
        VirtioOption: ConfigUnsupported Domain "iommu, ats, packed and page_per_vq are for virtio devices",
        Local: XmlError Domain "an interface of type 'udp' needs <local>",
        HostdevAddress: ConfigUnsupported Domain "an interface of type 'hostdev' says where the device is: <source><address type='pci' bus='…' slot='…'/></source>",
        DriverName: XmlError Xml "the driver of a virtio interface is 'qemu' or 'vhost', that of a card of the host's 'vfio'",
        ReconnectTimeout: XmlError Xml "<reconnect enabled='yes'> needs a timeout",
        Address: XmlError Domain "the address of an <ip> cannot be read, or is of another family",
        Peer: InvalidArg Domain "the peer of an <ip> cannot be read, or is of another family",
        CoalesceFrames: Overflow Domain "the frames of <coalesce> are at most 4294967295",
        ForwardAddress: XmlError Domain "the address of a <portForward> cannot be read",
        IpPrefix: XmlError Domain "the prefix is longer than the address",
        ModelName: InvalidArg Domain "the model's name contains invalid characters",
        // Parts that networks share.
        VlanEmpty: XmlError None "a <vlan> needs at least one tag",
        VlanTrunk: XmlError None "a <vlan> with several tags, or a native one, is a trunk",
        VlanNative: XmlError None "only one VLAN can be the native one",
        VlanTag: XmlError None "a VLAN tag is at most 4095",
        PortKind: ConfigUnsupported None "a virtualport has another type than 'none'",
        PortRange: XmlError None "managerid and typeidversion are at most 255, typeid at most 16777215",
        RouteAddress: XmlError Network "a <route> needs an address, which can be read",
        Gateway: XmlError Network "a <route> needs a gateway, which can be read",
        RouteFamily: XmlError Network "address and gateway of a <route> are of its family: IPv4 unless family='ipv6'",
        RoutePrefix: XmlError Network "the prefix of a <route> is longer than its address",
        Netmask: XmlError Network "the netmask of a <route> is one of IPv4, and there is no prefix beside it",
        RouteNetwork: XmlError Network "the address of a <route> is that of a network: clear what is behind its prefix",
        PortType: XmlError None "the virtualport needs a type",
        PortExtra: XmlError Net "the virtualport has a parameter that its type does not know",
        PortMissing: XmlError Net "the virtualport lacks a parameter that its type needs",
        ClassId: XmlDetail None "the bandwidth of a guest's interface has no classID",
        Floor: ConfigUnsupported None "only an interface of type 'network' can have a guaranteed floor",
        Average: XmlDetail None "a bandwidth needs its average or its floor",
        PeakAverage: ConfigUnsupported None "peak and burst of a bandwidth go with an average",
        Rate: Overflow None "a rate is at most 2^54 KiB a second, and a burst 4194303 KiB",
        // What QEMU can do.
        Mtu: ConfigUnsupported Qemu "this type of interface has no MTU",
        Coalesce: ConfigUnsupported Qemu "this type of interface has no coalescing",
        GuestIp: ConfigUnsupported Qemu "QEMU sets no addresses inside the guest",
        Ipv6Prefix: ConfigUnsupported Qemu "an IPv6 address of user networking has a prefix of 64 bits",
        GuestPeer: ConfigUnsupported Qemu "QEMU sets no peer inside the guest",
        GuestRoute: ConfigUnsupported Qemu "QEMU sets no routes inside the guest",
        SharedMemory: ConfigUnsupported Qemu "a vhost-user interface needs shared memory: <memoryBacking><source type='memfd'/><access mode='shared'/>",
        VhostUserModel: ConfigUnsupported Qemu "a vhost-user interface has the model 'virtio'",
        VdpaModel: ConfigUnsupported Qemu "a vDPA interface has the model 'virtio'",
        VhostUserPath: XmlError Qemu "a vhost-user interface needs a path",
        ReconnectServer: ConfigUnsupported Qemu "only who connects can connect again: not with mode 'server'",
        TeamingModel: ConfigUnsupported Qemu "the persistent member of a team has the model 'virtio'",
        TeamingType: ConfigUnsupported Qemu "the transient member of a team is of type 'hostdev'",
        RxQueueSize: ConfigUnsupported Qemu "rx_queue_size has to be a power of two",
        TxQueueSize: ConfigUnsupported Qemu "tx_queue_size has to be a power of two",
        // What shows only at a start.
        Null: ConfigUnsupported Qemu "QEMU has no interfaces of this type",
        NetworkDriver: NoNetwork Network "the network cannot be found: no network driver is connected",
        FilterDriver: NoNwfilter Nwfilter "the network filter cannot be found: no network filter driver is connected",
        Vlan: ConfigUnsupported None "VLAN tags need an Open vSwitch bridge or a virtual function",
        PortProfile: ConfigUnsupported None "this driver does not speak 802.1Qbg and 802.1Qbh with a switch",
        NoPassthrough: ConfigUnsupported Qemu "host doesn't support passthrough of host PCI devices",
    }
}

/// What is wrong with an interface.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum InterfaceError {
    #[error("expected unicast mac address, found multicast '{mac}'")]
    Multicast { mac: String },
    #[error("interface type='{kind}' requires a 'source' element")]
    NoSource { kind: &'static str },
    #[error("Missing required attribute '{attribute}' in element 'source' of an interface")]
    SourceAttribute { attribute: &'static str },
    #[error("interface {mac}: {rule}")]
    Rule { rule: InterfaceRule, mac: String },
    #[error("Only one {family} address per interface is allowed")]
    SecondAddress { family: &'static str },
    #[error("invalid prefix, must be in range of 4-27")]
    Prefix,
    #[error(
        "user networking is not compiled into this QEMU binary: install passt and use <backend type='passt'/>, or another interface type"
    )]
    NoSlirp,
    #[error("interface {index} has no tap device: it was not prepared")]
    NoTap { index: usize },
}

impl InterfaceError {
    /// A rule that an interface breaks.
    pub(crate) fn of(rule: InterfaceRule, interface: &Interface) -> Self {
        let mac = interface.mac.as_ref().map(|mac| mac.address.to_string());
        Self::Rule {
            rule,
            mac: mac.unwrap_or_else(|| "without an address".to_owned()),
        }
    }

    /// The public error number.
    pub fn code(&self) -> Code {
        match self {
            Self::Rule { rule, .. } => rule.code(),
            Self::Multicast { .. }
            | Self::NoSource { .. }
            | Self::SourceAttribute { .. }
            | Self::Prefix => Code::XmlError,
            Self::NoTap { .. } => Code::InternalError,
            _ => Code::ConfigUnsupported,
        }
    }

    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::Rule { rule, .. } => rule.origin(),
            Self::SourceAttribute { .. } => Origin::Xml,
            Self::Multicast { .. } | Self::NoSource { .. } => Origin::Domain,
            _ => Origin::Qemu,
        }
    }
}
