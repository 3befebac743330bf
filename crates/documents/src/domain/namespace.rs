//! The `qemu:` namespace: what goes to QEMU as it is.

use xml::{Xml, XmlEnum};

/// QEMU's own command line and environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuCommandLine {
    /// Arguments, appended.
    #[xml(child = "qemu:arg")]
    pub args: Vec<QemuArg>,
    /// Environment.
    #[xml(child = "qemu:env")]
    pub env: Vec<QemuEnv>,
}

/// An argument of QEMU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuArg {
    /// The argument.
    #[xml(attribute, schema_required)]
    pub value: Option<String>,
}

/// A variable of QEMU's environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuEnv {
    /// Its name.
    #[xml(attribute, schema_required, schema = "crate::pattern::VARIABLE")]
    pub name: Option<String>,
    /// Its value.
    #[xml(attribute, absent = "the variable is there and empty")]
    pub value: Option<String>,
}

/// What QEMU is thought to have or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuCapabilityChanges {
    /// What it has, whatever it says.
    #[xml(child = "qemu:add")]
    pub add: Vec<QemuCapability>,
    /// What it has not, whatever it says.
    #[xml(child = "qemu:del")]
    pub del: Vec<QemuCapability>,
}

/// Something that QEMU can or cannot do, as libvirt calls it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuCapability {
    /// Its name.
    #[xml(attribute, schema_required)]
    pub capability: Option<String>,
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
    #[xml(attribute, schema_required)]
    pub alias: Option<String>,
    /// Properties of the guest's side.
    #[xml(child = "qemu:property", wrapper = "qemu:frontend")]
    pub frontend: Vec<QemuProperty>,
}

/// A property of a QEMU device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct QemuProperty {
    /// Its name.
    #[xml(attribute, schema_required)]
    pub name: Option<String>,
    /// Its type.
    #[xml(attribute = "type", required)]
    pub kind: QemuPropertyKind,
    /// Its value.
    #[xml(
        attribute,
        absent = "the property is taken away, where the type says so"
    )]
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
