//! The devices that the guest reacts to: those present at boot and those that appear later.

use std::io;
use std::os::fd::OwnedFd;

use rustix::net::netlink::{KOBJECT_UEVENT, SocketAddrNetlink};
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, bind, recv, socket_with};

use crate::sys;

/// The kernel's announcements of new devices.
pub(crate) struct Hotplug {
    socket: OwnedFd,
}

impl Hotplug {
    /// Starts listening; from here on the kernel keeps announcements for us.
    pub(crate) fn open() -> io::Result<Self> {
        let socket = socket_with(
            AddressFamily::NETLINK,
            SocketType::DGRAM,
            SocketFlags::CLOEXEC,
            Some(KOBJECT_UEVENT),
        )?;
        bind(&socket, &SocketAddrNetlink::new(0, 1))?;
        Ok(Self { socket })
    }

    /// Hands on the name below `/dev` of every device that appears, for ever.
    pub(crate) fn follow(&self, mut appeared: impl FnMut(&str)) {
        let mut buffer = [0; 8192];
        loop {
            match recv(&self.socket, &mut buffer[..], RecvFlags::empty()) {
                Ok((length, _)) => {
                    if let Some(name) = buffer.get(..length).and_then(added) {
                        appeared(name);
                    }
                }
                // Announcements were lost to a full buffer: look at what is there now.
                Err(rustix::io::Errno::NOBUFS) => present().iter().for_each(|name| appeared(name)),
                Err(cause) => return eprintln!("guest: hot-plug events end: {cause}"),
            }
        }
    }
}

/// The names below `/dev` of what may be a console or an input device, as it is now. Inputs come
/// first: who reads the greeting may press the power button at once.
pub(crate) fn present() -> Vec<String> {
    let consoles = sys::names("/dev").into_iter();
    let inputs = sys::names("/dev/input")
        .into_iter()
        .map(|name| format!("input/{name}"));
    inputs.chain(consoles).collect()
}

/// The device name of an announcement `add@…` (kernel: lib/kobject_uevent.c).
fn added(message: &[u8]) -> Option<&str> {
    let mut fields = message.split(|byte| *byte == 0);
    if !fields.next()?.starts_with(b"add@") {
        return None;
    }
    let name = fields.find_map(|field| field.strip_prefix(b"DEVNAME="))?;
    std::str::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_additions_with_a_device_count() {
        let message = b"add@/devices/x/hvc0\0ACTION=add\0DEVNAME=hvc0\0SEQNUM=1\0";
        assert_eq!(added(message), Some("hvc0"));
        assert_eq!(added(b"remove@/devices/x/hvc0\0DEVNAME=hvc0\0"), None);
        assert_eq!(added(b"add@/module/x\0ACTION=add\0"), None);
        assert_eq!(added(b""), None);
    }
}
