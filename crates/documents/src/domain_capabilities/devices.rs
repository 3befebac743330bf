//! `<devices>`: the devices that there are.

use xml::Xml;

use super::Capability;

/// Devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceCapabilities {
    /// Disks.
    #[xml(child)]
    pub disk: Option<Capability>,
    /// Screens on the host.
    #[xml(child, since = "1.3.5")]
    pub graphics: Option<Capability>,
    /// Video cards.
    #[xml(child, since = "1.3.5")]
    pub video: Option<Capability>,
    /// Devices of the host.
    #[xml(child)]
    pub hostdev: Option<Capability>,
    /// Random number generators.
    #[xml(child, since = "5.7.0")]
    pub rng: Option<Capability>,
    /// Folders of the host.
    #[xml(child, since = "7.10.0")]
    pub filesystem: Option<Capability>,
    /// Trusted platform modules.
    #[xml(child, since = "8.0.0")]
    pub tpm: Option<Capability>,
    /// USB devices of clients.
    #[xml(child, since = "8.9.0")]
    pub redirdev: Option<Capability>,
    /// Channels between host and guest.
    #[xml(child, since = "8.9.0")]
    pub channel: Option<Capability>,
    /// Devices that encrypt.
    #[xml(child, since = "9.1.0")]
    pub crypto: Option<Capability>,
    /// Network cards.
    #[xml(child, since = "10.10.0")]
    pub interface: Option<Capability>,
    /// Where the guest says that it has crashed.
    #[xml(child, since = "10.10.0")]
    pub panic: Option<Capability>,
}
