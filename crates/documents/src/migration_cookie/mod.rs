//! `<qemu-migration>`: what the two sides of a migration tell each other beside the guest's memory.
//!
//! Each side sends one with every step and passes over the elements that it does not know. What it
//! must not pass over is named by a `<feature>`. Source of the facts: the cookies that libvirt 11.3
//! sends and reads.

mod statistics;

use xml::{Xml, XmlEnum};

pub use statistics::CookieStatistics;

use crate::Uuid;
use crate::domain::{Cpu, Domain, VirtualPortKind};

/// What one side of a migration tells the other.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "qemu-migration", since = "0.9.2")]
pub struct MigrationCookie {
    /// The domain's name at the source.
    #[xml(text_child, required, fault = "Internal")]
    pub name: String,
    /// The domain's UUID.
    #[xml(text_child, required, fault = "Internal")]
    pub uuid: Uuid,
    /// The sender's name.
    #[xml(text_child, required, fault = "Internal")]
    pub hostname: String,
    /// The sender's UUID; it tells whether both sides are the same host.
    #[xml(text_child, required, fault = "Internal")]
    pub hostuuid: Uuid,
    /// Parts that the receiver must understand.
    #[xml(child = "feature", attribute = "name", fault = "Internal")]
    pub features: Vec<CookieFeature>,
    /// Where a viewer finds the guest's screen after the migration.
    #[xml(child)]
    pub graphics: Option<CookieGraphics>,
    /// What the lock manager holds.
    #[xml(child)]
    pub lockstate: Option<CookieLockState>,
    /// The persistent definition, if that moves too.
    #[xml(child, since = "0.9.7")]
    pub domain: Option<Box<Domain>>,
    /// What switches keep of the interfaces.
    #[xml(child = "interface", wrapper = "network", since = "1.0.0")]
    pub interfaces: Vec<CookieInterface>,
    /// Where disks are copied to.
    #[xml(child, since = "1.0.3")]
    pub nbd: Option<CookieNbd>,
    /// What the source knows of the migration so far.
    #[xml(child, since = "1.2.9")]
    pub statistics: Option<Box<CookieStatistics>>,
    /// The CPU that the guest saw.
    #[xml(child, since = "3.6.0")]
    pub cpu: Option<Box<Cpu>>,
    /// Abilities of QEMU's migration.
    #[xml(child, since = "4.2.0")]
    pub capabilities: Option<CookieCapabilities>,
    /// Bitmaps of changed blocks that move with the disks.
    #[xml(child = "disk", wrapper = "blockDirtyBitmaps", since = "7.1.0")]
    pub block_dirty_bitmaps: Vec<CookieDiskBitmaps>,
}

/// A part of the cookie, by the name that makes it mandatory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CookieFeature {
    /// `<graphics>`.
    Graphics,
    /// `<lockstate>`.
    #[default]
    Lockstate,
    /// `<domain>`.
    #[xml(since = "0.9.7")]
    Persistent,
    /// `<network>`.
    #[xml(since = "1.0.0")]
    Network,
    /// `<nbd>`.
    #[xml(since = "1.0.3")]
    Nbd,
    /// `<statistics>`.
    #[xml(since = "1.2.9")]
    Statistics,
    /// Memory that was plugged in.
    #[xml(since = "1.2.18")]
    MemoryHotplug,
    /// CPUs that were plugged in.
    #[xml(since = "2.2.0")]
    CpuHotplug,
    /// `<cpu>`.
    #[xml(since = "3.6.0")]
    Cpu,
    /// Whether the guest may reboot.
    #[xml(name = "allowReboot", since = "3.7.0")]
    AllowReboot,
    /// `<capabilities>`.
    #[xml(since = "4.2.0")]
    Capabilities,
    /// `<blockDirtyBitmaps>`.
    #[xml(since = "7.1.0")]
    BlockDirtyBitmaps,
}

/// Where a viewer finds the guest's screen after the migration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieGraphics {
    /// How the screen is shown: `spice`.
    #[xml(attribute = "type", required, fault = "Internal")]
    pub kind: String,
    /// The port; -1 for none.
    #[xml(attribute, required, fault = "Internal")]
    pub port: i32,
    /// The address.
    #[xml(attribute, required, fault = "Internal")]
    pub listen: String,
    /// The port with TLS; -1 for none. SPICE always has it.
    #[xml(attribute, fault = "Internal", absent = "the display is no SPICE")]
    pub tls_port: Option<i32>,
    /// What the server's certificate says.
    #[xml(child = "cert")]
    pub certificate: Option<CookieCertificate>,
}

/// What a certificate says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieCertificate {
    /// Which part: `subject`.
    #[xml(attribute, required)]
    pub info: String,
    /// What it says.
    #[xml(attribute, required)]
    pub value: String,
}

/// What the lock manager holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieLockState {
    /// The lock manager.
    #[xml(attribute, required, fault = "Internal")]
    pub driver: String,
    /// Its own words.
    #[xml(text_child, absent = "it holds nothing")]
    pub leases: Option<String>,
}

/// What a switch keeps of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieInterface {
    /// The number of the domain's interface, from 0.
    #[xml(attribute, absent = "its place in the list")]
    pub index: Option<u32>,
    /// The switch.
    #[xml(attribute = "vporttype", required, fault = "Internal")]
    pub kind: VirtualPortKind,
    /// What Open vSwitch keeps.
    #[xml(text_child = "portdata", absent = "the switch keeps nothing")]
    pub port_data: Option<String>,
}

/// Where disks are copied to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieNbd {
    /// The port of the destination's server.
    #[xml(
        attribute,
        fault = "Internal",
        absent = "the source says the sizes only"
    )]
    pub port: Option<u32>,
    /// The sizes of the source's disks.
    #[xml(child = "disk", since = "1.2.11")]
    pub disks: Vec<CookieDisk>,
}

/// The size of a disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieDisk {
    /// The disk.
    #[xml(attribute, required, fault = "Internal")]
    pub target: String,
    /// Its size, in bytes.
    #[xml(attribute, required, fault = "Internal")]
    pub capacity: u64,
}

/// Abilities of QEMU's migration that the sender has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(block)]
pub struct CookieCapabilities {
    /// They.
    #[xml(child = "cap")]
    pub list: Vec<CookieCapability>,
}

/// An ability of QEMU's migration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieCapability {
    /// QEMU's name of it.
    #[xml(attribute, required, fault = "Internal")]
    pub name: String,
    /// Whether it is used without being asked for.
    #[xml(attribute = "auto", yes_no, default = "`no`")]
    pub automatic: Option<bool>,
}

/// The bitmaps of a disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieDiskBitmaps {
    /// The disk.
    #[xml(attribute, required, fault = "Internal")]
    pub target: String,
    /// They.
    #[xml(child = "bitmap")]
    pub bitmaps: Vec<CookieBitmap>,
}

/// A bitmap of changed blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CookieBitmap {
    /// Its name in the image.
    #[xml(attribute, required, fault = "Internal")]
    pub name: String,
    /// Its name on the way.
    #[xml(attribute, required, fault = "Internal")]
    pub alias: String,
}
