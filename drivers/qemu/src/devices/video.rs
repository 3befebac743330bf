//! `<video>`: video cards.

use documents::domain::Address::VirtioMmio;
use documents::domain::{Video, VideoBackend, VideoKind, VideoModel};
use serde::Serialize;

use super::chardev::{Address, Backend, Chardev, Socket};
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Seat, Virtio, alias};
use crate::domain::completion::os::word;
use crate::domain::machine::Family;
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

/// Whether another process draws.
pub(crate) fn is_vhost_user(video: &Video) -> bool {
    let name = video.driver.as_ref().and_then(|driver| driver.name);
    name == Some(VideoBackend::Vhostuser)
}

/// Everything that QEMU creates for a video card. `painter` is the socket of the process that draws for it.
pub(crate) fn parts(
    video: &Video,
    guest: &Guest<'_>,
    painter: Option<i32>,
) -> Result<Vec<Part>, DomainError> {
    if is_vhost_user(video) {
        return vhost_user(video, guest, painter);
    }
    let model = video.model.clone().unwrap_or_default();
    let Some(driver) = driver(video, &model, guest.family)? else {
        return Ok(Vec::new());
    };
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

/// QEMU's device for a card; nothing where there is to be none.
fn driver(
    video: &Video,
    model: &VideoModel,
    family: Family,
) -> Result<Option<&'static str>, DisplayError> {
    let primary = model.primary == Some(true);
    let accelerated = model.acceleration.as_ref().and_then(|a| a.accel3d) == Some(true);
    let driver = match (model.kind, primary) {
        (VideoKind::None, _) => return Ok(None),
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
        (kind, _) => return Err(DisplayError::Video { model: word(kind) }),
    };
    // ARM's QEMU has no card with VGA's registers, and a small PC has no place for them.
    let plain = matches!(family, Family::ArmVirt | Family::Microvm);
    let mapped = video.info.address == Some(VirtioMmio);
    Ok(Some(match driver {
        "virtio-vga" | "virtio-gpu-pci" if plain && mapped => "virtio-gpu-device",
        "virtio-vga-gl" | "virtio-gpu-gl-pci" if plain && mapped => "virtio-gpu-gl-device",
        "virtio-vga" if plain => "virtio-gpu-pci",
        "virtio-vga-gl" if plain => "virtio-gpu-gl-pci",
        other => other,
    }))
}

/// The card whose screen another process draws.
fn vhost_user(
    video: &Video,
    guest: &Guest<'_>,
    painter: Option<i32>,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&video.info);
    let model = video.model.clone().unwrap_or_default();
    let chardev = format!("chr-vu-{id}");
    let backend = Chardev {
        id: chardev.clone(),
        backend: Backend::Socket(Socket {
            address: Address::Fd(painter.ok_or(DisplayError::NoPainter)?),
            server: false,
            telnet: false,
            tls: None,
            reconnect: None,
        }),
        log: None,
    };
    let vga = model.primary == Some(true) && guest.family.has_ps2();
    let driver = if vga {
        "vhost-user-vga"
    } else {
        "vhost-user-gpu-pci"
    };
    let resolution = model.resolution.as_ref();
    let device = Properties::default()
        .set("id", id)
        .optional("max_outputs", model.heads)
        .set("chardev", chardev)
        .optional("xres", resolution.map(|resolution| resolution.x))
        .optional("yres", resolution.map(|resolution| resolution.y))
        .device(
            driver,
            Virtio::optional(video.driver.as_ref().map(|driver| &driver.virtio)),
            guest.seat(&video.info),
        )?;
    Ok(vec![Part::Chardev(backend), device])
}
