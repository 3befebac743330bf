//! Where the helpers of a guest are found: the pid file and the log of each, as libvirt names them.

use std::fs;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use documents::domain::{Domain, FilesystemDriverKind, Graphics};
use process::{Spawn, Stdio};

use crate::devices::filesystem::{driver, mounted};
use crate::devices::video::is_vhost_user;
use crate::vm::paths::Paths;
use crate::vm::swtpm;

/// The place of one helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// What it is: `swtpm`.
    pub(crate) what: &'static str,
    /// `/run/libvirt/qemu/…/ID-NAME-swtpm.pid`
    pub(crate) pid_file: PathBuf,
    /// `/var/log/libvirt/qemu/NAME-swtpm.log`: what it says.
    pub(crate) log: PathBuf,
}

impl Place {
    /// Of the emulated TPM.
    pub(crate) fn swtpm(paths: &Paths) -> Self {
        Self {
            what: "swtpm",
            pid_file: paths.swtpm.with_extension("pid"),
            log: paths.log_of("swtpm"),
        }
    }

    /// Of the server of the folder with this alias.
    pub(crate) fn virtiofsd(paths: &Paths, alias: &str) -> Self {
        Self {
            what: "virtiofsd",
            pid_file: paths.pid_file_of(&format!("{alias}-fs")),
            log: paths.log_of(&format!("{alias}-virtiofsd")),
        }
    }

    /// Of what draws for the video card with this alias.
    pub(crate) fn painter(paths: &Paths, alias: &str) -> Self {
        let name = format!("{alias}-vhost-user-gpu");
        Self {
            what: "vhost-user-gpu",
            pid_file: paths.pid_file_of(&name),
            log: paths.log_of(&name),
        }
    }

    /// Of the guest's own bus.
    pub(crate) fn bus(paths: &Paths) -> Self {
        Self {
            what: "dbus-daemon",
            pid_file: paths.bus.with_extension("pid"),
            log: paths.log_of("dbus"),
        }
    }

    /// All that the guest of a live document has.
    pub(crate) fn all(document: &Domain, paths: &Paths) -> Vec<Self> {
        let devices = &document.devices;
        let tpm = swtpm::emulator(document).map(|_| Self::swtpm(paths));
        let folders = devices.filesystems.iter().filter(|filesystem| {
            driver(filesystem) == FilesystemDriverKind::Virtiofs && mounted(filesystem).1.is_none()
        });
        let folders = folders.filter_map(|filesystem| filesystem.info.alias.as_deref());
        let videos = devices.videos.iter().filter(|video| is_vhost_user(video));
        let videos = videos.filter_map(|video| video.info.alias.as_deref());
        let bus = bus_socket(document).map(|_| Self::bus(paths));
        tpm.into_iter()
            .chain(folders.map(|alias| Self::virtiofsd(paths, alias)))
            .chain(videos.map(|alias| Self::painter(paths, alias)))
            .chain(bus)
            .collect()
    }

    /// Has a program that is about to start write its number and its words here.
    ///
    /// # Errors
    /// When the log cannot be opened.
    pub(crate) fn furnish(&self, spawn: &mut Spawn) -> io::Result<()> {
        if let Some(folder) = self.log.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut log = fs::File::options();
        let log = log.create(true).append(true).mode(0o600).open(&self.log)?;
        spawn
            .pid_file(&self.pid_file)
            .stdout(Stdio::Fd(log.try_clone()?.into()))
            .stderr(Stdio::Fd(log.into()));
        Ok(())
    }
}

/// What the bus at this socket is told.
pub(crate) fn bus_configuration(socket: &Path) -> PathBuf {
    socket.with_extension("conf")
}

/// The files of a bus that was made for a guest alone.
pub(crate) fn bus_files(document: &Domain) -> impl Iterator<Item = PathBuf> {
    let socket = bus_socket(document).into_iter();
    socket.flat_map(|socket| [bus_configuration(&socket), socket])
}

/// The socket of a bus that was made for a guest alone.
pub(crate) fn bus_socket(document: &Domain) -> Option<PathBuf> {
    let mut graphics = document.devices.graphics.iter();
    graphics.find_map(|graphics| match graphics {
        Graphics::Dbus(dbus) if dbus.from_config.as_deref() == Some("yes") => {
            let path = dbus.address.as_deref()?.strip_prefix("unix:path=")?;
            Some(PathBuf::from(path))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::Layout;

    #[test]
    fn the_places_are_libvirts() {
        let text = "<domain type='qemu'><name>web.1</name><devices>\
            <filesystem type='mount'><driver type='virtiofs'/><source dir='/a'/><target dir='a'/>\
            <alias name='fs0'/></filesystem>\
            <filesystem type='mount'><source dir='/b'/><target dir='b'/><alias name='fs1'/></filesystem>\
            <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>\
            <graphics type='dbus' fromConfig='yes' \
            address='unix:path=/run/libvirt/qemu/dbus/3-web.1-dbus.sock'/>\
            <video><driver name='vhostuser'/><model type='virtio'/><alias name='video0'/></video>\
            </devices></domain>";
        let document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let paths = Paths::new(&Layout::system(), 3, "web.1");
        let places = Place::all(&document, &paths);
        let found: Vec<_> = places
            .iter()
            .map(|place| {
                (
                    place.pid_file.to_str().unwrap(),
                    place.log.to_str().unwrap(),
                )
            })
            .collect();
        let expected = [
            ("swtpm/3-web.1-swtpm.pid", "web.1-swtpm.log"),
            ("3-web.1-fs0-fs.pid", "web.1-fs0-virtiofsd.log"),
            (
                "3-web.1-video0-vhost-user-gpu.pid",
                "web.1-video0-vhost-user-gpu.log",
            ),
            ("dbus/3-web.1-dbus.pid", "web.1-dbus.log"),
        ]
        .map(|(pid, log)| {
            (
                format!("/run/libvirt/qemu/{pid}"),
                format!("/var/log/libvirt/qemu/{log}"),
            )
        });
        let expected: Vec<_> = expected.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(found, expected);
        assert_eq!(bus_socket(&document), Some(paths.bus.clone()));
    }
}
