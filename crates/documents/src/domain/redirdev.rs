//! `<redirdev>`, `<redirfilter>`, `<smartcard>`, `<hub>`: USB devices of a client, and what goes with them.

use xml::{Xml, XmlEnum};

use super::{CharacterBackend, DeviceInfo};

/// A USB device of a client.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "redirdev")]
#[xml(rule = "@type", broken = "Internal")]
pub struct RedirDev {
    /// The bus.
    #[xml(attribute, schema_required, fault = "Unsupported")]
    pub bus: Option<RedirBus>,
    /// Where it comes from.
    #[xml(flatten)]
    pub backend: CharacterBackend,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi master rom")]
    pub info: DeviceInfo,
}

/// The bus of a client's device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum RedirBus {
    /// USB.
    #[default]
    Usb,
}

/// Which devices of clients may come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(name = "redirfilter")]
pub struct RedirFilter {
    /// The rules; the first that fits counts.
    #[xml(child = "usbdev")]
    pub rules: Vec<RedirRule>,
}

/// A rule for devices of clients.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "any")]
pub struct RedirRule {
    /// The class.
    #[xml(attribute = "class", schema = "crate::pattern::USB_CLASS")]
    pub class: Option<String>,
    /// The vendor.
    #[xml(attribute, schema = "crate::pattern::USB_ID")]
    pub vendor: Option<String>,
    /// The product.
    #[xml(attribute, schema = "crate::pattern::USB_ID")]
    pub product: Option<String>,
    /// The version.
    #[xml(attribute, schema = "crate::pattern::USB_VERSION")]
    pub version: Option<String>,
    /// Whether it may come.
    #[xml(attribute, yes_no, required)]
    pub allow: bool,
}

/// A smart card.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "smartcard")]
pub struct SmartCard {
    /// Whose it is.
    #[xml(flatten)]
    pub source: SmartCardSource,
    /// What all devices have.
    #[xml(flatten, schema_without = "alias boot master rom")]
    pub info: DeviceInfo,
}

/// Whose a smart card is.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(tag = "mode", required)]
pub enum SmartCardSource {
    /// The host's.
    #[default]
    Host,
    /// Made of the host's certificates.
    HostCertificates(SmartCardCertificates),
    /// A client's.
    #[xml(required)]
    Passthrough(CharacterBackend),
}

/// Certificates of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SmartCardCertificates {
    /// Three of them.
    #[xml(text_child = "certificate", schema_required)]
    pub certificates: Vec<String>,
    /// The folder that has them.
    #[xml(
        text_child,
        schema = "crate::pattern::DIRECTORY",
        default = "/etc/pki/nssdb"
    )]
    pub database: Option<String>,
}

/// A hub.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "hub")]
pub struct Hub {
    /// The bus.
    #[xml(
        attribute = "type",
        required,
        fault = "Unsupported",
        missing = "Internal"
    )]
    pub kind: RedirBus,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi boot master rom")]
    pub info: DeviceInfo,
}
