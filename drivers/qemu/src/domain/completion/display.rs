//! Graphics and video cards.

use documents::domain::{
    Audio, AudioBackend, AudioStream, Devices, Graphics, GraphicsPassword, Listen, ListenAddress,
    ListenSocket, SoundModel, SpiceGraphics, Video, VideoKind, VideoModel, VncGraphics,
};

use super::made_sockets::MadeSockets;
use crate::capabilities::Capabilities;
use crate::domain::error::DisplayError;

/// Video memory of the cards that have a fixed default, in KiB.
const VRAM: u32 = 16 * 1024;

/// Video memory of the QXL cards: framebuffer, its copy, and the VGA part, in KiB.
const QXL_RAM: u32 = 64 * 1024;
const QXL_VGA: u32 = 16 * 1024;

/// Streams of a virtio card.
const STREAMS: u32 = 2;

/// Fills in listeners and cards; a guest with graphics has a card.
pub(super) fn complete(
    devices: &mut Devices,
    capabilities: &Capabilities,
    made: &MadeSockets,
) -> Result<(), DisplayError> {
    for graphics in &mut devices.graphics {
        match graphics {
            Graphics::Vnc(vnc) => {
                complete_password(&mut vnc.password);
                complete_vnc(vnc, made)?;
            }
            Graphics::Spice(spice) => {
                complete_password(&mut spice.password);
                complete_spice(spice)?;
            }
            // That a bus is the driver's own is for the driver to say, of a running guest.
            Graphics::Dbus(dbus) => dbus.from_config = None,
            Graphics::Sdl(sdl) => sdl.fullscreen = sdl.fullscreen.filter(|full| *full),
            _ => {}
        }
    }
    if !devices.graphics.is_empty() && devices.videos.is_empty() {
        devices.videos.push(Video::default());
    }
    for video in &mut devices.videos {
        complete_video(video, capabilities);
    }
    complete_primary(&mut devices.videos);
    complete_sounds(devices);
    Ok(())
}

/// How long a password is valid means nothing without one.
fn complete_password(password: &mut GraphicsPassword) {
    if password.passwd.is_none() {
        *password = GraphicsPassword::default();
    }
}

/// Sound goes nowhere unless the document says where, or the display carries it; a display that does neither has none.
fn complete_sounds(devices: &mut Devices) {
    for sound in &mut devices.sounds {
        match sound.model {
            SoundModel::Virtio => {
                sound.streams.get_or_insert(STREAMS);
            }
            _ => (sound.streams, sound.driver) = (None, None),
        }
        if !matches!(sound.model, SoundModel::Ich6 | SoundModel::Ich9) {
            sound.codecs.clear();
        }
        if sound.model != SoundModel::Usb {
            sound.multichannel = None;
        }
    }
    for audio in &mut devices.audios {
        let streams = audio.input.iter_mut().chain(&mut audio.output);
        streams.for_each(complete_stream);
    }
    if !devices.audios.is_empty() {
        return;
    }
    let carried = devices.graphics.iter().find_map(|graphics| match graphics {
        Graphics::Vnc(_) => Some(AudioBackend::None),
        Graphics::Spice(_) => Some(AudioBackend::Spice),
        _ => None,
    });
    let backend = match carried {
        Some(backend) => backend,
        None if devices.graphics.is_empty() => AudioBackend::None,
        None => return,
    };
    devices.audios.push(Audio {
        id: 1,
        backend,
        ..Audio::default()
    });
}

/// A stream of a format of its own has that written, even where it is the usual one.
fn complete_stream(stream: &mut AudioStream) {
    if stream.fixed_settings == Some(true) {
        stream.settings.get_or_insert_default();
    }
    stream.buffer_count.take_if(|count| *count == 0);
    stream.latency.take_if(|latency| *latency == 0);
}

fn complete_spice(spice: &mut SpiceGraphics) -> Result<(), DisplayError> {
    complete_listens(&mut spice.listens, &mut spice.listen, &mut None)?;
    let is_open = |listen: &Listen| matches!(listen, Listen::None | Listen::Socket(_));
    if spice.listens.iter().any(is_open) {
        (spice.port, spice.tls_port, spice.autoport) = (None, None, None);
        return Ok(());
    }
    let fixed = |port: Option<i32>| port.filter(|port| *port > 0);
    let (port, secure) = (fixed(spice.port), fixed(spice.tls_port));
    let auto = spice.autoport.unwrap_or(port.is_none() && secure.is_none());
    spice.autoport = Some(auto);
    (spice.port, spice.tls_port) = if auto { (None, None) } else { (port, secure) };
    Ok(())
}

fn complete_vnc(vnc: &mut VncGraphics, made: &MadeSockets) -> Result<(), DisplayError> {
    forget_made(vnc, made);
    complete_listens(&mut vnc.listens, &mut vnc.listen, &mut vnc.socket)?;
    vnc.websocket.take_if(|port| *port == 0);
    if vnc
        .listens
        .iter()
        .any(|listen| matches!(listen, Listen::None | Listen::Socket(_)))
    {
        // Nothing to connect to by port.
        (vnc.port, vnc.autoport) = (None, None);
        return Ok(());
    }
    let fixed = vnc.port.filter(|port| !matches!(port, 0 | -1));
    let auto = vnc.autoport.unwrap_or(matches!(vnc.port, None | Some(-1)));
    vnc.autoport = Some(auto);
    vnc.port = if auto { Some(-1) } else { fixed };
    Ok(())
}

/// A socket that an earlier start made up stands for a port that any start finds.
fn forget_made(vnc: &mut VncGraphics, made: &MadeSockets) {
    vnc.socket.take_if(|path| made.is_displays(path));
    for listen in &mut vnc.listens {
        if let Listen::Socket(socket) = listen
            && socket
                .socket
                .as_deref()
                .is_some_and(|path| made.is_displays(path))
        {
            *listen = Listen::Address(ListenAddress::default());
        }
    }
}

/// The old attributes and the first listener say the same.
fn complete_listens(
    listens: &mut Vec<Listen>,
    listen: &mut Option<String>,
    socket: &mut Option<String>,
) -> Result<(), DisplayError> {
    if listens.is_empty() {
        listens.push(match socket.clone() {
            Some(path) => Listen::Socket(ListenSocket {
                socket: Some(path),
                ..ListenSocket::default()
            }),
            None => Listen::Address(ListenAddress {
                address: listen.clone(),
                ..ListenAddress::default()
            }),
        });
    }
    let (old_listen, old_socket) = (listen.take(), socket.take());
    let agree = |attribute, old: Option<String>, new: &Option<String>| match old {
        Some(old) if Some(&old) != new.as_ref() => Err(DisplayError::ListenMismatch {
            attribute,
            old,
            new: new.clone().unwrap_or_default(),
        }),
        _ => Ok(()),
    };
    match listens.first_mut() {
        Some(Listen::Address(first)) => {
            agree("listen", old_listen, &first.address)?;
            listen.clone_from(&first.address);
        }
        Some(Listen::Network(first)) => {
            // The address of a network is found at start.
            first.address = None;
        }
        Some(Listen::Socket(first)) => {
            agree("socket", old_socket, &first.socket)?;
            socket.clone_from(&first.socket);
        }
        Some(Listen::None) | None => {}
    }
    Ok(())
}

fn complete_video(video: &mut Video, capabilities: &Capabilities) {
    let model = video.model.get_or_insert(VideoModel {
        kind: VideoKind::Default,
        ..VideoModel::default()
    });
    if model.kind == VideoKind::Default {
        model.kind = default_kind(capabilities);
    }
    // No memory at all is as much as the model usually has.
    let zero = |memory: &mut u32| *memory == 0;
    model.ram.take_if(zero);
    model.vram.take_if(zero);
    model.vgamem.take_if(zero);
    match model.kind {
        VideoKind::None => return,
        VideoKind::Vga | VideoKind::Cirrus | VideoKind::Vmvga | VideoKind::Bochs => {
            let vram = model.vram.get_or_insert(VRAM);
            *vram = vram.checked_next_power_of_two().unwrap_or(*vram);
        }
        VideoKind::Qxl => {
            model.ram.get_or_insert(QXL_RAM);
            model.vram.get_or_insert(QXL_RAM);
            model.vgamem.get_or_insert(QXL_VGA);
        }
        _ => {}
    }
    model.vram64.take_if(zero);
    model.heads.get_or_insert(1);
    model.primary.take_if(|primary| !*primary);
}

/// The card that guests are most likely to know, of those that QEMU has.
fn default_kind(capabilities: &Capabilities) -> VideoKind {
    if !capabilities.arch.is_x86() {
        VideoKind::Virtio
    } else if capabilities.has_device("cirrus-vga") {
        VideoKind::Cirrus
    } else {
        VideoKind::Vga
    }
}

/// The first card is the primary one unless another is, which then comes first.
fn complete_primary(videos: &mut [Video]) {
    let is_primary = |video: &Video| video.model.as_ref().and_then(|m| m.primary) == Some(true);
    match videos.iter().position(is_primary) {
        Some(at) => {
            if let Some(front) = videos.get_mut(..=at) {
                front.rotate_right(1);
            }
        }
        None => {
            let first = videos.first_mut().and_then(|video| video.model.as_mut());
            if let Some(model) = first.filter(|model| model.kind != VideoKind::None) {
                model.primary = Some(true);
            }
        }
    }
}
