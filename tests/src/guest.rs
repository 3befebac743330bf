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

/// The test guest that `cargo xtask guest` builds.
///
/// # Panics
///
/// When it has not been built; the message says how.
#[must_use]
pub fn guest() -> Guest {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .join("target/guest");
    let guest = Guest {
        kernel: folder.join("vmlinuz"),
        initrd: folder.join("initrd.cpio"),
    };
    for file in [&guest.kernel, &guest.initrd] {
        assert!(
            file.exists(),
            "this test needs {}; build it with: cargo xtask guest",
            file.display()
        );
    }
    guest
}
