//! The test guest: a Linux kernel and an initramfs with the project's own init.

use std::path::{Path, PathBuf};

/// The files that boot the test guest.
#[derive(Debug)]
pub struct Guest {
    /// The kernel.
    pub kernel: PathBuf,
    /// The initramfs.
    pub initrd: PathBuf,
}

/// A copy in `folder` of the test guest that `cargo xtask guest` builds. A daemon gives what a VM
/// uses to QEMU's user, and a test that kills the daemon leaves it there: never what all share.
///
/// # Panics
///
/// When it has not been built; the message says how.
#[must_use]
pub fn guest_in(folder: &Path) -> Guest {
    copy_in(folder, "target/guest")
}

/// The same with a kernel that has drivers of real hardware.
///
/// # Panics
///
/// When it has not been built; the message says how.
#[must_use]
pub fn hardware_guest_in(folder: &Path) -> Guest {
    copy_in(folder, "target/guest/hardware")
}

fn copy_in(folder: &Path, place: &str) -> Guest {
    let built = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .join(place);
    let copy = |name| {
        let (from, to) = (built.join(name), folder.join(name));
        assert!(
            from.exists(),
            "this test needs {}; build it with: cargo xtask guest",
            from.display()
        );
        std::fs::copy(from, &to).expect("room for a copy");
        to
    };
    Guest {
        kernel: copy("vmlinuz"),
        initrd: copy("initrd.cpio"),
    }
}
