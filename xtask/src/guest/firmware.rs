//! UEFI for guests. Installed, it would be what every `firmware='efi'` of this host means; the tests name it instead.

use std::path::{Path, PathBuf};

use super::package::{self, Archive};
use crate::error::Error;

/// The package of UEFI firmware for 64-bit PCs.
const PACKAGE: &str = "ovmf";

/// Unpacks the firmware below a directory, fetched when there is none yet: `unpacked/usr/share/OVMF`.
pub(super) fn unpacked(archive: &Archive, place: &Path) -> Result<PathBuf, Error> {
    let folder = place.join("unpacked/usr/share/OVMF");
    if !folder.is_dir() {
        package::unpack(archive, place, PACKAGE, || archive.known(PACKAGE))?;
    }
    match folder.is_dir() {
        true => Ok(folder),
        false => Err(Error::NoPackage(PACKAGE)),
    }
}
