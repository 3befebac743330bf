//! Tap devices for interfaces on a bridge of the host, and for those that only need a device.
//!
//! They vanish with the process that holds them, so that little has to be undone.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use documents::domain::{Interface, InterfaceSource, InterfaceTarget};
use process::{Spawn, TapOptions, bring_up, join_bridge, open_tap, set_coalesce, set_mtu};

use super::{NetworkError, Undo, ethernet, switch};
use crate::devices::{TapFds, wanted_tap};

/// The names of devices that nobody has named; the kernel puts in the lowest free number.
const NAME: &str = "vnet%d";
/// The first byte of the host's end's address: higher than that of any guest, so that a bridge, which takes the
/// lowest address of its ports, does not change its own with each guest.
const HOST_END: u8 = 0xfe;

/// Makes a tap device, hands it to the process, and notes its name in the document.
pub(super) fn make(
    interface: &mut Interface,
    spawn: &mut Spawn,
    undo: &mut Vec<Undo>,
) -> Result<TapFds, NetworkError> {
    let bridge = match &interface.source {
        InterfaceSource::Bridge(source) => source.bridge.clone(),
        _ => None,
    };
    let (queues, kernel) = wanted_tap(interface).unwrap_or((1, false));
    let mut options = options(interface, queues);
    let managed = is_managed(interface);
    if !managed {
        // The device is somebody else's: it is as it is.
        options.mac = None;
    }
    let tap = open_tap(&options)?;
    interface
        .target
        .get_or_insert_with(InterfaceTarget::default)
        .dev = Some(tap.name.clone());
    match bridge {
        Some(bridge) if switch::is_switched(interface) => {
            switch::join(interface, &tap.name, &bridge, undo)?;
        }
        Some(bridge) => {
            join_bridge(&tap.name, &bridge)?;
            if interface.isolated == Some(true) {
                isolate(&tap.name)?;
            }
        }
        None => {}
    }
    if managed {
        configure(interface, &tap.name)?;
        ethernet::bring_up(interface, &tap.name, undo)?;
    }
    // Without it, QEMU moves the packets itself.
    let vhost = vhost(interface, kernel, tap.queues.len());
    Ok(TapFds {
        fds: tap.queues.into_iter().map(|fd| spawn.pass(fd)).collect(),
        vhost: vhost.into_iter().map(|fd| spawn.pass(fd)).collect(),
    })
}

fn is_managed(interface: &Interface) -> bool {
    let target = interface.target.as_ref();
    target.and_then(|target| target.managed) != Some(false)
}

fn configure(interface: &Interface, device: &str) -> Result<(), NetworkError> {
    if let Some(mtu) = interface.mtu {
        set_mtu(device, mtu)?;
    }
    let coalesce = interface.coalesce.as_ref();
    let frames = coalesce
        .and_then(|coalesce| coalesce.rx.as_ref())
        .and_then(|rx| rx.max_frames)
        .and_then(|frames| u32::try_from(frames).ok());
    if let Some(frames) = frames {
        set_coalesce(device, frames)?;
    }
    bring_up(device)?;
    Ok(())
}

/// The ports of a bridge that are isolated do not reach each other (`brport/isolated` of sysfs).
fn isolate(device: &str) -> Result<(), NetworkError> {
    use std::io::Write;
    let path = Path::new("/sys/class/net")
        .join(device)
        .join("brport/isolated");
    let written = std::fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|mut file| file.write_all(b"1"));
    written.map_err(|source| NetworkError::File { path, source })
}

/// As many descriptors of the kernel's own mover of packets as there are queues, or none.
pub(super) fn vhost(interface: &Interface, wanted: bool, queues: usize) -> Vec<OwnedFd> {
    if !wanted {
        return Vec::new();
    }
    let backend = interface.backend.as_ref();
    let named = backend.and_then(|backend| backend.vhost.clone());
    let path = PathBuf::from(named.unwrap_or_else(|| "/dev/vhost-net".to_owned()));
    let opened: Vec<_> = (0..queues)
        .filter_map(|_| super::open(&path).ok())
        .collect();
    if opened.len() == queues {
        opened
    } else {
        Vec::new()
    }
}

/// Whether packets carry the header that only virtio cards understand.
pub(super) fn has_virtio_header(interface: &Interface) -> bool {
    interface
        .model
        .as_deref()
        .is_none_or(|model| model.starts_with("virtio"))
}

fn options(interface: &Interface, queues: u32) -> TapOptions {
    let guest = interface.mac.as_ref().map(|mac| mac.address);
    let backend = interface.backend.as_ref();
    TapOptions {
        name: super::device(interface).unwrap_or(NAME).to_owned(),
        queues,
        virtio_header: has_virtio_header(interface),
        mac: guest.map(|mac| {
            let [_, rest @ ..] = mac.0;
            let [b, c, d, e, f] = rest;
            [HOST_END, b, c, d, e, f]
        }),
        node: backend
            .and_then(|backend| backend.tap.as_ref())
            .map(PathBuf::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::Domain;

    fn check(interface: &str, name: &str, virtio_header: bool) {
        let text = format!(
            "<domain type='qemu'><name>a</name><os><type>hvm</type></os>\
             <devices>{interface}</devices></domain>"
        );
        let document: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let options = options(&document.devices.interfaces[0], 1);
        let mac = Some([0xfe, 0x54, 0, 1, 2, 3]);
        let expected = TapOptions {
            name: name.to_owned(),
            queues: 1,
            virtio_header,
            mac,
            node: None,
        };
        assert_eq!(options, expected);
    }

    #[test]
    fn the_hosts_end_has_an_address_above_every_guests() {
        let mac = "<mac address='52:54:00:01:02:03'/>";
        let bridge = "<source bridge='br0'/>";
        let interface =
            format!("<interface type='bridge'>{mac}{bridge}<model type='virtio'/></interface>");
        check(&interface, "vnet%d", true);
        let interface = format!(
            "<interface type='bridge'>{mac}{bridge}<target dev='web0'/><model type='e1000'/></interface>"
        );
        check(&interface, "web0", false);
    }
}
