//! `<video>`: video cards.

use documents::domain::{Video, VideoKind};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, Virtio, alias};
use crate::domain::completion::os::word;
use crate::domain::{DisplayError, DomainError};

/// A video card that the guest sees.
#[derive(Debug, Default, Serialize)]
struct Device {
    driver: &'static str,
    #[serde(flatten)]
    virtio: Virtio,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ram_size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vram_size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vram64_size_mb: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vgamem_mb: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vgamem: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_outputs: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blob: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    xres: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yres: Option<u32>,
    #[serde(flatten)]
    seat: Seat,
}

/// Everything that QEMU creates for a video card.
pub(crate) fn parts(video: &Video, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let model = video.model.clone().unwrap_or_default();
    let primary = model.primary == Some(true);
    let accelerated = model.acceleration.as_ref().and_then(|a| a.accel3d) == Some(true);
    let driver = match (model.kind, primary) {
        (VideoKind::None, _) => return Ok(Vec::new()),
        (VideoKind::Vga, true) => "VGA",
        (VideoKind::Vga, false) => "secondary-vga",
        (VideoKind::Cirrus, _) => "cirrus-vga",
        (VideoKind::Vmvga, _) => "vmware-svga",
        (VideoKind::Qxl, true) => "qxl-vga",
        (VideoKind::Qxl, false) => "qxl",
        (VideoKind::Virtio, true) if accelerated => "virtio-vga-gl",
        (VideoKind::Virtio, true) => "virtio-vga",
        (VideoKind::Virtio, false) if accelerated => "virtio-gpu-gl-pci",
        (VideoKind::Virtio, false) => "virtio-gpu-pci",
        (VideoKind::Bochs, _) => "bochs-display",
        (VideoKind::Ramfb, _) => "ramfb",
        (kind, _) => return Err(DisplayError::Video { model: word(kind) }.into()),
    };
    if video
        .driver
        .as_ref()
        .is_some_and(|driver| driver.name.is_some() || driver.vgaconf.is_some())
    {
        return Err(DisplayError::VideoDriver.into());
    }
    let kind = model.kind;
    let kib = |kib: Option<u32>| kib.map(|kib| u64::from(kib) * 1024);
    let qxl = kind == VideoKind::Qxl;
    let resolution = model.resolution.as_ref();
    let device = Device {
        driver,
        virtio: Virtio::optional(video.driver.as_ref().map(|driver| &driver.virtio)),
        id: alias(&video.info),
        ram_size: kib(model.ram.filter(|_| qxl)),
        vram_size: kib(model.vram.filter(|_| qxl)),
        vram64_size_mb: model.vram64.filter(|_| qxl).map(|kib| kib / 1024),
        vgamem_mb: match kind {
            VideoKind::Qxl => model.vgamem,
            VideoKind::Vga | VideoKind::Vmvga => model.vram,
            _ => None,
        }
        .map(|kib| kib / 1024),
        vgamem: kib(model.vram.filter(|_| kind == VideoKind::Bochs)),
        max_outputs: model.heads.filter(|_| qxl || kind == VideoKind::Virtio),
        blob: model.blob,
        xres: resolution.map(|resolution| resolution.x),
        yres: resolution.map(|resolution| resolution.y),
        seat: guest.seat(&video.info),
    };
    Ok(vec![Part::device(&device)?])
}
