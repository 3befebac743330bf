//! `<rng>`: random number generators.

use xml::Xml;

use super::{CharacterBackend, DeviceInfo, VirtioModel, VirtioOptions};

/// A random number generator.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "rng")]
pub struct Rng {
    /// The model.
    #[xml(attribute, required)]
    pub model: VirtioModel,
    /// The most that the guest gets.
    #[xml(child, since = "1.0.4")]
    pub rate: Option<RngRate>,
    /// Where the numbers come from.
    #[xml(child, required, once)]
    pub backend: RngBackend,
    /// What of virtio may be set on any device.
    #[xml(child, omit_empty, since = "3.5.0")]
    pub driver: Option<VirtioOptions>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The most that the guest gets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct RngRate {
    /// Bytes in a period.
    #[xml(
        attribute,
        schema_required,
        schema = "crate::pattern::POSITIVE",
        fault = "Content",
        lax = "empty",
        since = "1.0.4"
    )]
    pub bytes: u32,
    /// The period in milliseconds.
    #[xml(
        attribute,
        schema = "crate::pattern::POSITIVE",
        fault = "Content",
        lax = "empty",
        since = "1.0.4",
        default = "1000"
    )]
    pub period: Option<u32>,
}

/// Where the numbers come from.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "model", required)]
pub enum RngBackend {
    /// A device of the host.
    Random(RngPath),
    /// An entropy gathering daemon.
    #[xml(required)]
    Egd(CharacterBackend),
    /// The hypervisor's own generator.
    #[xml(since = "6.1.0")]
    Builtin,
}

impl Default for RngBackend {
    fn default() -> Self {
        Self::Random(RngPath::default())
    }
}

/// A device of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct RngPath {
    /// Its path.
    #[xml(
        text,
        schema = "crate::pattern::ABSOLUTE_PATH",
        default = "/dev/random"
    )]
    pub path: Option<String>,
}
