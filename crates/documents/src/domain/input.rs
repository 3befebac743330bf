//! `<input>`: keyboards, mice, tablets, and the host's own input devices.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, VirtioOptions};

/// An input device.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "input")]
#[xml(rule = "@type='passthrough|evdev' => source")]
#[xml(rule = "@type='passthrough' => @bus='virtio'")]
#[xml(rule = "@type='passthrough' => source@evdev")]
#[xml(rule = "@type='evdev' => source@dev")]
#[xml(rule = "@type='evdev' => no @bus")]
#[xml(rule = "@type!='passthrough|evdev' => no source")]
pub struct Input {
    /// The kind of device.
    #[xml(
        attribute = "type",
        required,
        fault = "Unsupported",
        missing = "Internal"
    )]
    pub kind: InputKind,
    /// Its bus.
    #[xml(
        attribute,
        fault = "Unsupported",
        absent = "the driver chooses by the kind and the machine: `ps2` for a mouse or a keyboard of a PC, `usb` for a tablet, `virtio` for `passthrough`"
    )]
    pub bus: Option<InputBus>,
    /// The model, of a virtio device.
    #[xml(attribute, since = "5.2.0", absent = "`virtio`, on that bus")]
    pub model: Option<VirtioModel>,
    /// What of virtio may be set on any device.
    #[xml(child, omit_empty, since = "3.5.0")]
    pub driver: Option<VirtioOptions>,
    /// The host's device.
    #[xml(child, since = "1.3.0")]
    pub source: Option<InputSource>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The kind of an input device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum InputKind {
    /// A mouse.
    #[default]
    Mouse,
    /// A tablet: absolute positions.
    Tablet,
    /// A keyboard.
    #[xml(since = "1.2.2")]
    Keyboard,
    /// An input device of the host, through virtio.
    #[xml(since = "1.3.0")]
    Passthrough,
    /// An input device of the host, through its event device.
    #[xml(since = "7.4.0")]
    Evdev,
}

/// The bus of an input device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum InputBus {
    /// PS/2.
    #[default]
    Ps2,
    /// USB.
    Usb,
    /// Xen.
    Xen,
    /// Parallels.
    #[xml(schema_absent, since = "1.2.15")]
    Parallels,
    /// virtio.
    #[xml(since = "1.3.0")]
    Virtio,
    /// None.
    #[xml(schema_absent, since = "7.4.0")]
    None,
}

/// The model of a virtio device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum VirtioModel {
    /// As the bus says.
    #[default]
    Virtio,
    /// virtio 0.9 and 1.0.
    VirtioTransitional,
    /// virtio 1.0 only.
    VirtioNonTransitional,
}

/// An input device of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct InputSource {
    /// The event device, of `passthrough`.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "1.3.0",
        absent = "an error with `passthrough`"
    )]
    pub evdev: Option<String>,
    /// The event device, of `evdev`.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "an error with `evdev`",
        since = "7.4.0"
    )]
    pub dev: Option<String>,
    /// Whether all devices are grabbed together.
    #[xml(attribute, absent = "only this one is grabbed", since = "7.4.0")]
    pub grab: Option<InputGrab>,
    /// The keys that switch the grab.
    #[xml(attribute, default = "`ctrl-ctrl`", since = "7.4.0")]
    pub grab_toggle: Option<GrabToggle>,
    /// Whether keys repeat.
    #[xml(attribute, on_off, default = "`off`", since = "7.4.0")]
    pub repeat: Option<bool>,
}

/// Which devices are grabbed together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum InputGrab {
    /// All.
    #[default]
    All,
}

/// The keys that switch a grab.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum GrabToggle {
    /// Both control keys.
    #[default]
    CtrlCtrl,
    /// Both alt keys.
    AltAlt,
    /// Both shift keys.
    ShiftShift,
    /// Both meta keys.
    MetaMeta,
    /// Scroll lock.
    Scrolllock,
    /// Control and scroll lock.
    CtrlScrolllock,
}
