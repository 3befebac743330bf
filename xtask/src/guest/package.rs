//! A package of the distribution: fetched and unpacked, not installed. The host stays as it was.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::files;
use crate::run::Run;

/// The distribution's archive, as seen from a machine of one architecture.
#[derive(Debug, Default)]
pub(super) struct Archive {
    options: Vec<String>,
}

impl Archive {
    /// The archive that this machine uses.
    pub(super) fn of_this_machine() -> Self {
        Self::default()
    }

    /// The archive as a machine of another architecture sees it, with lists of its own below a directory: this machine
    /// learns nothing of that architecture.
    ///
    /// # Errors
    /// When this machine's archive is not known, or the directory cannot be written.
    pub(super) fn foreign(place: &Path, architecture: &str) -> Result<Self, Error> {
        for folder in ["lists/partial", "cache/archives/partial"] {
            let folder = place.join(folder);
            fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        }
        let (status, sources) = (place.join("status"), place.join("sources.list"));
        files::replace(&status, b"")?;
        files::replace(&sources, own_source()?.as_bytes())?;
        let options = [
            format!("APT::Architecture={architecture}"),
            format!("APT::Architectures={architecture}"),
            format!("Dir::State={}", place.display()),
            format!("Dir::State::status={}", status.display()),
            format!("Dir::Cache={}", place.join("cache").display()),
            format!("Dir::Etc::sourcelist={}", sources.display()),
            "Dir::Etc::sourceparts=-".to_owned(),
            // Lists that only software centres read.
            "Acquire::Languages=none".to_owned(),
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false".to_owned(),
            "APT::Sandbox::User=".to_owned(),
        ];
        Ok(Self {
            options: options.into(),
        })
    }

    /// The package, if the archive is known to have it. A version may follow the name: `NAME=VERSION`.
    pub(super) fn known(&self, name: &str) -> Option<String> {
        let shown = self.run("apt-cache").args(["show", name]).output();
        let text = shown.unwrap_or_default();
        let plain = name.split('=').next().unwrap_or(name);
        text.lines()
            .any(|line| line == format!("Package: {plain}"))
            .then(|| name.to_owned())
    }

    /// What a package depends on, as `apt-cache` prints it.
    pub(super) fn dependencies(&self, name: &str) -> String {
        let shown = self.run("apt-cache").args(["depends", name]).output();
        shown.unwrap_or_default()
    }

    fn update(&self) -> Result<(), Error> {
        let get = match self.options.is_empty() {
            true => Run::as_root("apt-get"),
            false => self.run("apt-get"),
        };
        get.args(["update", "--quiet"]).go()
    }

    fn run(&self, program: &str) -> Run {
        self.options
            .iter()
            .fold(Run::new(program), |run, option| run.arg("-o").arg(option))
    }
}

/// Puts the content of a package into `unpacked` below a directory. `name` is what people call it, `find` tells the
/// package that it is on this machine, if the machine knows it.
///
/// # Errors
/// When the archive has no such package, or it cannot be unpacked.
pub(super) fn unpack(
    archive: &Archive,
    place: &Path,
    name: &'static str,
    find: impl Fn() -> Option<String>,
) -> Result<(), Error> {
    fs::create_dir_all(place).map_err(Error::file(place))?;
    let package = match find() {
        Some(package) => package,
        None => {
            // A machine that never asked its archive knows no packages.
            archive.update()?;
            find().ok_or(Error::NoPackage(name))?
        }
    };
    println!("guest: fetching {package}");
    let download = archive
        .run("apt-get")
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

/// The line that names the archive of this machine's release.
fn own_source() -> Result<String, Error> {
    const FORMAT: &str = "deb $(REPO_URI) $(RELEASE) $(COMPONENT)";
    let list = || {
        let asked = ["indextargets", "--format", FORMAT, "Identifier: Packages"];
        let lines = Run::new("apt-get").args(asked).output().unwrap_or_default();
        release(&lines).map(|line| format!("{line}\n"))
    };
    if let Some(line) = list() {
        return Ok(line);
    }
    Archive::of_this_machine().update()?;
    list().ok_or(Error::NoRelease)
}

/// The first line of a release itself: its updates and what is ported back to it have names with a dash.
fn release(lines: &str) -> Option<&str> {
    let mut lines = lines.lines();
    lines.find(|line| {
        let suite = line.split(' ').nth(2);
        suite.is_some_and(|suite| !suite.contains('-'))
    })
}

fn is_package(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "deb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_itself_is_found_among_its_updates() {
        let lines = "deb file:/a x-updates main\ndeb file:/a x main\ndeb file:/a x contrib\n";
        assert_eq!(release(lines), Some("deb file:/a x main"));
        assert_eq!(release(""), None);
    }
}
