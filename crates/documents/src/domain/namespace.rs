//! The `qemu:` namespace: what goes to QEMU as it is.

use xml::Xml;

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
    #[xml(attribute, required)]
    pub name: String,
    /// Its value.
    #[xml(attribute)]
    pub value: Option<String>,
}
