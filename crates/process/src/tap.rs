//! Tap devices: the host's end of a guest's network card, opened here and handed over as descriptors.
#![allow(
    unsafe_code,
    reason = "tap devices are made and attached by ioctl, which has no safe interface"
)]

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

/// The longest name of a network device, its terminating zero included.
const NAME_SIZE: usize = libc::IFNAMSIZ;

/// `SIOCBRADDIF` of linux/sockios.h: the bridge in the request gets the device with its index.
const ADD_PORT: libc::c_ulong = 0x89a2;

/// How a tap device is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapOptions {
    /// Its name; `%d` in it stands for the lowest free number.
    pub name: String,
    /// How many queues are opened, at least one.
    pub queues: u32,
    /// Whether packets carry a virtio header, which spares the guest checksums and segmentation.
    pub virtio_header: bool,
    /// Its hardware address, if it is to have a certain one.
    pub mac: Option<[u8; 6]>,
    /// The node through which it is opened, where it is not `/dev/net/tun`.
    pub node: Option<PathBuf>,
}

/// An open tap device. Unless it existed before, it is gone when the last of its descriptors is closed.
#[derive(Debug)]
pub struct Tap {
    /// Its name.
    pub name: String,
    /// Its queues.
    pub queues: Vec<OwnedFd>,
}

/// Why a tap device could not be opened or used.
#[derive(Debug, thiserror::Error)]
pub enum TapError {
    /// The kernel's door to tap devices is closed.
    #[error("cannot open '{}': the kernel's module is needed, and the right to use it", node.display())]
    Tun {
        /// Its node.
        node: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A name that no device can have.
    #[error("'{0}' is no name for a network device: at most 15 bytes, none of them zero or '/'")]
    Name(String),
    /// A step with the device failed.
    #[error("cannot {step} network device '{name}'")]
    Device {
        /// The device.
        name: String,
        /// What was tried.
        step: &'static str,
        /// What the kernel said.
        source: io::Error,
    },
}

/// Opens a tap device with all its queues, and creates it if there is none of that name.
///
/// # Errors
/// When the kernel refuses; nothing is left behind.
pub fn open_tap(options: &TapOptions) -> Result<Tap, TapError> {
    let mut name = options.name.clone();
    let mut queues = Vec::new();
    for _ in 0..options.queues.max(1) {
        let (queue, actual) = open_queue(&name, options)?;
        queues.push(queue);
        // The first queue decides the number; the others join it.
        name = actual;
    }
    if let Some(mac) = options.mac {
        set_mac(&name, mac)?;
    }
    Ok(Tap { name, queues })
}

/// Opens the queues of a macvtap device that exists: the kernel gives it a node of its own, `/dev/tapINDEX`.
///
/// # Errors
/// When it does not exist, its node does not, or the kernel refuses.
pub fn open_macvtap(
    device: &str,
    queues: u32,
    virtio_header: bool,
) -> Result<Vec<OwnedFd>, TapError> {
    let node = PathBuf::from(format!("/dev/tap{}", index(device)?));
    let mut opened = Vec::new();
    for _ in 0..queues.max(1) {
        let queue = open_node(&node)?;
        attach(&queue, device, queues, virtio_header)?;
        opened.push(queue);
    }
    Ok(opened)
}

/// Sets how many received packets may wait for one interrupt.
///
/// # Errors
/// When the device does not exist or cannot do it.
pub fn set_coalesce(device: &str, rx_max_frames: u32) -> Result<(), TapError> {
    // `struct ethtool_coalesce` of linux/ethtool.h: the command and 22 numbers.
    let mut values = [0u32; 23];
    exchange(device, &mut values, GET_COALESCE)?;
    if let Some(frames) = values.get_mut(RX_MAX_FRAMES) {
        *frames = rx_max_frames;
    }
    exchange(device, &mut values, SET_COALESCE)
}

/// `ETHTOOL_GCOALESCE` and `ETHTOOL_SCOALESCE`.
const GET_COALESCE: u32 = 0x0e;
const SET_COALESCE: u32 = 0x0f;
/// The place of `rx_max_coalesced_frames`.
const RX_MAX_FRAMES: usize = 2;

fn exchange(device: &str, values: &mut [u32; 23], command: u32) -> Result<(), TapError> {
    let [first, ..] = values;
    *first = command;
    let mut request = request(device)?;
    request.ifr_ifru.ifru_data = values.as_mut_ptr().cast();
    control(
        device,
        "set the coalescing of",
        libc::c_ulong::from(SIOCETHTOOL),
        &mut request,
    )
}

/// `SIOCETHTOOL` of linux/sockios.h.
const SIOCETHTOOL: u32 = 0x8946;

/// Puts a network device on a bridge.
///
/// # Errors
/// When either does not exist or the kernel refuses.
pub fn join_bridge(device: &str, bridge: &str) -> Result<(), TapError> {
    let index = index(device)?;
    let mut request = request(bridge)?;
    request.ifr_ifru.ifru_ifindex = index;
    control(bridge, "add a port to", ADD_PORT, &mut request)
}

/// Switches a network device on.
///
/// # Errors
/// When it does not exist or the kernel refuses.
pub fn bring_up(device: &str) -> Result<(), TapError> {
    let mut request = request(device)?;
    control(device, "look at", libc::SIOCGIFFLAGS, &mut request)?;
    // SAFETY: SIOCGIFFLAGS has just filled in the flags; every field of the union is plain data.
    let flags = unsafe { request.ifr_ifru.ifru_flags };
    request.ifr_ifru.ifru_flags = flags | UP;
    control(device, "switch on", libc::SIOCSIFFLAGS, &mut request)
}

/// Sets the largest packet of a network device.
///
/// # Errors
/// When it does not exist or the kernel refuses.
pub fn set_mtu(device: &str, mtu: u32) -> Result<(), TapError> {
    let mut request = request(device)?;
    request.ifr_ifru.ifru_mtu = i32::try_from(mtu).unwrap_or(i32::MAX);
    control(device, "set the MTU of", libc::SIOCSIFMTU, &mut request)
}

/// `IFF_UP` in the width of the request's flags.
#[allow(clippy::cast_possible_truncation, reason = "IFF_UP is 1")]
const UP: libc::c_short = libc::IFF_UP as libc::c_short;

fn open_queue(name: &str, options: &TapOptions) -> Result<(OwnedFd, String), TapError> {
    let node = options.node.as_deref();
    let queue = open_node(node.unwrap_or(Path::new("/dev/net/tun")))?;
    let name = attach(&queue, name, options.queues, options.virtio_header)?;
    Ok((queue, name))
}

fn open_node(node: &Path) -> Result<OwnedFd, TapError> {
    let flags = OFlags::RDWR | OFlags::CLOEXEC | OFlags::NONBLOCK;
    rustix::fs::open(node, flags, Mode::empty()).map_err(|errno| TapError::Tun {
        node: node.to_owned(),
        source: errno.into(),
    })
}

/// Makes an open descriptor a queue of a device; returns the device's name.
fn attach(
    queue: &OwnedFd,
    name: &str,
    queues: u32,
    virtio_header: bool,
) -> Result<String, TapError> {
    let mut wanted = libc::IFF_TAP | libc::IFF_NO_PI;
    if virtio_header {
        wanted |= libc::IFF_VNET_HDR;
    }
    if queues > 1 {
        wanted |= libc::IFF_MULTI_QUEUE;
    }
    let mut request = request(name)?;
    request.ifr_ifru.ifru_flags = i16::try_from(wanted).unwrap_or_default();
    // SAFETY: the descriptor is open, and the request is an initialised `ifreq` that outlives the call.
    let made = unsafe { libc::ioctl(queue.as_raw_fd(), libc::TUNSETIFF, &raw mut request) };
    if made < 0 {
        let source = io::Error::last_os_error();
        return Err(TapError::Device {
            name: name.to_owned(),
            step: "create",
            source,
        });
    }
    Ok(name_of(&request))
}

fn set_mac(device: &str, mac: [u8; 6]) -> Result<(), TapError> {
    let mut request = request(device)?;
    let mut address = libc::sockaddr {
        sa_family: libc::ARPHRD_ETHER,
        sa_data: [0; 14],
    };
    for (to, from) in address.sa_data.iter_mut().zip(mac) {
        *to = libc::c_char::from_ne_bytes([from]);
    }
    request.ifr_ifru.ifru_hwaddr = address;
    control(
        device,
        "set the address of",
        libc::SIOCSIFHWADDR,
        &mut request,
    )
}

fn index(device: &str) -> Result<i32, TapError> {
    let mut request = request(device)?;
    control(device, "find", libc::SIOCGIFINDEX, &mut request)?;
    // SAFETY: SIOCGIFINDEX has just filled in the index; every field of the union is plain data.
    Ok(unsafe { request.ifr_ifru.ifru_ifindex })
}

/// An empty request about a device.
fn request(name: &str) -> Result<libc::ifreq, TapError> {
    let bytes = name.as_bytes();
    if bytes.is_empty() || bytes.len() >= NAME_SIZE || bytes.iter().any(|b| matches!(b, 0 | b'/')) {
        return Err(TapError::Name(name.to_owned()));
    }
    // SAFETY: `ifreq` is plain data for which all zeros is a value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(bytes) {
        *to = libc::c_char::from_ne_bytes([*from]);
    }
    Ok(request)
}

fn name_of(request: &libc::ifreq) -> String {
    // SAFETY: the name was zeroed before it was filled, and the kernel terminates what it writes there.
    let name = unsafe { CStr::from_ptr(request.ifr_name.as_ptr()) };
    name.to_string_lossy().into_owned()
}

/// Asks the kernel something about a network device, over any socket.
fn control(
    device: &str,
    step: &'static str,
    number: libc::c_ulong,
    request: &mut libc::ifreq,
) -> Result<(), TapError> {
    use rustix::net::{AddressFamily, SocketFlags, SocketType, socket_with};
    let failed = |source| TapError::Device {
        name: device.to_owned(),
        step,
        source,
    };
    let socket = socket_with(
        AddressFamily::UNIX,
        SocketType::DGRAM,
        SocketFlags::CLOEXEC,
        None,
    )
    .map_err(|errno| failed(errno.into()))?;
    // SAFETY: the socket is open, and the request is an initialised `ifreq` that outlives the call.
    let answer = unsafe { libc::ioctl(socket.as_raw_fd(), number, std::ptr::from_mut(request)) };
    if answer < 0 {
        Err(failed(io::Error::last_os_error()))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(queues: u32) -> TapOptions {
        let mac = Some([0xfe, 0x54, 0, 1, 2, 3]);
        TapOptions {
            name: "ferrotap%d".to_owned(),
            queues,
            virtio_header: true,
            mac,
            node: None,
        }
    }

    /// Needs the right to make network devices.
    #[test]
    fn a_tap_device_lives_as_long_as_its_queues() {
        let tap = match open_tap(&options(2)) {
            Ok(tap) => tap,
            Err(error) => {
                println!("skipped: {error}");
                return;
            }
        };
        assert_eq!(tap.queues.len(), 2);
        assert!(tap.name.starts_with("ferrotap") && !tap.name.contains('%'));
        bring_up(&tap.name).unwrap();
        set_mtu(&tap.name, 1400).unwrap();
        let folder = std::path::Path::new("/sys/class/net").join(&tap.name);
        if folder.exists() {
            assert_eq!(
                std::fs::read_to_string(folder.join("address"))
                    .unwrap()
                    .trim(),
                "fe:54:00:01:02:03"
            );
            assert_eq!(
                std::fs::read_to_string(folder.join("mtu")).unwrap().trim(),
                "1400"
            );
        }
        let error = join_bridge(&tap.name, "nonexistent0").unwrap_err();
        assert!(
            matches!(
                error,
                TapError::Device {
                    step: "add a port to",
                    ..
                }
            ),
            "{error}"
        );
        let name = tap.name.clone();
        drop(tap);
        assert!(matches!(bring_up(&name), Err(TapError::Device { .. })));
    }

    #[test]
    fn impossible_names_are_refused() {
        for name in ["", "a/b", "much-too-long-for-it", "a\0"] {
            assert!(matches!(bring_up(name), Err(TapError::Name(_))), "{name:?}");
        }
    }
}
