//! The kernel's side of sockets between host and guest, opened here and handed over as a descriptor.
#![allow(
    unsafe_code,
    reason = "a guest's number is claimed by ioctl, which has no safe interface"
)]

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};

/// `VHOST_VSOCK_SET_GUEST_CID` of linux/vhost.h: `_IOW(0xAF, 0x60, __u64)`.
const SET_GUEST_CID: libc::c_ulong = 0x4008_af60;

/// The first number that a guest can have.
const FIRST: u32 = 3;

/// The last number that is tried: those above are left to whoever names one.
const LAST: u32 = u32::MAX - 1;

/// Opens the device and claims the number for its guest; without one, the lowest that is free. The number is given
/// back when the descriptor is closed.
///
/// # Errors
/// When there is no device, or the number is another guest's.
pub fn open_vsock(cid: Option<u32>) -> io::Result<(OwnedFd, u32)> {
    let device = File::options()
        .read(true)
        .write(true)
        .open("/dev/vhost-vsock")?;
    let (first, last) = match cid {
        Some(cid) => (cid, cid),
        None => (FIRST, LAST),
    };
    for cid in first..=last {
        match claim(&device, cid) {
            Ok(()) => return Ok((device.into(), cid)),
            Err(error) if error.raw_os_error() == Some(libc::EADDRINUSE) && first != last => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}

fn claim(device: &File, cid: u32) -> io::Result<()> {
    let number = u64::from(cid);
    // SAFETY: the descriptor is open, and the kernel reads one u64 from the pointer, which lives until the call ends.
    let answer = unsafe { libc::ioctl(device.as_raw_fd(), SET_GUEST_CID, &raw const number) };
    match answer {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
