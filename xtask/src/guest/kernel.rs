//! The distribution's kernels: fetched as packages and unpacked, not installed.

use std::fs;
use std::path::{Path, PathBuf};

use super::package::{self, Archive};
use crate::error::Error;

/// The package that depends on the newest kernel made for guests.
pub(super) const CLOUD: &str = "linux-image-cloud-amd64";
/// The package that depends on the newest kernel with the drivers of real hardware, some of which QEMU emulates.
pub(super) const HARDWARE: &str = "linux-image-amd64";

/// An unpacked kernel.
#[derive(Debug)]
pub(super) struct Kernel {
    /// What a machine boots.
    pub(super) image: PathBuf,
    /// The directory that holds the modules of this kernel and no other.
    pub(super) modules: PathBuf,
}

/// The kernel unpacked below a directory, fetched when there is none yet. `package` depends on the newest one that is
/// made for guests.
pub(super) fn unpacked(
    archive: &Archive,
    place: &Path,
    package: &'static str,
) -> Result<Kernel, Error> {
    if let Some(kernel) = find(place) {
        return Ok(kernel);
    }
    // The real package is behind the name that always means the newest.
    let newest = || dependency(&archive.dependencies(package)).map(str::to_owned);
    package::unpack(archive, place, package, newest)?;
    find(place).ok_or(Error::NoKernel(package))
}

fn dependency(text: &str) -> Option<&str> {
    let names = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "));
    names
        .map(str::trim)
        .find(|name| name.starts_with("linux-image-"))
}

fn find(place: &Path) -> Option<Kernel> {
    let image = only(&place.join("unpacked/boot"), "vmlinuz-")?;
    // A system with merged directories keeps modules below usr.
    let libs = [
        place.join("unpacked/lib/modules"),
        place.join("unpacked/usr/lib/modules"),
    ];
    let modules = libs.iter().find_map(|lib| only(lib, ""))?;
    Some(Kernel { image, modules })
}

fn only(directory: &Path, prefix: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(directory).ok()?.flatten();
    let mut named = entries.filter(|entry| {
        entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(prefix))
    });
    named.next().map(|entry| entry.path())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn the_real_package_is_found_behind_the_newest() {
        let text = "linux-image-cloud-amd64\n  Depends: linux-image-6.1.0-56-cloud-amd64\n";
        assert_eq!(dependency(text), Some("linux-image-6.1.0-56-cloud-amd64"));
        assert_eq!(dependency(""), None);
    }

    #[test]
    fn a_kernel_is_image_and_modules() {
        let room = tempfile::tempdir().unwrap();
        assert!(find(room.path()).is_none());
        files::replace(&room.path().join("unpacked/boot/vmlinuz-6.12"), b"").unwrap();
        assert!(find(room.path()).is_none(), "no modules yet");
        let module = room
            .path()
            .join("unpacked/usr/lib/modules/6.12/kernel/x.ko");
        files::replace(&module, b"").unwrap();
        let kernel = find(room.path()).unwrap();
        assert!(kernel.image.ends_with("vmlinuz-6.12"));
        assert!(kernel.modules.ends_with("modules/6.12"));
    }
}
