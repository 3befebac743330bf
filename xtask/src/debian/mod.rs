//! System packages: what a task needs is installed from the archive that the machine already uses.

mod sources;
mod system;

use std::path::Path;

use crate::error::Error;
use crate::files;
use crate::run::Run;
use system::System;

/// What booting a machine takes; the last one unpacks the modules of newer kernels.
pub(crate) const TO_RUN: [&str; 3] = ["qemu-system-x86", "qemu-utils", "xz-utils"];

/// What the tests take besides: the clients that exist today, and the C daemon to compare with.
pub(crate) const TO_TEST: [&str; 12] = [
    "qemu-system-x86",
    "qemu-utils",
    "xz-utils",
    "libvirt-clients",
    "libvirt-daemon-system",
    "libvirt-daemon-driver-qemu",
    "python3-libvirt",
    "virtinst",
    "libvirt-dev",
    "dnsmasq-base",
    "swtpm",
    "swtpm-tools",
];

/// The suite with a newer QEMU, for the one release whose own is too old to sit beside newer tools.
const BACKPORTS: (&str, &str) = ("bookworm", "bookworm-backports");

/// Where the suite is enabled, when this task enables it.
const OUR_SOURCE: &str = "etc/apt/sources.list.d/ferrovirt-backports.sources";

/// Installs the packages that are missing, saying which; says so too when none is.
pub(crate) fn ensure(packages: &[&str]) -> Result<(), Error> {
    let root = Path::new("/");
    let system = System::read(root)?;
    if !system.is_debian_family() {
        return on_another_family(&system);
    }
    let missing = missing(packages);
    if missing.is_empty() {
        println!("packages: all present");
        return Ok(());
    }
    println!("packages: installing {}", missing.join(" "));
    let suite = if system.codename == BACKPORTS.0 {
        Some(enable_backports(root)?)
    } else {
        None
    };
    Run::as_root("apt-get").args(["update", "--quiet"]).go()?;
    let install = Run::as_root("env")
        .arg("DEBIAN_FRONTEND=noninteractive")
        .arg("apt-get");
    let install = install.args(["install", "--quiet", "--yes", "--no-install-recommends"]);
    let install = suite
        .into_iter()
        .fold(install, |install, suite| install.args(["-t", suite]));
    install.args(&missing).go()
}

/// Another family's packages have other names, but the programs are the same.
fn on_another_family(system: &System) -> Result<(), Error> {
    const PROGRAMS: [&str; 2] = ["qemu-system-x86_64", "qemu-img"];
    let absent: Vec<_> = PROGRAMS
        .into_iter()
        .filter(|program| !Run::new(program).arg("--version").succeeds())
        .collect();
    if absent.is_empty() {
        println!(
            "packages: QEMU is present; {} has no packages known to this task",
            system.name
        );
        return Ok(());
    }
    Err(Error::NotDebian {
        system: system.name.clone(),
        missing: absent.join(", "),
    })
}

fn missing(packages: &[&str]) -> Vec<String> {
    let query = ["--show", "--showformat", "${Package} ${db:Status-Status}\n"];
    // It fails when a package is unknown, and still lists the others; read what it printed.
    let listing = Run::new("dpkg-query")
        .args(query)
        .args(packages)
        .whatever_it_prints();
    not_installed(packages, &listing)
}

fn not_installed(packages: &[&str], listing: &str) -> Vec<String> {
    let installed = |package: &&&str| {
        let line = format!("{package} installed");
        listing.lines().any(|present| present == line)
    };
    packages
        .iter()
        .filter(|package| !installed(package))
        .map(|package| (*package).to_owned())
        .collect()
}

/// Makes the archive's newer suite known, unless it already is.
fn enable_backports(root: &Path) -> Result<&'static str, Error> {
    let (release, suite) = BACKPORTS;
    let known = sources::read(root)?;
    if !known.iter().any(|source| source.has_suite(suite)) {
        let ours = known.iter().find(|source| source.has_suite(release));
        let place = root.join("etc/apt");
        let ours = ours
            .ok_or(Error::NoDebianSource { place })?
            .with_suite(suite);
        println!(
            "packages: enabling {suite} in {}",
            root.join(OUR_SOURCE).display()
        );
        let draft = files::top().join("target/ferrovirt-backports.sources");
        files::replace(&draft, ours.as_bytes())?;
        let install = Run::as_root("install").args(["-m", "644"]).arg(&draft);
        install.arg(root.join(OUR_SOURCE)).go()?;
    }
    Ok(suite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_fully_installed_is_present() {
        let listing = "qemu-utils installed\nlibvirt-dev config-files\n";
        let missing = not_installed(&["qemu-utils", "libvirt-dev", "dnsmasq-base"], listing);
        assert_eq!(missing, ["libvirt-dev", "dnsmasq-base"]);
    }

    #[test]
    fn a_suite_that_is_known_is_not_enabled_again() {
        let room = tempfile::tempdir().unwrap();
        let list = room.path().join("etc/apt/sources.list");
        files::replace(&list, b"deb http://host/debian bookworm-backports main\n").unwrap();
        assert_eq!(enable_backports(room.path()).unwrap(), "bookworm-backports");
        assert!(!room.path().join(OUR_SOURCE).exists());
    }

    #[test]
    fn without_an_archive_there_is_nothing_to_derive_from() {
        let room = tempfile::tempdir().unwrap();
        let failure = enable_backports(room.path()).unwrap_err();
        assert!(matches!(failure, Error::NoDebianSource { .. }), "{failure}");
    }

    #[test]
    fn the_suite_is_enabled_beside_the_release() {
        let room = tempfile::tempdir().unwrap();
        let known = room.path().join("etc/apt/sources.list.d/debian.sources");
        files::replace(
            &known,
            b"Types: deb\nURIs: http://host/debian\nSuites: bookworm\nComponents: main\n",
        )
        .unwrap();
        if rustix::process::geteuid().is_root() {
            enable_backports(room.path()).unwrap();
            let ours = files::text(&room.path().join(OUR_SOURCE)).unwrap();
            assert!(ours.contains("Suites: bookworm-backports"), "{ours}");
        }
    }
}
