//! The `qemu:` namespace: what goes to QEMU as it is.

use xml::{Xml, XmlEnum};

/// QEMU's own command line and environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuCommandLine {
    /// Arguments, appended.
    #[xml(child = "qemu:arg", attribute = "value", required)]
    pub args: Vec<String>,
    /// Environment.
    #[xml(child = "qemu:env")]
    pub env: Vec<QemuEnv>,
}

/// A variable of QEMU's environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuEnv {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::VARIABLE")]
    pub name: String,
    /// Its value.
    #[xml(attribute)]
    pub value: Option<String>,
}

/// What QEMU is thought to have or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuCapabilityChanges {
    /// What it has, whatever it says.
    #[xml(child = "qemu:add", attribute = "capability", required)]
    pub add: Vec<String>,
    /// What it has not, whatever it says.
    #[xml(child = "qemu:del", attribute = "capability", required)]
    pub del: Vec<String>,
}

/// Properties of devices in place of those made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuOverride {
    /// The devices.
    #[xml(child = "qemu:device")]
    pub devices: Vec<QemuOverrideDevice>,
}

/// Properties of one device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuOverrideDevice {
    /// The device's alias.
    #[xml(attribute, required)]
    pub alias: String,
    /// Properties of the guest's side.
    #[xml(child = "qemu:property", wrapper = "qemu:frontend")]
    pub frontend: Vec<QemuProperty>,
}

/// A property of a QEMU device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuProperty {
    /// Its name.
    #[xml(attribute, required)]
    pub name: String,
    /// Its type.
    #[xml(attribute = "type", required)]
    pub kind: QemuPropertyKind,
    /// Its value.
    #[xml(attribute)]
    pub value: Option<String>,
}

/// The type of a property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum QemuPropertyKind {
    /// Text.
    #[default]
    String,
    /// A number with a sign.
    Signed,
    /// A number.
    Unsigned,
    /// Yes or no.
    Bool,
    /// It is taken out.
    Remove,
}
