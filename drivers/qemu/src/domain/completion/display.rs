//! Graphics and video cards.

use documents::domain::{
    Audio, AudioBackend, Devices, Graphics, GraphicsPassword, Listen, ListenAddress, ListenSocket,
    Video, VideoKind, VideoModel, VncGraphics,
};

use crate::capabilities::Capabilities;

/// Video memory of the cards that have a fixed default, in KiB.
const VRAM: u32 = 16 * 1024;

/// Video memory of the QXL cards: framebuffer, its copy, and the VGA part, in KiB.
const QXL_RAM: u32 = 64 * 1024;
const QXL_VGA: u32 = 16 * 1024;

/// Fills in listeners and cards; a guest with graphics has a card.
pub(super) fn complete(devices: &mut Devices, capabilities: &Capabilities) {
    for graphics in &mut devices.graphics {
        match graphics {
            Graphics::Vnc(vnc) => {
                complete_password(&mut vnc.password);
                complete_vnc(vnc);
            }
            Graphics::Spice(spice) => complete_password(&mut spice.password),
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
    if devices.audios.is_empty() {
        // Sound goes nowhere unless the document says where.
        devices.audios.push(Audio {
            id: 1,
            backend: AudioBackend::None,
            ..Audio::default()
        });
    }
}

/// How long a password is valid means nothing without one.
fn complete_password(password: &mut GraphicsPassword) {
    if password.passwd.is_none() {
        *password = GraphicsPassword::default();
    }
}

fn complete_vnc(vnc: &mut VncGraphics) {
    complete_listens(&mut vnc.listens, &mut vnc.listen, &mut vnc.socket);
    if vnc
        .listens
        .iter()
        .any(|listen| matches!(listen, Listen::None | Listen::Socket(_)))
    {
        // Nothing to connect to by port.
        (vnc.port, vnc.autoport) = (None, None);
        return;
    }
    let fixed = vnc.port.filter(|port| *port > 0);
    let auto = vnc.autoport.unwrap_or(fixed.is_none());
    vnc.autoport = Some(auto);
    vnc.port = if auto { Some(-1) } else { fixed };
}

/// The old attributes and the first listener say the same.
fn complete_listens(
    listens: &mut Vec<Listen>,
    listen: &mut Option<String>,
    socket: &mut Option<String>,
) {
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
    (*listen, *socket) = (None, None);
    match listens.first_mut() {
        Some(Listen::Address(first)) => listen.clone_from(&first.address),
        Some(Listen::Network(first)) => {
            // The address of a network is found at start.
            first.address = None;
        }
        Some(Listen::Socket(first)) => socket.clone_from(&first.socket),
        Some(Listen::None) | None => {}
    }
}

fn complete_video(video: &mut Video, capabilities: &Capabilities) {
    let model = video.model.get_or_insert(VideoModel {
        kind: VideoKind::Default,
        ..VideoModel::default()
    });
    if model.kind == VideoKind::Default {
        model.kind = default_kind(capabilities);
    }
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
