//! `<hostdev>`: devices of the host that the guest has.

use xml::{Xml, XmlEnum};

use super::{
    Auth, DeviceInfo, Initiator, InterfaceIp, InterfaceRoute, SourceHost, StartupPolicy, Teaming,
};
use crate::Uuid;

/// A device of the host that the guest has.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "hostdev")]
#[xml(rule = "@mode='|subsystem' => source")]
#[xml(rule = "@type='mdev' => @model")]
#[xml(rule = "@type!='scsi|storage|misc|net' => no @sgio, @rawio")]
#[xml(rule = "@type='storage|misc|net' => @mode='capabilities'")]
pub struct HostDev {
    /// Whether it is a device or something of a container.
    #[xml(attribute, lead, default = "`subsystem`")]
    pub mode: Option<HostDevMode>,
    /// Whether the host's driver is taken off and put back.
    #[xml(attribute, yes_no, lax, default = "`no`", since = "0.6.1")]
    pub managed: Option<bool>,
    /// Which SCSI commands are passed on.
    #[xml(attribute, default = "`filtered`", since = "1.0.6")]
    pub sgio: Option<super::Sgio>,
    /// Whether the process may do raw I/O, of SCSI.
    #[xml(attribute, yes_no, since = "1.2.9", default = "`no`")]
    pub rawio: Option<bool>,
    /// The model, of mediated devices and SCSI hosts.
    #[xml(
        attribute,
        schema_words = "vfio-ap vfio-ccw vfio-pci virtio virtio-non-transitional virtio-transitional",
        since = "3.2.0",
        absent = "an error of a mediated device; `virtio` of a SCSI host"
    )]
    pub model: Option<String>,
    /// Whether its screen is shown.
    #[xml(attribute, on_off, since = "4.6.0", default = "`off`")]
    pub display: Option<bool>,
    /// Whether its screen is shown before its driver runs.
    #[xml(attribute, on_off, since = "5.10.0", default = "`off`")]
    pub ramfb: Option<bool>,
    /// How it reaches the guest.
    #[xml(child, omit_empty, since = "1.0.5")]
    pub driver: Option<HostDevDriver>,
    /// Which device it is.
    #[xml(flatten, lead)]
    pub source: HostDevSource,
    /// Addresses of a container's interface.
    #[xml(child = "ip", since = "1.2.12")]
    pub ips: Vec<InterfaceIp>,
    /// Routes of a container's interface.
    #[xml(child = "route", since = "1.2.12")]
    pub routes: Vec<InterfaceRoute>,
    /// How two interfaces fail over.
    #[xml(child, omit_empty, since = "7.1.0")]
    pub teaming: Option<Teaming>,
    /// Whether the guest can only read, of SCSI.
    #[xml(present, since = "1.0.6")]
    pub readonly: bool,
    /// Whether several domains may use it, of SCSI.
    #[xml(present, since = "1.0.6")]
    pub shareable: bool,
    /// What all devices have.
    #[xml(flatten, schema_without = "master")]
    pub info: DeviceInfo,
}

/// Whether it is a device or something of a container.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum HostDevMode {
    /// A device.
    #[default]
    Subsystem,
    /// Something of a container.
    #[xml(since = "1.0.2")]
    Capabilities,
}

/// How a device reaches the guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HostDevDriver {
    /// `vfio`.
    #[xml(attribute, default = "`vfio`")]
    pub name: Option<super::NetDriverName>,
    /// The host's driver.
    #[xml(
        attribute,
        since = "10.0.0",
        schema = "crate::pattern::NAME",
        absent = "the one that the host's kernel has for the device"
    )]
    pub model: Option<String>,
}

/// Which device of the host.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(
    tag = "type",
    content = "source",
    required,
    content_required,
    content_shown
)]
pub enum HostDevSource {
    /// USB.
    Usb(UsbHostSource),
    /// PCI.
    #[xml(since = "0.6.0")]
    Pci(PciHostSource),
    /// SCSI.
    #[xml(since = "1.0.6")]
    Scsi(ScsiHostDevSource),
    /// A SCSI host in the kernel.
    #[xml(name = "scsi_host", since = "2.5.0")]
    ScsiHost(VhostScsiSource),
    /// A mediated device.
    #[xml(since = "3.2.0")]
    Mdev(MdevSource),
    /// Storage, of a container.
    #[xml(since = "1.0.2")]
    Storage(StorageCapability),
    /// A character device, of a container.
    #[xml(since = "1.0.2")]
    Misc(MiscCapability),
    /// An interface, of a container.
    #[xml(since = "1.0.5")]
    Net(NetCapability),
}

impl Default for HostDevSource {
    fn default() -> Self {
        Self::Pci(PciHostSource::default())
    }
}

/// A USB device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "vendor => product")]
#[xml(rule = "product => vendor")]
#[xml(rule = "vendor | address")]
pub struct UsbHostSource {
    /// What happens at start when it is not there.
    #[xml(attribute, since = "1.0.0", default = "`mandatory`")]
    pub startup_policy: Option<StartupPolicy>,
    /// Whether the guest may reset it.
    #[xml(attribute, absent = "the hypervisor decides", since = "8.6.0")]
    pub guest_reset: Option<GuestReset>,
    /// The vendor.
    #[xml(child = "vendor", attribute = "id", hex = 4, required)]
    pub vendor: Option<u32>,
    /// The product.
    #[xml(child = "product", attribute = "id", hex = 4, required)]
    pub product: Option<u32>,
    /// Where it is.
    #[xml(child)]
    pub address: Option<UsbHostAddress>,
}

/// Whether the guest may reset a device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum GuestReset {
    /// It may not.
    #[default]
    Off,
    /// Before the device is set up.
    Uninitialized,
    /// It may.
    On,
}

/// Where a USB device is on the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct UsbHostAddress {
    /// The bus.
    #[xml(attribute, any_base, required, schema = "crate::pattern::USB_PLACE")]
    pub bus: Option<u32>,
    /// The device.
    #[xml(attribute, any_base, required, schema = "crate::pattern::USB_PLACE")]
    pub device: Option<u32>,
}

/// A PCI device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PciHostSource {
    /// What happens at start when it is not there.
    #[xml(attribute, since = "1.0.0", default = "`mandatory`")]
    pub startup_policy: Option<StartupPolicy>,
    /// Whether writes to its configuration are filtered, of Xen.
    #[xml(attribute, yes_no, since = "6.8.0", default = "`yes`")]
    pub write_filtering: Option<bool>,
    /// Where it is.
    #[xml(child, schema_required)]
    pub address: Option<super::PciAddress>,
}

/// A SCSI device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@protocol!='iscsi' => adapter, address")]
#[xml(rule = "@protocol!='iscsi' => no @name, host, auth, initiator")]
#[xml(rule = "@protocol='iscsi' => @name, host")]
#[xml(rule = "@protocol='iscsi' => no adapter, address")]
pub struct ScsiHostDevSource {
    /// `adapter` or `iscsi`.
    #[xml(attribute, since = "1.2.8", default = "`adapter`")]
    pub protocol: Option<ScsiProtocol>,
    /// The target, of iSCSI.
    #[xml(attribute, since = "1.2.8", absent = "an error with `iscsi`")]
    pub name: Option<String>,
    /// The host's adapter.
    #[xml(child = "adapter", attribute = "name", schema_required)]
    pub adapter: Option<String>,
    /// Where it is on that.
    #[xml(child)]
    pub address: Option<ScsiAddress>,
    /// The server, of iSCSI.
    #[xml(child = "host", since = "1.2.8")]
    pub hosts: Vec<SourceHost>,
    /// Who logs in.
    #[xml(child, since = "1.2.8")]
    pub auth: Option<Auth>,
    /// Who connects.
    #[xml(child, omit_empty, since = "6.7.0")]
    pub initiator: Option<Initiator>,
}

/// How a SCSI device is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ScsiProtocol {
    /// By an adapter of the host.
    #[default]
    Adapter,
    /// By iSCSI.
    Iscsi,
}

/// Where a SCSI device is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct ScsiAddress {
    /// The bus.
    #[xml(attribute, any_base, required, schema = "crate::pattern::SCSI_BUS")]
    pub bus: u32,
    /// The target.
    #[xml(attribute, any_base, required, schema = "crate::pattern::SCSI_TARGET")]
    pub target: u32,
    /// The unit.
    #[xml(attribute, any_base, required, schema = "crate::pattern::SCSI_UNIT")]
    pub unit: u64,
}

/// A SCSI host in the kernel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VhostScsiSource {
    /// How it reaches the guest.
    #[xml(attribute, required, since = "2.5.0")]
    pub protocol: ScsiHostProtocol,
    /// The name of its port.
    #[xml(
        attribute,
        schema_required,
        schema = "crate::pattern::NAA",
        since = "2.5.0"
    )]
    pub wwpn: Option<String>,
}

/// How a SCSI host in the kernel reaches the guest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ScsiHostProtocol {
    /// By vhost.
    #[default]
    Vhost,
}

/// A mediated device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "address")]
pub struct MdevSource {
    /// Which one.
    #[xml(
        child = "address",
        attribute = "uuid",
        required,
        fault = "Internal",
        missing = "Unsupported",
        since = "3.2.0"
    )]
    pub uuid: Option<Uuid>,
}

/// Storage of a container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct StorageCapability {
    /// The block device.
    #[xml(text_child, schema_required, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub block: Option<String>,
}

/// A character device of a container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MiscCapability {
    /// The device.
    #[xml(text_child, schema_required, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub char: Option<String>,
}

/// An interface of a container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NetCapability {
    /// The interface.
    #[xml(text_child, schema_required, schema = "crate::pattern::DEVICE_NAME")]
    pub interface: Option<String>,
}
