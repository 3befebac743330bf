//! `<video>`: video cards.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, VirtioOptions};

/// A video card.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "video")]
pub struct Video {
    /// How QEMU runs it.
    #[xml(child, omit_empty, since = "3.5.0")]
    pub driver: Option<VideoDriver>,
    /// The model.
    #[xml(child)]
    pub model: Option<VideoModel>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// How QEMU runs a video card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VideoDriver {
    /// What of virtio may be set on any device.
    #[xml(flatten)]
    pub virtio: VirtioOptions,
    /// How a bhyve guest's VGA is shown.
    #[xml(attribute = "vgaconf", since = "3.5.0", default = "`io`")]
    pub vgaconf: Option<VgaConf>,
    /// `qemu` or `vhostuser`.
    #[xml(attribute, since = "5.8.0", default = "`qemu`")]
    pub name: Option<VideoBackend>,
}

/// Who runs a video card.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VideoBackend {
    /// QEMU.
    #[default]
    Qemu,
    /// A process of its own.
    Vhostuser,
}

/// How a bhyve guest's VGA is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum VgaConf {
    /// During boot and after.
    Io,
    /// Always.
    On,
    /// Never.
    #[default]
    Off,
}

/// The model of a video card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='qxl' => no @ram, @vgamem")]
#[xml(absent = "the driver fills in the model's, or the hypervisor decides")]
pub struct VideoModel {
    /// The model.
    #[xml(attribute = "type", schema_required)]
    pub kind: VideoKind,
    /// Memory in KiB.
    #[xml(attribute, since = "1.0.2", absent = "65536, of `qxl`")]
    pub ram: Option<u32>,
    /// Video memory in KiB.
    #[xml(
        attribute,
        absent = "16384, of `vga`, `cirrus`, `vmvga` and `bochs`; 65536, of `qxl`"
    )]
    pub vram: Option<u32>,
    /// Video memory that is addressed with 64 bits, in KiB.
    #[xml(attribute, since = "1.3.3", absent = "none, of `qxl`")]
    pub vram64: Option<u32>,
    /// Memory of the VGA framebuffer, in KiB.
    #[xml(attribute, since = "1.2.11", absent = "16384, of `qxl`")]
    pub vgamem: Option<u32>,
    /// Screens.
    #[xml(attribute, default = "1")]
    pub heads: Option<u32>,
    /// Whether it is the first card.
    #[xml(attribute, yes_no, lax, absent = "the first one", since = "1.0.2")]
    pub primary: Option<bool>,
    /// Whether blobs are offered.
    #[xml(attribute, on_off, since = "9.2.0", default = "`off`")]
    pub blob: Option<bool>,
    /// Acceleration.
    #[xml(child, since = "0.7.1")]
    pub acceleration: Option<Acceleration>,
    /// The screen's size.
    #[xml(child, since = "5.6.0")]
    pub resolution: Option<Resolution>,
}

/// The model of a video card.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum VideoKind {
    /// The driver's choice.
    #[default]
    Default,
    /// VGA.
    Vga,
    /// Cirrus Logic.
    Cirrus,
    /// VMware.
    Vmvga,
    /// Xen.
    Xen,
    /// VirtualBox.
    Vbox,
    /// SPICE.
    #[xml(since = "0.8.6")]
    Qxl,
    /// Parallels.
    #[xml(since = "1.2.7")]
    Parallels,
    /// virtio.
    #[xml(since = "1.3.0")]
    Virtio,
    /// bhyve.
    #[xml(since = "3.2.0")]
    Gop,
    /// None.
    #[xml(since = "4.6.0")]
    None,
    /// A simple display.
    #[xml(since = "5.6.0")]
    Bochs,
    /// A display in memory.
    #[xml(since = "5.9.0")]
    Ramfb,
}

/// Acceleration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Acceleration {
    /// In two dimensions.
    #[xml(attribute = "accel2d", yes_no, default = "`no`")]
    pub accel2d: Option<bool>,
    /// In three dimensions.
    #[xml(attribute = "accel3d", yes_no, default = "`no`")]
    pub accel3d: Option<bool>,
    /// The rendering device of `vhostuser`.
    #[xml(
        attribute,
        since = "5.8.0",
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "the first one of the host that will do"
    )]
    pub rendernode: Option<String>,
}

/// A screen's size.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Resolution {
    /// Columns.
    #[xml(attribute, required)]
    pub x: u32,
    /// Lines.
    #[xml(attribute, required)]
    pub y: u32,
}
