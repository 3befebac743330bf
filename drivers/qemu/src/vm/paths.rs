//! Where the files of one VM are.

use std::path::PathBuf;

use driver::Layout;

use super::DRIVER;
use crate::domain::{bus_socket_path, directory_name};

/// The files and directories of one active VM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// `/var/lib/libvirt/qemu/domain-ID-NAME`: QEMU's own directory.
    pub lib: PathBuf,
    /// The monitor's socket in it.
    pub monitor: PathBuf,
    /// `/run/libvirt/qemu/channel/ID-NAME`: sockets of guest channels.
    pub channels: PathBuf,
    /// `/run/libvirt/qemu/passt/ID-NAME`: where the names of sockets and pid files of passt begin.
    pub passt: PathBuf,
    /// `/run/libvirt/qemu/swtpm/ID-NAME-swtpm.sock`: the emulated TPM.
    pub swtpm: PathBuf,
    /// `/run/libvirt/qemu/dbus/ID-NAME-dbus.sock`: the bus that the guest has to itself.
    pub bus: PathBuf,
    /// `/run/libvirt/qemu/ID-NAME`: where the names of the pid files of helpers begin.
    pub helpers: PathBuf,
    /// `/run/libvirt/qemu/NAME.pid`
    pub pid: PathBuf,
    /// `/var/log/libvirt/qemu/NAME.log`
    pub log: PathBuf,
}

impl Paths {
    /// The paths of the VM `name` that is active as `id`.
    pub fn new(layout: &Layout, id: i32, name: &str) -> Self {
        let directory = directory_name(id, name);
        let short = directory.strip_prefix("domain-").unwrap_or(&directory);
        let lib = layout.lib_dir(DRIVER).join(&directory);
        Self {
            monitor: lib.join("monitor.sock"),
            lib,
            channels: layout.state_dir(DRIVER).join("channel").join(short),
            passt: layout.state_dir(DRIVER).join("passt").join(short),
            swtpm: layout
                .state_dir(DRIVER)
                .join("swtpm")
                .join(format!("{short}-swtpm.sock")),
            bus: bus_socket_path(&layout.state_dir(DRIVER).join("channel"), id, name),
            helpers: layout.state_dir(DRIVER).join(short),
            pid: layout.state_dir(DRIVER).join(format!("{name}.pid")),
            log: layout.log_dir(DRIVER).join(format!("{name}.log")),
        }
    }

    /// The key under which QEMU is told secrets.
    pub fn master_key(&self) -> PathBuf {
        self.lib.join("master-key.aes")
    }

    /// `/run/libvirt/qemu/ID-NAME-HELPER.pid`
    pub fn pid_file_of(&self, helper: &str) -> PathBuf {
        let mut name = self.helpers.as_os_str().to_owned();
        name.push(format!("-{helper}.pid"));
        PathBuf::from(name)
    }

    /// `/var/log/libvirt/qemu/NAME-HELPER.log`
    pub fn log_of(&self, helper: &str) -> PathBuf {
        let name = self.log.file_stem().unwrap_or_default().to_string_lossy();
        self.log.with_file_name(format!("{name}-{helper}.log"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_are_libvirts() {
        let paths = Paths::new(&Layout::system(), 3, "web");
        assert_eq!(
            paths.monitor,
            PathBuf::from("/var/lib/libvirt/qemu/domain-3-web/monitor.sock")
        );
        assert_eq!(
            paths.channels,
            PathBuf::from("/run/libvirt/qemu/channel/3-web")
        );
        assert_eq!(paths.pid, PathBuf::from("/run/libvirt/qemu/web.pid"));
        assert_eq!(paths.log, PathBuf::from("/var/log/libvirt/qemu/web.log"));
    }
}
