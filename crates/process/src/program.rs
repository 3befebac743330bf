//! The fixed list of programs that may be started, and where each is looked for.

use std::fmt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD, accessat};

/// Directories of the distribution's programs, in order. `$PATH` is never consulted: it belongs
/// to whoever started us.
const SYSTEM: &[&str] = &[
    "/usr/bin",
    "/usr/sbin",
    "/usr/local/bin",
    "/usr/local/sbin",
    "/bin",
    "/sbin",
];

/// Directories of helper programs that are not meant to be called by people.
const HELPERS: &[&str] = &[
    "/usr/libexec",
    "/usr/lib/qemu",
    "/usr/libexec/qemu",
    "/usr/local/libexec",
    "/usr/lib",
];

/// A program that may be started.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Program {
    /// A hypervisor's emulator, by the absolute path in the domain's document (`<emulator>`).
    Emulator(PathBuf),
    /// One of our own daemons, by its name (`virtqemud`): looked for beside the running program
    /// first, then among the system's programs.
    Daemon(DaemonName),
    /// What brings up or takes down the host's end of an interface, by the absolute path in the domain's document
    /// (`<script>`, `<downscript>`).
    InterfaceScript(PathBuf),
    /// A bus between processes, for one guest alone.
    DbusDaemon,
    /// DHCP and DNS of a virtual network.
    Dnsmasq,
    /// Network devices, addresses and routes.
    Ip,
    /// Ports of MidoNet.
    MmCtl,
    /// Advice where on the host a guest should be.
    Numad,
    /// Ports of Open vSwitch.
    OvsVsctl,
    /// Creates `user` mode networking outside of QEMU.
    Passt,
    /// Creates tap devices for unprivileged users.
    QemuBridgeHelper,
    /// Creates and converts disk images.
    QemuImg,
    /// Exports disk images.
    QemuNbd,
    /// Persistent reservations for SCSI devices.
    QemuPrHelper,
    /// The command line's own language, for the editor that a user named with its arguments.
    Shell,
    /// The secure shell, for remote connections.
    Ssh,
    /// The emulated TPM.
    Swtpm,
    /// Prepares the state of an emulated TPM.
    SwtpmSetup,
    /// Limits of bandwidth.
    Tc,
    /// A server of a device outside of QEMU, by the absolute path in the domain's document or in the distribution's
    /// description of it.
    VhostUser(PathBuf),
    /// Shared directories.
    Virtiofsd,
}

/// The name of one of our own daemons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DaemonName {
    /// Host interfaces.
    Virtinterfaced,
    /// Locks on disks.
    Virtlockd,
    /// Logs of emulators.
    Virtlogd,
    /// Virtual networks.
    Virtnetworkd,
    /// Host devices.
    Virtnodedevd,
    /// Network filters.
    Virtnwfilterd,
    /// Remote access and the relay.
    Virtproxyd,
    /// QEMU.
    Virtqemud,
    /// Secrets.
    Virtsecretd,
    /// Storage pools.
    Virtstoraged,
}

/// Why a program cannot be started at all.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// The path of an emulator is relative.
    #[error("'{}' is not an absolute path: name the program by its full path", .0.display())]
    NotAbsolute(PathBuf),
    /// No file at the path.
    #[error("'{}' does not exist: install it or correct the path", .0.display())]
    Missing(PathBuf),
    /// The path is a directory, device or socket.
    #[error("'{}' is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// The file cannot be executed by us.
    #[error("'{}' is not executable", .path.display())]
    NotExecutable {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: std::io::Error,
    },
    /// A program of the fixed list is in none of its directories.
    #[error("program '{name}' is not installed (looked in {})", list(.searched))]
    NotInstalled {
        /// The file name looked for.
        name: &'static str,
        /// The directories, in order.
        searched: Vec<PathBuf>,
    },
}

impl Program {
    /// The absolute path of the program on this host, checked to be an executable file.
    ///
    /// # Errors
    /// When it is not there or cannot be executed.
    pub fn locate(&self) -> Result<PathBuf, ProgramError> {
        match self {
            Program::Emulator(path) | Program::InterfaceScript(path) | Program::VhostUser(path) => {
                check(path).map(|()| path.clone())
            }
            other => find(other.file_name(), other.directories()),
        }
    }

    /// The directories in which a program of the fixed list is looked for.
    fn directories(&self) -> Vec<PathBuf> {
        let own = match self {
            Program::Daemon(_) => std::env::current_exe().ok(),
            _ => None,
        };
        let own = own.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let system = SYSTEM.iter().chain(HELPERS).map(PathBuf::from);
        own.into_iter().chain(system).collect()
    }

    fn file_name(&self) -> &'static str {
        match self {
            Program::Emulator(_) => "emulator",
            Program::InterfaceScript(_) => "script",
            Program::Daemon(daemon) => daemon.as_str(),
            Program::DbusDaemon => "dbus-daemon",
            Program::Dnsmasq => "dnsmasq",
            Program::Ip => "ip",
            Program::MmCtl => "mm-ctl",
            Program::Numad => "numad",
            Program::OvsVsctl => "ovs-vsctl",
            Program::Passt => "passt",
            Program::QemuBridgeHelper => "qemu-bridge-helper",
            Program::QemuImg => "qemu-img",
            Program::QemuNbd => "qemu-nbd",
            Program::QemuPrHelper => "qemu-pr-helper",
            Program::Shell => "sh",
            Program::Ssh => "ssh",
            Program::Swtpm => "swtpm",
            Program::SwtpmSetup => "swtpm_setup",
            Program::Tc => "tc",
            Program::VhostUser(_) => "a vhost-user server",
            Program::Virtiofsd => "virtiofsd",
        }
    }
}

impl DaemonName {
    /// The daemon's file name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            DaemonName::Virtinterfaced => "virtinterfaced",
            DaemonName::Virtlockd => "virtlockd",
            DaemonName::Virtlogd => "virtlogd",
            DaemonName::Virtnetworkd => "virtnetworkd",
            DaemonName::Virtnodedevd => "virtnodedevd",
            DaemonName::Virtnwfilterd => "virtnwfilterd",
            DaemonName::Virtproxyd => "virtproxyd",
            DaemonName::Virtqemud => "virtqemud",
            DaemonName::Virtsecretd => "virtsecretd",
            DaemonName::Virtstoraged => "virtstoraged",
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Program::Emulator(path) | Program::InterfaceScript(path) | Program::VhostUser(path) => {
                write!(f, "{}", path.display())
            }
            other => f.write_str(other.file_name()),
        }
    }
}

fn find(name: &'static str, searched: Vec<PathBuf>) -> Result<PathBuf, ProgramError> {
    let found = searched
        .iter()
        .map(|dir| dir.join(name))
        .find(|path| check(path).is_ok());
    found.ok_or(ProgramError::NotInstalled { name, searched })
}

fn check(path: &Path) -> Result<(), ProgramError> {
    if !path.is_absolute() {
        return Err(ProgramError::NotAbsolute(path.to_path_buf()));
    }
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(ProgramError::Missing(path.to_path_buf()));
        }
        Err(source) => {
            return Err(ProgramError::NotExecutable {
                path: path.to_path_buf(),
                source,
            });
        }
        Ok(meta) if !meta.is_file() => return Err(ProgramError::NotAFile(path.to_path_buf())),
        Ok(_) => {}
    }
    accessat(CWD, path, Access::EXEC_OK, AtFlags::EACCESS).map_err(|e| {
        ProgramError::NotExecutable {
            path: path.to_path_buf(),
            source: e.into(),
        }
    })
}

fn list(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|p| p.display().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Program, ProgramError};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_emulator_must_be_an_absolute_executable_file() {
        let dir = tempfile::tempdir().unwrap();
        let plain = dir.path().join("plain");
        std::fs::File::create(&plain).unwrap();
        let locate = |p: &std::path::Path| Program::Emulator(p.into()).locate();

        assert!(matches!(
            locate("sh".as_ref()),
            Err(ProgramError::NotAbsolute(_))
        ));
        assert!(matches!(
            locate("/no/such".as_ref()),
            Err(ProgramError::Missing(_))
        ));
        assert!(matches!(locate(dir.path()), Err(ProgramError::NotAFile(_))));
        assert!(matches!(
            locate(&plain),
            Err(ProgramError::NotExecutable { .. })
        ));
        std::fs::set_permissions(&plain, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(locate(&plain).unwrap(), plain);
    }

    #[test]
    fn a_missing_helper_names_every_directory_searched() {
        let error = super::find("no-such-program", vec!["/usr/bin".into(), "/sbin".into()]);
        assert_eq!(
            error.unwrap_err().to_string(),
            "program 'no-such-program' is not installed (looked in /usr/bin, /sbin)"
        );
    }
}
