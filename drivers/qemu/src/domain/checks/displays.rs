//! Graphics and video cards against QEMU.

use documents::domain::{Devices, Graphics, VideoKind};

use crate::capabilities::{Capabilities, Feature};
use crate::domain::completion::os::word;
use crate::domain::error::DisplayError;

/// The longest password of the VNC protocol.
const VNC_PASSWORD: usize = 8;

pub(super) fn check(devices: &Devices, capabilities: &Capabilities) -> Result<(), DisplayError> {
    for graphics in &devices.graphics {
        check_graphics(graphics, capabilities)?;
    }
    for video in &devices.videos {
        let Some(model) = &video.model else { continue };
        if !available(model.kind, capabilities) {
            return Err(DisplayError::Video {
                model: word(model.kind),
            });
        }
        let beside = matches!(
            model.kind,
            VideoKind::Qxl | VideoKind::Virtio | VideoKind::None
        );
        if model.primary != Some(true) && !beside {
            return Err(DisplayError::NotPrimary {
                model: word(model.kind),
            });
        }
        let accelerated = model.acceleration.as_ref().and_then(|a| a.accel3d) == Some(true);
        if accelerated
            && model.kind == VideoKind::Virtio
            && !capabilities.has_device("virtio-gpu-gl-pci")
        {
            return Err(DisplayError::Acceleration);
        }
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

fn check_graphics(graphics: &Graphics, capabilities: &Capabilities) -> Result<(), DisplayError> {
    let missing = |kind| Err(DisplayError::Graphics { kind });
    match graphics {
        Graphics::Vnc(_) if !capabilities.has(Feature::Vnc) => missing("vnc"),
        Graphics::Vnc(vnc) => {
            if vnc.listens.len() > 1 {
                return Err(DisplayError::Listens);
            }
            match vnc.password.passwd.as_deref().map(str::len) {
                Some(length) if length > VNC_PASSWORD => Err(DisplayError::VncPassword { length }),
                _ => Ok(()),
            }
        }
        Graphics::Spice(_) if !capabilities.has(Feature::Spice) => missing("spice"),
        Graphics::Dbus(_) if !capabilities.has(Feature::DisplayDbus) => missing("dbus"),
        Graphics::Rdp(_) => missing("rdp"),
        Graphics::Desktop(_) => missing("desktop"),
        _ => Ok(()),
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
