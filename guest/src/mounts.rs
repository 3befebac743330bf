//! The file systems of the kernel that the rest of the guest reads.

use rustix::mount::{MountFlags, mount};

const MOUNTS: [(&str, &str); 3] = [("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev")];

/// Mounts them all; a failure is told on the kernel's console and the boot goes on.
pub(crate) fn mount_all() {
    for (kind, place) in MOUNTS {
        if let Err(cause) = mount(kind, place, kind, MountFlags::empty(), None) {
            eprintln!("guest: cannot mount {kind} on {place}: {cause}");
        }
    }
}
