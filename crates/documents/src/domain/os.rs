//! `<os>`: how the guest boots.

use xml::{Xml, XmlEnum};

/// How the guest boots.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "type!='exe' => no init, initarg, initenv, initdir, inituser, initgroup")]
pub struct Os {
    /// Which firmware is to be found, when none is named.
    #[xml(
        attribute,
        since = "5.2.0",
        fault = "Content",
        lax = "empty",
        absent = "the firmware that is named, or the hypervisor's own"
    )]
    pub firmware: Option<FirmwareKind>,
    /// The machine.
    #[xml(child = "type", schema_required)]
    pub kind: Option<OsType>,
    /// What a found firmware must have.
    #[xml(child = "firmware", omit_empty, since = "7.2.0")]
    pub firmware_features: Option<FirmwareFeatures>,
    /// A container's first program.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "0.4.2",
        default = "/sbin/init"
    )]
    pub init: Option<String>,
    /// Its arguments.
    #[xml(text_child = "initarg", since = "0.9.11")]
    pub initargs: Vec<String>,
    /// Its environment.
    #[xml(child = "initenv", since = "3.6.0")]
    pub initenv: Vec<InitEnv>,
    /// Its working directory.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "3.6.0",
        absent = "the container's root"
    )]
    pub initdir: Option<String>,
    /// Its user.
    #[xml(
        text_child,
        schema = "crate::pattern::NAME",
        since = "3.6.0",
        absent = "root"
    )]
    pub inituser: Option<String>,
    /// Its group.
    #[xml(
        text_child,
        schema = "crate::pattern::NAME",
        since = "3.6.0",
        absent = "root"
    )]
    pub initgroup: Option<String>,
    /// The firmware.
    #[xml(child, since = "0.1.3")]
    pub loader: Option<Loader>,
    /// The firmware's variables.
    #[xml(child, since = "1.2.8")]
    pub nvram: Option<Nvram>,
    /// A kernel on the host.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the guest boots from its devices"
    )]
    pub kernel: Option<String>,
    /// Its initial RAM disk.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "there is none"
    )]
    pub initrd: Option<String>,
    /// Its command line.
    #[xml(text_child, absent = "it is empty")]
    pub cmdline: Option<String>,
    /// The shim that loads it.
    #[xml(
        text_child,
        since = "11.2.0",
        absent = "the kernel is loaded without one"
    )]
    pub shim: Option<String>,
    /// Its device tree.
    #[xml(
        text_child,
        since = "1.0.4",
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the hypervisor makes one where the machine has one"
    )]
    pub dtb: Option<String>,
    /// Its root device, of a guest of Xen.
    #[xml(
        text_child,
        schema_absent,
        absent = "the kernel's own",
        since = "0.0.2"
    )]
    pub root: Option<String>,
    /// ACPI tables.
    #[xml(child = "table", wrapper = "acpi", since = "1.3.5")]
    pub acpi: Vec<AcpiTable>,
    /// Kinds of devices to boot from, in order.
    #[xml(child = "boot", attribute = "dev", required, since = "0.1.3")]
    pub boot: Vec<BootDevice>,
    /// The boot menu.
    #[xml(child, since = "0.8.3")]
    pub bootmenu: Option<BootMenu>,
    /// What the BIOS does.
    #[xml(child, omit_empty, since = "0.9.4")]
    pub bios: Option<Bios>,
    /// Where the guest's SMBIOS tables come from.
    #[xml(
        child = "smbios",
        attribute = "mode",
        schema_required,
        fault = "Unsupported",
        lax = "empty",
        since = "0.8.6"
    )]
    pub smbios: Option<SmbiosMode>,
}

/// Which firmware is to be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FirmwareKind {
    /// BIOS.
    #[default]
    Bios,
    /// UEFI.
    Efi,
}

/// The machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct OsType {
    /// The architecture as QEMU spells it: `x86_64`.
    #[xml(
        attribute,
        schema = "crate::pattern::ARCHITECTURE",
        since = "0.3.0",
        absent = "the host's",
        lax = "empty"
    )]
    pub arch: Option<String>,
    /// The machine type: `q35`, `pc-i440fx-10.0`.
    #[xml(
        attribute,
        schema = "crate::pattern::MACHINE",
        since = "0.3.0",
        absent = "the hypervisor's first one for the architecture: `pc` on x86"
    )]
    pub machine: Option<String>,
    /// `hvm`, `xen`, `xenpvh`, `linux`, `exe`, `uml`.
    #[xml(text, schema_required, schema_words = "exe hvm linux xen xenpvh")]
    pub value: String,
}

/// What a found firmware must have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FirmwareFeatures {
    /// The features, wanted or not.
    #[xml(child = "feature", schema_required, since = "7.2.0")]
    pub features: Vec<FirmwareFeature>,
}

/// A feature of a firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FirmwareFeature {
    /// Whether it must be there, or must not.
    #[xml(attribute, yes_no, required)]
    pub enabled: bool,
    /// Its name.
    #[xml(attribute, required)]
    pub name: FirmwareFeatureName,
}

/// A feature of a firmware.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FirmwareFeatureName {
    /// Its variables have Secure Boot's keys.
    #[default]
    EnrolledKeys,
    /// It can do Secure Boot.
    SecureBoot,
}

/// A variable of a container's environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InitEnv {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::ENVIRONMENT")]
    pub name: String,
    /// Its value.
    #[xml(text, absent = "it is empty")]
    pub value: String,
}

/// The firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Loader {
    /// Whether the guest cannot write it.
    #[xml(
        attribute,
        yes_no,
        since = "1.2.8",
        default = "`no`; `yes` of a found firmware"
    )]
    pub readonly: Option<bool>,
    /// Whether only System Management Mode may write its variables.
    #[xml(
        attribute,
        yes_no,
        since = "2.1.0",
        default = "`no`; as a found firmware wants it"
    )]
    pub secure: Option<bool>,
    /// How it is there.
    #[xml(attribute = "type", since = "1.2.8", default = "`rom`")]
    pub kind: Option<LoaderKind>,
    /// Whether it keeps no variables.
    #[xml(attribute, yes_no, since = "8.6.0", default = "`no`")]
    pub stateless: Option<bool>,
    /// The file's format.
    #[xml(
        attribute,
        since = "9.2.0",
        schema_words = "qcow2 raw",
        default = "`raw`"
    )]
    pub format: Option<super::DiskFormat>,
    /// The file.
    #[xml(
        text,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "a firmware that will do is found"
    )]
    pub path: Option<String>,
}

/// How a firmware is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum LoaderKind {
    /// As a ROM.
    #[default]
    Rom,
    /// As flash memory.
    Pflash,
}

/// The firmware's variables.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@templateFormat => @template")]
#[xml(rule = "source => @type")]
pub struct Nvram {
    /// What a source is, when it is not a path.
    #[xml(
        attribute = "type",
        since = "8.5.0",
        absent = "the text is the path of a file"
    )]
    pub kind: Option<super::SourceKind>,
    /// The file from which they are first copied.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "1.2.8",
        absent = "the one that belongs to the firmware"
    )]
    pub template: Option<String>,
    /// That file's format.
    #[xml(
        attribute,
        schema_words = "qcow2 raw",
        since = "10.10.0",
        default = "`raw`"
    )]
    pub template_format: Option<super::DiskFormat>,
    /// The file's format.
    #[xml(
        attribute,
        since = "9.2.0",
        schema_words = "qcow2 raw",
        absent = "that of the template"
    )]
    pub format: Option<super::DiskFormat>,
    /// The file, when there is no source.
    #[xml(
        text,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the driver makes one below its folder"
    )]
    pub path: Option<String>,
    /// The source.
    #[xml(child, since = "8.5.0")]
    pub source: Option<Box<super::AnySource>>,
}

/// An ACPI table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct AcpiTable {
    /// `slic`, `raw`, `rawset`, `msdm`.
    #[xml(attribute = "type", required, since = "1.3.5")]
    pub kind: AcpiTableKind,
    /// The file.
    #[xml(text, schema_required, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub path: String,
}

/// The kind of an ACPI table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum AcpiTableKind {
    /// One table with its header.
    #[xml(since = "11.2.0")]
    Raw,
    /// Several tables with their headers.
    #[xml(since = "11.2.0")]
    Rawset,
    /// Software licensing.
    #[default]
    Slic,
    /// Microsoft's data management.
    #[xml(since = "11.2.0")]
    Msdm,
}

/// A kind of device to boot from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum BootDevice {
    /// The first floppy disk.
    Fd,
    /// The first CD-ROM.
    Cdrom,
    /// The first disk.
    #[default]
    Hd,
    /// The first network card.
    Network,
}

/// The boot menu.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct BootMenu {
    /// Whether it is shown.
    #[xml(
        attribute,
        yes_no,
        schema_required,
        since = "0.8.3",
        absent = "the hypervisor decides"
    )]
    pub enable: Option<bool>,
    /// How long it waits, in milliseconds.
    #[xml(
        attribute,
        since = "1.2.8",
        schema = "crate::pattern::SHORT",
        absent = "the hypervisor decides"
    )]
    pub timeout: Option<u32>,
}

/// What the BIOS does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct Bios {
    /// Whether it shows itself on the serial port.
    #[xml(attribute, yes_no, since = "0.9.4", lax, default = "`no`")]
    pub useserial: Option<bool>,
    /// How long it waits before it boots again after a failure, in milliseconds; -1 is never.
    #[xml(
        attribute,
        since = "0.10.2",
        schema = "crate::pattern::REBOOT_TIMEOUT",
        absent = "the hypervisor decides; as a rule, it does not boot again"
    )]
    pub reboot_timeout: Option<i32>,
}

/// Where the guest's SMBIOS tables come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SmbiosMode {
    /// The hypervisor's choice, as if nothing were said.
    #[xml(schema_absent)]
    None,
    /// The hypervisor.
    #[default]
    Emulate,
    /// The host.
    Host,
    /// `<sysinfo>`.
    Sysinfo,
}
