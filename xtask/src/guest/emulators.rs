//! QEMU for other architectures. Installed, it would be what documents of those architectures mean on this host; the
//! tests name it instead.

use std::path::Path;

use super::package::{self, Archive};
use crate::error::Error;
use crate::run::Run;

/// The packages, and the folder that each is unpacked in.
const PACKAGES: &[(&str, &str)] = &[("qemu-system-arm", "arm"), ("qemu-system-riscv", "riscv")];
/// What the machines run first: UEFI of 64-bit ARM, and what QEMU would find by itself for RISC-V if it were installed.
const FIRMWARE: &[&str] = &["qemu-efi-aarch64", "opensbi"];

/// Unpacks the emulators below a directory, fetched where there are none yet.
pub(super) fn unpacked(archive: &Archive, place: &Path) -> Result<(), Error> {
    for (name, folder) in PACKAGES {
        let folder = place.join(folder);
        if !folder.join("unpacked").is_dir() {
            package::unpack(archive, &folder, name, || find(archive, name))?;
        }
    }
    for name in FIRMWARE {
        let folder = place.join(name);
        if !folder.join("unpacked").is_dir() {
            package::unpack(archive, &folder, name, || archive.known(name))?;
        }
    }
    Ok(())
}

/// The package in the version of the emulator that is installed: they share libraries and data.
fn find(archive: &Archive, name: &str) -> Option<String> {
    let asked = ["--show", "--showformat=${Version}", "qemu-system-x86"];
    let version = Run::new("dpkg-query").args(asked).output().ok()?;
    archive.known(&format!("{name}={}", version.trim()))
}
