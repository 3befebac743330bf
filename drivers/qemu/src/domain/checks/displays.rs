//! Graphics and video cards against QEMU.

use documents::domain::{
    AudioStream, Devices, Domain, Graphics, Listen, MemorySource, Video, VideoKind, VideoModel,
    VirtioOptions,
};

use crate::capabilities::{Capabilities, Feature};
use crate::devices::video::is_vhost_user;
use crate::domain::completion::os::word;
use crate::domain::error::DisplayError;
use crate::domain::repeated::repeated;

/// The least memory of a card, in KiB.
const VRAM: u32 = 1024;

/// The longest password of the VNC protocol.
const VNC_PASSWORD: usize = 8;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), DisplayError> {
    let devices = &domain.devices;
    check_audios(devices)?;
    let off_screen = |it: &Graphics| matches!(it, Graphics::EglHeadless(_));
    let headless = devices.graphics.iter().any(off_screen);
    for graphics in &devices.graphics {
        check_graphics(graphics, capabilities)?;
        let remote = matches!(graphics, Graphics::Vnc(_) | Graphics::Spice(_));
        if headless && !remote && !off_screen(graphics) {
            return Err(DisplayError::EglHeadless);
        }
    }
    for video in &devices.videos {
        check_card(video)?;
    }
    let kind = |video: &Video| video.model.as_ref().map(|model| model.kind);
    let none = |video: &Video| kind(video) == Some(VideoKind::None);
    if devices.videos.len() > 1 && devices.videos.iter().any(none) {
        return Err(DisplayError::NoneBeside);
    }
    for video in &devices.videos {
        check_model(video, domain, capabilities)?;
    }
    let primaries = devices
        .videos
        .iter()
        .filter(|v| v.model.as_ref().and_then(|m| m.primary) == Some(true));
    if primaries.count() > 1 {
        return Err(DisplayError::TwoPrimaries);
    }
    Ok(())
}

/// What a document must say of any card.
fn check_card(video: &Video) -> Result<(), DisplayError> {
    let Some(model) = &video.model else {
        return Ok(());
    };
    if model.kind != VideoKind::Qxl {
        let own = [
            ("ram", model.ram),
            ("vram64", model.vram64),
            ("vgamem", model.vgamem),
        ];
        if let Some((attribute, _)) = own.into_iter().find(|(_, value)| value.is_some()) {
            return Err(DisplayError::QxlOnly { attribute });
        }
    }
    if is_vhost_user(video) && model.kind != VideoKind::Virtio {
        return Err(DisplayError::PainterModel);
    }
    let driver = video.driver.as_ref();
    if model.kind != VideoKind::Virtio
        && driver.is_some_and(|driver| driver.virtio != VirtioOptions::default())
    {
        return Err(DisplayError::VirtioOption {
            model: word(model.kind),
        });
    }
    let acceleration = model.acceleration.as_ref();
    if acceleration.is_some_and(|it| it.rendernode.is_some()) && !is_vhost_user(video) {
        return Err(DisplayError::RenderNode);
    }
    if model.kind != VideoKind::Virtio && model.blob.is_some() {
        return Err(DisplayError::BlobModel);
    }
    if model.kind == VideoKind::Ramfb && video.info.address.is_some() {
        return Err(DisplayError::VideoAddress {
            model: word(model.kind),
        });
    }
    match &model.resolution {
        Some(resolution) if resolution.x == 0 || resolution.y == 0 => {
            Err(DisplayError::ResolutionZero)
        }
        _ => Ok(()),
    }
}

/// What QEMU has of a model.
fn check_model(
    video: &Video,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), DisplayError> {
    let Some(model) = &video.model else {
        return Ok(());
    };
    let (kind, name) = (model.kind, word(model.kind));
    if !is_vhost_user(video) && !available(kind, capabilities) {
        return Err(DisplayError::Video { model: name });
    }
    let beside = matches!(kind, VideoKind::Qxl | VideoKind::Virtio | VideoKind::None);
    if model.primary != Some(true) && !beside {
        return Err(DisplayError::NotPrimary { model: name });
    }
    let acceleration = model.acceleration.clone().unwrap_or_default();
    if acceleration.accel2d == Some(true) {
        return Err(DisplayError::Acceleration2d);
    }
    if acceleration.accel3d == Some(true) {
        if kind != VideoKind::Virtio {
            return Err(DisplayError::AccelerationModel);
        }
        if !is_vhost_user(video) && !capabilities.has_device("virtio-gpu-gl-pci") {
            return Err(DisplayError::Acceleration);
        }
    }
    if model.heads.is_some_and(|heads| heads != 1)
        && !matches!(kind, VideoKind::Qxl | VideoKind::Virtio)
    {
        return Err(DisplayError::Heads { model: name });
    }
    let sized = matches!(
        kind,
        VideoKind::Vga | VideoKind::Qxl | VideoKind::Virtio | VideoKind::Bochs
    );
    if model.resolution.is_some() && !sized {
        return Err(DisplayError::Resolution);
    }
    check_memory(model)?;
    if model.blob == Some(true) {
        let backing = domain.memory_backing.as_ref();
        if backing.and_then(|backing| backing.source) != Some(MemorySource::Memfd) {
            return Err(DisplayError::BlobMemory);
        }
    }
    Ok(())
}

/// How little memory a card can have.
fn check_memory(model: &VideoModel) -> Result<(), DisplayError> {
    match model.kind {
        VideoKind::Vga | VideoKind::Vmvga if model.vram.is_some_and(|vram| vram < VRAM) => {
            Err(DisplayError::SmallVram)
        }
        VideoKind::Qxl => match model.vgamem {
            Some(memory) if memory < VRAM => Err(DisplayError::SmallVgaMemory),
            Some(memory) if !memory.is_power_of_two() => Err(DisplayError::OddVgaMemory),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

fn check_audios(devices: &Devices) -> Result<(), DisplayError> {
    let audios = &devices.audios;
    for (at, audio) in audios.iter().enumerate() {
        if audio.id == 0 {
            return Err(DisplayError::AudioZero);
        }
        if audios.iter().take(at).any(|other| other.id == audio.id) {
            return Err(DisplayError::SecondAudio { id: audio.id });
        }
        let streams = audio.input.iter().chain(&audio.output);
        streams.into_iter().try_for_each(check_stream)?;
    }
    let sounds = devices.sounds.iter().map(|sound| sound.audio);
    let screens = devices.graphics.iter().map(|graphics| match graphics {
        Graphics::Vnc(vnc) => vnc.audio,
        _ => None,
    });
    let mut named = sounds.chain(screens).flatten();
    match named.find(|id| !audios.iter().any(|audio| audio.id == *id)) {
        Some(id) => Err(DisplayError::NoAudio { id }),
        None => Ok(()),
    }
}

/// A format of the host's can only be chosen where it does not change, and QEMU converts only where it mixes.
fn check_stream(stream: &AudioStream) -> Result<(), DisplayError> {
    let fixed = stream.fixed_settings == Some(true);
    if fixed && stream.mixing_engine != Some(true) {
        return Err(DisplayError::AudioMixing);
    }
    if !fixed && stream.settings.is_some() {
        return Err(DisplayError::AudioSettings);
    }
    Ok(())
}

fn check_graphics(graphics: &Graphics, capabilities: &Capabilities) -> Result<(), DisplayError> {
    let missing = |kind| Err(DisplayError::Graphics { kind });
    match graphics {
        Graphics::Vnc(_) if !capabilities.has(Feature::Vnc) => missing("vnc"),
        Graphics::Vnc(vnc) => {
            check_listens(&vnc.listens)?;
            match vnc.password.passwd.as_deref().map(str::len) {
                Some(length) if length > VNC_PASSWORD => Err(DisplayError::VncPassword { length }),
                _ => Ok(()),
            }
        }
        Graphics::Spice(_) if !capabilities.has(Feature::Spice) => missing("spice"),
        Graphics::Spice(spice) => check_listens(&spice.listens),
        Graphics::Dbus(_) if !capabilities.has(Feature::DisplayDbus) => missing("dbus"),
        Graphics::Dbus(dbus) if dbus.p2p == Some(true) && dbus.address.is_some() => {
            Err(DisplayError::DbusAddress)
        }
        Graphics::Rdp(_) => missing("rdp"),
        Graphics::Desktop(_) => missing("desktop"),
        _ => Ok(()),
    }
}

fn check_listens(listens: &[Listen]) -> Result<(), DisplayError> {
    let nameless = |listen: &Listen| match listen {
        Listen::Network(listen) => listen.network.as_deref().is_none_or(str::is_empty),
        _ => false,
    };
    if listens.iter().any(nameless) {
        return Err(DisplayError::NoListenNetwork);
    }
    Ok(())
}

/// A guest has at most one display of each kind.
///
/// # Errors
/// When it has two of one.
pub(crate) fn one_of_each(devices: &Devices) -> Result<(), DisplayError> {
    match repeated(&devices.graphics, std::mem::discriminant) {
        Some(_) => Err(DisplayError::Second {
            kind: "each of sdl, vnc, spice, headless, dbus, rdp",
        }),
        None => Ok(()),
    }
}

fn available(kind: VideoKind, capabilities: &Capabilities) -> bool {
    let device = match kind {
        VideoKind::Vga => "VGA",
        VideoKind::Cirrus => "cirrus-vga",
        VideoKind::Vmvga => "vmware-svga",
        VideoKind::Qxl => "qxl",
        VideoKind::Virtio => "virtio-gpu-pci",
        VideoKind::Bochs => "bochs-display",
        VideoKind::Ramfb => "ramfb",
        VideoKind::None | VideoKind::Default => return true,
        VideoKind::Xen | VideoKind::Vbox | VideoKind::Parallels | VideoKind::Gop => return false,
    };
    capabilities.has_device(device)
}
