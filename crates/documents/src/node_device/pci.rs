//! PCI devices of the host.

use xml::Xml;

use super::vpd::VpdFields;

/// A PCI device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(ordered)]
pub struct PciCapability {
    /// Its class: `0x020000`.
    #[xml(
        text_child,
        hex = 6,
        schema = "crate::pattern::PCI_CLASS",
        since = "5.2.0",
        absent = "the host did not say"
    )]
    pub class: Option<u32>,
    /// The PCI domain of its address.
    #[xml(text_child, schema_required)]
    pub domain: u32,
    /// The bus of its address.
    #[xml(text_child, schema_required)]
    pub bus: u32,
    /// The slot of its address, 0 to 31.
    #[xml(text_child, schema_required)]
    pub slot: u32,
    /// The function of its address, 0 to 7.
    #[xml(text_child, schema_required)]
    pub function: u32,
    /// The number and the name of its product.
    #[xml(child, schema_required)]
    pub product: Option<DeviceId>,
    /// The number and the name of its vendor.
    #[xml(child, schema_required)]
    pub vendor: Option<DeviceId>,
    /// More of what it is.
    #[xml(child = "capability", schema_distinct = "type")]
    pub capabilities: Vec<PciSubCapability>,
    /// The devices that can only be given away together.
    #[xml(child, since = "1.1.0")]
    pub iommu_group: Option<IommuGroup>,
    /// Its NUMA node.
    #[xml(
        child = "numa",
        attribute = "node",
        since = "1.2.6",
        absent = "it is of no node"
    )]
    pub numa: Option<i32>,
    /// Its links of PCI Express.
    #[xml(child = "pci-express", since = "1.2.6")]
    pub pci_express: Option<PciExpress>,
}

/// A vendor's or product's number and name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceId {
    /// The number that its makers agreed on.
    #[xml(attribute, hex = 4, schema_required, schema = "crate::pattern::HEX")]
    pub id: Option<u32>,
    /// What the host's list of numbers calls it.
    #[xml(text, absent = "nobody knows it")]
    pub name: Option<String>,
}

/// More of what a PCI device is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='virt_functions' => no @maxCount")]
#[xml(rule = "@type!='phys_function|virt_functions' => no address")]
#[xml(rule = "@type='mdev_types' => type")]
#[xml(rule = "@type!='mdev_types' => no type")]
#[xml(rule = "@type='vpd' => name")]
#[xml(rule = "@type!='vpd' => no name, fields")]
pub struct PciSubCapability {
    /// What it is.
    #[xml(
        attribute = "type",
        required,
        schema_words = "phys_function virt_functions pci-bridge cardbus-bridge mdev_types vpd",
        since = "0.7.5"
    )]
    pub kind: String,
    /// The most virtual functions.
    #[xml(attribute, since = "1.3.0", absent = "the device is of another kind")]
    pub max_count: Option<u32>,
    /// The physical function, or the virtual ones.
    #[xml(child = "address")]
    pub addresses: Vec<DeviceAddress>,
    /// The kinds of mediated devices that it can be made to.
    #[xml(child = "type", since = "3.4.0")]
    pub types: Vec<MdevType>,
    /// The product's name in its vital product data.
    #[xml(
        text_child,
        since = "7.9.0",
        schema = "crate::pattern::VPD_VALUE",
        absent = "the device has no such data"
    )]
    pub name: Option<String>,
    /// Its vital product data.
    #[xml(child = "fields", since = "7.9.0", schema_distinct = "access")]
    pub fields: Vec<VpdFields>,
}

/// An address on a PCI bus of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceAddress {
    /// The PCI domain.
    #[xml(attribute, hex = 4, schema_required, schema = "crate::pattern::HEX")]
    pub domain: u32,
    /// The bus in the domain.
    #[xml(attribute, hex = 2, schema_required, schema = "crate::pattern::HEX")]
    pub bus: u32,
    /// The slot on the bus, 0 to 31.
    #[xml(attribute, hex = 2, schema_required, schema = "crate::pattern::HEX")]
    pub slot: u32,
    /// The function of the slot, 0 to 7.
    #[xml(attribute, hex = 1, schema_required, schema = "crate::pattern::HEX")]
    pub function: u32,
}

/// A kind of mediated device that a device can be made to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct MdevType {
    /// What the driver calls it.
    #[xml(attribute, required)]
    pub id: String,
    /// A name for people.
    #[xml(text_child, absent = "there is none")]
    pub name: Option<String>,
    /// How a guest is given it.
    #[xml(
        text_child = "deviceAPI",
        schema_required,
        schema_words = "vfio-pci vfio-ccw vfio-ap"
    )]
    pub device_api: Option<String>,
    /// How many more can be made.
    #[xml(text_child, schema_required)]
    pub available_instances: Option<u32>,
}

/// The devices that can only be given away together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@type='pci' => address")]
#[xml(rule = "../@type='mdev' => no address")]
#[xml(since = "1.1.0")]
pub struct IommuGroup {
    /// The group's number.
    #[xml(attribute, required)]
    pub number: u32,
    /// The devices.
    #[xml(child = "address")]
    pub addresses: Vec<DeviceAddress>,
}

/// Links of PCI Express.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.2.6")]
pub struct PciExpress {
    /// What a link can do, and what it does.
    #[xml(child = "link")]
    pub links: Vec<PciExpressLink>,
}

/// A link of PCI Express.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct PciExpressLink {
    /// `cap` for what it can do, `sta` for what it does.
    #[xml(attribute, required, schema_words = "cap sta")]
    pub validity: String,
    /// Its port.
    #[xml(attribute, absent = "it is not known of what the link does")]
    pub port: Option<u32>,
    /// Gigatransfers a second.
    #[xml(
        attribute,
        schema = "crate::pattern::PCI_SPEED",
        absent = "it is not known"
    )]
    pub speed: Option<String>,
    /// Lanes.
    #[xml(attribute, required)]
    pub width: u32,
}
