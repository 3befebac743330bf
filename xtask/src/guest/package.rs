//! A package of the distribution: fetched and unpacked, not installed. The host stays as it was.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::files;
use crate::run::Run;

/// Puts the content of a package into `unpacked` below a directory. `name` is what people call it, `find` tells the
/// package that it is on this machine, if the machine knows it.
///
/// # Errors
/// When the archive has no such package, or it cannot be unpacked.
pub(super) fn unpack(
    place: &Path,
    name: &'static str,
    find: impl Fn() -> Option<String>,
) -> Result<(), Error> {
    fs::create_dir_all(place).map_err(Error::file(place))?;
    let package = match find() {
        Some(package) => package,
        None => {
            // A machine that never asked its archive knows no packages.
            Run::as_root("apt-get").args(["update", "--quiet"]).go()?;
            find().ok_or(Error::NoPackage(name))?
        }
    };
    println!("guest: fetching {package}");
    let download = Run::new("apt-get")
        .args(["download", "--quiet", &package])
        .dir(place);
    download.output()?;
    let file = files::walk(place, &|_| false)?
        .into_iter()
        .find(|path| is_package(path));
    let file = file.ok_or(Error::NoPackage(name))?;
    // Renamed when complete, so that an interrupted run leaves nothing that looks finished.
    let (partial, whole) = (place.join("partial"), place.join("unpacked"));
    let _ = fs::remove_dir_all(&partial);
    Run::new("dpkg-deb")
        .arg("-x")
        .arg(&file)
        .arg(&partial)
        .go()?;
    fs::rename(&partial, &whole).map_err(Error::file(&whole))?;
    fs::remove_file(&file).map_err(Error::file(&file))
}

/// The package, if the machine's archive is known to have it.
pub(super) fn known(name: &str) -> Option<String> {
    let shown = Run::new("apt-cache").args(["show", name]).output();
    let text = shown.unwrap_or_default();
    text.lines()
        .any(|line| line == format!("Package: {name}"))
        .then(|| name.to_owned())
}

fn is_package(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "deb")
}
