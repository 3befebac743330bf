//! `<controller>`: buses for other devices.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, VirtioOptions};

/// A controller.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "controller")]
#[xml(rule = "@type='pci' => @model")]
pub struct Controller {
    /// The kind of bus.
    #[xml(attribute = "type", schema_required)]
    pub kind: ControllerKind,
    /// Its number among its kind.
    #[xml(attribute, absent = "the next free number of its kind")]
    pub index: Option<u32>,
    /// The model: its words depend on the kind.
    #[xml(
        attribute,
        schema = "crate::pattern::CONTROLLER_MODEL",
        since = "0.8.2",
        absent = "the driver chooses by the machine and by what is connected"
    )]
    pub model: Option<String>,
    /// Ports, of virtio serial and USB.
    #[xml(attribute, since = "0.7.7", absent = "the hypervisor decides")]
    pub ports: Option<u32>,
    /// MSI vectors, of virtio serial.
    #[xml(attribute, since = "0.7.7", absent = "the hypervisor decides")]
    pub vectors: Option<u32>,
    /// Grant frames, of Xen.
    #[xml(attribute, since = "5.2.0", absent = "Xen decides")]
    pub max_grant_frames: Option<u32>,
    /// Event channels, of Xen.
    #[xml(attribute, since = "6.3.0", absent = "Xen decides")]
    pub max_event_channels: Option<u32>,
    /// The device that makes a PCI bus.
    #[xml(
        child = "model",
        attribute = "name",
        schema_required,
        schema_words = "i82801b11-bridge ioh3420 pci-bridge pcie-pci-bridge pcie-root-port pxb pxb-pcie spapr-pci-host-bridge x3130-upstream xio3130-downstream",
        once,
        since = "1.2.19"
    )]
    pub model_name: Option<String>,
    /// What a PCI bus is like.
    #[xml(child, omit_empty, once, since = "1.2.19")]
    pub target: Option<ControllerTarget>,
    /// The size of the 64-bit PCI hole.
    #[xml(
        text_child,
        unit = "KiB",
        since = "1.1.2",
        absent = "the hypervisor decides"
    )]
    pub pcihole64: Option<u64>,
    /// How QEMU runs it.
    #[xml(child, omit_empty, since = "1.0.5")]
    pub driver: Option<ControllerDriver>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot rom")]
    pub info: DeviceInfo,
}

/// The kind of a controller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, XmlEnum)]
pub enum ControllerKind {
    /// IDE.
    #[default]
    Ide,
    /// Floppy disks.
    Fdc,
    /// SCSI.
    Scsi,
    /// SATA.
    Sata,
    /// Virtio serial.
    #[xml(since = "0.7.6")]
    VirtioSerial,
    /// Smart cards.
    #[xml(since = "0.8.8")]
    Ccid,
    /// USB.
    #[xml(since = "0.9.5")]
    Usb,
    /// PCI.
    #[xml(since = "1.0.5")]
    Pci,
    /// Xen.
    #[xml(since = "5.2.0")]
    Xenbus,
    /// ISA.
    #[xml(since = "8.2.0")]
    Isa,
}

/// What a PCI bus is like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the driver fills it in where the model has it")]
pub struct ControllerTarget {
    /// The chassis' number.
    #[xml(attribute, any_base)]
    pub chassis_nr: Option<u32>,
    /// The chassis.
    #[xml(attribute, any_base)]
    pub chassis: Option<u32>,
    /// The slot in the chassis.
    #[xml(attribute, with = "xml::Hex<1>")]
    pub port: Option<u32>,
    /// The bus number of an expander.
    #[xml(attribute, any_base, since = "1.3.4")]
    pub bus_nr: Option<u32>,
    /// The index, of a pSeries host bridge.
    #[xml(attribute, any_base, since = "3.6.0")]
    pub index: Option<u32>,
    /// Whether devices can be plugged in and out.
    #[xml(attribute, on_off, since = "6.3.0", default = "`on`")]
    pub hotplug: Option<bool>,
    /// Memory to be set aside for hot plug, in KiB.
    #[xml(
        attribute,
        since = "10.3.0",
        positive,
        absent = "the hypervisor decides"
    )]
    pub mem_reserve: Option<u64>,
    /// The NUMA node.
    #[xml(
        text_child,
        fault = "Content",
        absent = "the bus is of no node",
        since = "1.3.4"
    )]
    pub node: Option<u32>,
}

/// How QEMU runs a controller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct ControllerDriver {
    /// Queues.
    #[xml(attribute, since = "1.0.5")]
    pub queues: Option<u32>,
    /// Commands that a LUN may have queued.
    #[xml(attribute = "cmd_per_lun", since = "1.2.7")]
    pub cmd_per_lun: Option<u32>,
    /// Sectors of one command.
    #[xml(attribute = "max_sectors", since = "1.2.7")]
    pub max_sectors: Option<u32>,
    /// Whether I/O has a thread of its own.
    #[xml(attribute, on_off, since = "1.2.18", absent = "the hypervisor decides")]
    pub ioeventfd: Option<bool>,
    /// The I/O thread.
    #[xml(attribute, since = "1.3.5", absent = "the main thread does its I/O")]
    pub iothread: Option<u32>,
    /// What of virtio may be set on any device.
    #[xml(flatten)]
    pub virtio: VirtioOptions,
    /// The I/O threads, with their queues.
    #[xml(
        child = "iothread",
        wrapper = "iothreads",
        since = "11.3.0",
        schema_required
    )]
    pub iothreads: Vec<super::DriverIoThread>,
}
