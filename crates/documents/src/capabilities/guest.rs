//! `<guest>`: what guests of one architecture there can be.

use xml::{Xml, XmlEnum};

/// A kind of guest.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Guest {
    /// `hvm`.
    #[xml(text_child = "os_type", absent = "it is empty")]
    pub os_type: String,
    /// The architecture.
    #[xml(child)]
    pub arch: GuestArch,
    /// What can be had.
    #[xml(child, omit_empty)]
    pub features: Option<GuestFeatures>,
}

/// The architecture of a guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestArch {
    /// The architecture as documents name it: `x86_64`.
    #[xml(attribute, absent = "it is empty")]
    pub name: String,
    /// Bits of a word.
    #[xml(text_child, absent = "0")]
    pub wordsize: u32,
    /// The program that runs such guests.
    #[xml(text_child, absent = "there is none")]
    pub emulator: Option<String>,
    /// What loads paravirtual kernels.
    #[xml(text_child, absent = "there is none")]
    pub loader: Option<String>,
    /// Machine types.
    #[xml(child = "machine")]
    pub machines: Vec<GuestMachine>,
    /// Kinds of domains.
    #[xml(child = "domain")]
    pub domains: Vec<GuestDomain>,
}

/// A machine type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestMachine {
    /// The type that it stands for now.
    #[xml(
        attribute,
        since = "0.7.0",
        absent = "the name is that of the type itself"
    )]
    pub canonical: Option<String>,
    /// The most virtual CPUs.
    #[xml(attribute, since = "1.1.1", absent = "the hypervisor did not say")]
    pub max_cpus: Option<u32>,
    /// Whether it will go away.
    #[xml(attribute, yes_no, since = "6.10.0", default = "`no`")]
    pub deprecated: Option<bool>,
    /// The name that documents have for it.
    #[xml(text, absent = "it is empty")]
    pub name: String,
}

/// A kind of domain: `kvm`, `qemu`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestDomain {
    /// The kind as documents name it: `kvm`.
    #[xml(attribute = "type", absent = "it is empty")]
    pub kind: String,
    /// Its program, when it is another one.
    #[xml(text_child, absent = "that of the architecture")]
    pub emulator: Option<String>,
    /// What loads paravirtual kernels.
    #[xml(text_child, absent = "that of the architecture")]
    pub loader: Option<String>,
    /// Its machine types, when they are others.
    #[xml(child = "machine")]
    pub machines: Vec<GuestMachine>,
}

/// What a guest can have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestFeatures {
    /// Physical address extension.
    #[xml(present)]
    pub pae: bool,
    /// No physical address extension.
    #[xml(present)]
    pub nonpae: bool,
    /// Always big-endian.
    #[xml(present = "ia64_be")]
    pub ia64_be: bool,
    /// Tables of ACPI, which power management needs.
    #[xml(child)]
    pub acpi: Option<Toggle>,
    /// The interrupt controller.
    #[xml(child)]
    pub apic: Option<Toggle>,
    /// Hardware assisted paging.
    #[xml(child, since = "0.8.8")]
    pub hap: Option<Toggle>,
    /// CPUs can be chosen.
    #[xml(present, since = "0.7.5")]
    pub cpuselection: bool,
    /// Devices can be booted in an order.
    #[xml(present, since = "0.8.8")]
    pub deviceboot: bool,
    /// Snapshots of disks.
    #[xml(child, since = "1.2.3")]
    pub disksnapshot: Option<Toggle>,
    /// Snapshots outside of images.
    #[xml(present, since = "9.9.0")]
    pub external_snapshot: bool,
}

/// A feature that may be turned on and off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Toggle {
    /// What it is when nothing is said.
    #[xml(attribute, on_off, absent = "the hypervisor did not say")]
    pub default: Option<bool>,
    /// Whether it may be turned.
    #[xml(attribute, default = "`no`")]
    pub toggle: Option<ToggleChoice>,
}

/// Whether a feature may be turned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ToggleChoice {
    /// It may.
    Yes,
    /// It may not.
    #[default]
    No,
}
