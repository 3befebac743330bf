//! Tap devices for interfaces on a bridge of the host, and for those that only need a device.
//!
//! They vanish with the process that holds them, so that nothing has to be undone.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;

use documents::domain::{Domain, Interface, InterfaceSource, InterfaceTarget};
use process::{Spawn, TapError, TapOptions, bring_up, join_bridge, open_tap, set_mtu};

use crate::devices::{TapFds, wanted_tap};

/// The names of devices that nobody has named; the kernel puts in the lowest free number.
const NAME: &str = "vnet%d";
/// The first byte of the host's end's address: higher than that of any guest, so that a bridge, which takes the
/// lowest address of its ports, does not change its own with each guest.
const HOST_END: u8 = 0xfe;

/// Makes a tap device for each interface that wants one, hands it to the process, and notes its name in the
/// document. Blocks.
///
/// # Errors
/// When one cannot be made; the devices made before vanish with their descriptors.
pub(super) fn make(
    document: &mut Domain,
    spawn: &mut Spawn,
) -> Result<BTreeMap<usize, TapFds>, TapError> {
    let mut taps = BTreeMap::new();
    for (index, interface) in document.devices.interfaces.iter_mut().enumerate() {
        let bridge = match &interface.source {
            InterfaceSource::Bridge(source) => source.bridge.clone(),
            InterfaceSource::Ethernet(_) => None,
            _ => continue,
        };
        let (queues, kernel) = wanted_tap(interface).unwrap_or((1, false));
        let tap = open_tap(&options(interface, queues))?;
        if let Some(bridge) = bridge {
            join_bridge(&tap.name, &bridge)?;
        }
        if let Some(mtu) = interface.mtu {
            set_mtu(&tap.name, mtu)?;
        }
        bring_up(&tap.name)?;
        let target = interface
            .target
            .get_or_insert_with(InterfaceTarget::default);
        target.dev = Some(tap.name);
        // Without it, QEMU moves the packets itself.
        let vhost: Vec<OwnedFd> = match kernel {
            true => tap.queues.iter().filter_map(|_| open_vhost()).collect(),
            false => Vec::new(),
        };
        let vhost = if vhost.len() == tap.queues.len() {
            vhost
        } else {
            Vec::new()
        };
        let fds = tap.queues.into_iter().map(|fd| spawn.pass(fd)).collect();
        let vhost = vhost.into_iter().map(|fd| spawn.pass(fd)).collect();
        taps.insert(index, TapFds { fds, vhost });
    }
    Ok(taps)
}

fn options(interface: &Interface, queues: u32) -> TapOptions {
    let named = interface
        .target
        .as_ref()
        .and_then(|target| target.dev.clone());
    let guest = interface.mac.as_ref().map(|mac| mac.address);
    let virtio = interface
        .model
        .as_deref()
        .is_none_or(|model| model.starts_with("virtio"));
    TapOptions {
        name: named.unwrap_or_else(|| NAME.to_owned()),
        queues,
        virtio_header: virtio,
        mac: guest.map(|mac| {
            let [_, rest @ ..] = mac.0;
            let [b, c, d, e, f] = rest;
            [HOST_END, b, c, d, e, f]
        }),
    }
}

fn open_vhost() -> Option<OwnedFd> {
    let file = std::fs::File::options()
        .read(true)
        .write(true)
        .open("/dev/vhost-net");
    file.ok().map(OwnedFd::from)
}

#[cfg(test)]
mod tests {
    use super::*;

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
