//! User networking outside of QEMU. Installed, it would be what documents mean on this host; the test of it names it.

use std::path::Path;

use super::package::{self, Archive};
use crate::error::Error;

/// The package.
const PACKAGE: &str = "passt";

/// Unpacks the program below a directory, fetched when there is none yet: `unpacked/usr/bin/passt`.
pub(super) fn unpacked(archive: &Archive, place: &Path) -> Result<(), Error> {
    let program = place.join("unpacked/usr/bin/passt");
    if !program.is_file() {
        package::unpack(archive, place, PACKAGE, || archive.known(PACKAGE))?;
    }
    match program.is_file() {
        true => Ok(()),
        false => Err(Error::NoPackage(PACKAGE)),
    }
}
