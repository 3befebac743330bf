//! Where things are on disk: the one type that knows the directories and socket names.

mod instance;
mod short_path;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use instance::{Instance, InstanceError};
pub use short_path::{
    SocketPath, SocketPathError, connect, fits_socket_address, listen, open_directory,
};

/// The directories of one installation.
///
/// The paths are those of libvirt, so that a host moves in either direction without conversion:
/// `/etc/libvirt` and its relatives for the system, the XDG directories for a session, and
/// everything below one directory for `--root DIR` and the embedded URI's `root=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    scope: Scope,
    config: PathBuf,
    state: PathBuf,
    lib: PathBuf,
    cache: PathBuf,
    log: PathBuf,
}

/// Whose installation a [`Layout`] describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The host's own, run by root.
    System,
    /// One user's.
    Session,
    /// A private tree below one directory.
    Root,
}

/// What the layout of a session depends on: the user's environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionEnv {
    /// `HOME`, the base of what is not set.
    pub home: PathBuf,
    /// `XDG_CONFIG_HOME`; the default is `~/.config`.
    pub config_home: Option<PathBuf>,
    /// `XDG_CACHE_HOME`; the default is `~/.cache`.
    pub cache_home: Option<PathBuf>,
    /// `XDG_RUNTIME_DIR`; without it sockets and state live in the cache directory.
    pub runtime_dir: Option<PathBuf>,
}

/// The sockets that a daemon listens on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SocketKind {
    /// `NAME-sock`: everything that the caller is permitted.
    ReadWrite,
    /// `NAME-sock-ro`: connections are read-only. The system's only.
    ReadOnly,
    /// `NAME-admin-sock`: the admin program.
    Admin,
}

impl Layout {
    /// The layout of the host's own daemons.
    #[must_use]
    pub fn system() -> Self {
        Self {
            scope: Scope::System,
            config: "/etc/libvirt".into(),
            state: "/run/libvirt".into(),
            lib: "/var/lib/libvirt".into(),
            cache: "/var/cache/libvirt".into(),
            log: "/var/log/libvirt".into(),
        }
    }

    /// The layout of one user's daemons.
    #[must_use]
    pub fn session(env: &SessionEnv) -> Self {
        let home = |given: &Option<PathBuf>, default: &str| {
            given
                .clone()
                .unwrap_or_else(|| env.home.join(default))
                .join("libvirt")
        };
        let cache = home(&env.cache_home, ".cache");
        let config = home(&env.config_home, ".config");
        Self {
            scope: Scope::Session,
            state: env
                .runtime_dir
                .as_ref()
                .map_or_else(|| cache.clone(), |dir| dir.join("libvirt")),
            lib: config.clone(),
            log: cache.clone(),
            config,
            cache,
        }
    }

    /// A private tree: `DIR/{etc,run,lib,cache,log}` stand for the five system directories.
    ///
    /// `dir` is made absolute against the current directory, since daemons change theirs.
    #[must_use]
    pub fn root(dir: impl AsRef<Path>) -> Self {
        let dir = std::path::absolute(dir.as_ref()).unwrap_or_else(|_| dir.as_ref().to_owned());
        Self {
            scope: Scope::Root,
            config: dir.join("etc"),
            state: dir.join("run"),
            lib: dir.join("lib"),
            cache: dir.join("cache"),
            log: dir.join("log"),
        }
    }

    /// Whose installation this is.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// `/etc/libvirt`: the configuration files of the daemons (`virtqemud.conf`, `qemu.conf`).
    #[must_use]
    pub fn config_base(&self) -> &Path {
        &self.config
    }

    /// `/run/libvirt`: sockets and everything else that does not outlive the host's boot.
    #[must_use]
    pub fn state_base(&self) -> &Path {
        &self.state
    }

    /// `/var/lib/libvirt`.
    #[must_use]
    pub fn lib_base(&self) -> &Path {
        &self.lib
    }

    /// `/var/cache/libvirt`.
    #[must_use]
    pub fn cache_base(&self) -> &Path {
        &self.cache
    }

    /// `/var/log/libvirt`.
    #[must_use]
    pub fn log_base(&self) -> &Path {
        &self.log
    }

    /// `/etc/libvirt/<driver>`: the persistent XML of a driver's objects.
    #[must_use]
    pub fn config_dir(&self, driver: &str) -> PathBuf {
        self.config.join(driver)
    }

    /// `/etc/libvirt/<driver>/autostart`: links to what starts with the host.
    #[must_use]
    pub fn autostart_dir(&self, driver: &str) -> PathBuf {
        self.config_dir(driver).join("autostart")
    }

    /// `/run/libvirt/<driver>`: the status files of what runs.
    #[must_use]
    pub fn state_dir(&self, driver: &str) -> PathBuf {
        self.nested(&self.state, driver, "run")
    }

    /// `/var/lib/libvirt/<driver>`: saved guests, NVRAM, channel sockets.
    #[must_use]
    pub fn lib_dir(&self, driver: &str) -> PathBuf {
        self.nested(&self.lib, driver, "lib")
    }

    /// `/var/cache/libvirt/<driver>`: what can be found out again.
    #[must_use]
    pub fn cache_dir(&self, driver: &str) -> PathBuf {
        self.nested(&self.cache, driver, "cache")
    }

    /// `/var/log/libvirt/<driver>`: the output of the guests' processes.
    #[must_use]
    pub fn log_dir(&self, driver: &str) -> PathBuf {
        self.nested(&self.log, driver, "log")
    }

    /// The socket of a daemon: `/run/libvirt/virtqemud-sock`, `-sock-ro`, `-admin-sock`.
    #[must_use]
    pub fn socket(&self, daemon: &str, kind: SocketKind) -> PathBuf {
        // The monolithic daemon and the proxy answer under the library's own name.
        let stem = match daemon {
            "libvirtd" | "virtproxyd" => "libvirt",
            other => other,
        };
        let suffix = match kind {
            SocketKind::ReadWrite => "sock",
            SocketKind::ReadOnly => "sock-ro",
            SocketKind::Admin => "admin-sock",
        };
        self.state.join(format!("{stem}-{suffix}"))
    }

    /// The file that holds a daemon's process id and its lock: one instance per layout.
    #[must_use]
    pub fn pid_file(&self, daemon: &str) -> PathBuf {
        match self.scope {
            Scope::System => PathBuf::from("/run").join(format!("{daemon}.pid")),
            Scope::Session | Scope::Root => self.state.join(format!("{daemon}.pid")),
        }
    }

    /// A session shares one base among drivers and kinds, so that the kind is a directory of its
    /// own below the driver (`~/.cache/libvirt/qemu/log`).
    fn nested(&self, base: &Path, driver: &str, kind: &str) -> PathBuf {
        let dir = base.join(driver);
        match self.scope {
            Scope::Session => dir.join(kind),
            Scope::System | Scope::Root => dir,
        }
    }
}

impl SessionEnv {
    /// Reads the environment of this process; `home` is used where `HOME` is not set.
    #[must_use]
    pub fn from_process(home: &Path) -> Self {
        Self::from_lookup(home, |name| env::var_os(name))
    }

    /// Reads an environment through `lookup`. Relative and empty values count as unset, as the
    /// XDG base directory specification demands.
    fn from_lookup(home: &Path, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let path = |name| {
            lookup(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        Self {
            home: path("HOME").unwrap_or_else(|| home.to_owned()),
            config_home: path("XDG_CONFIG_HOME"),
            cache_home: path("XDG_CACHE_HOME"),
            runtime_dir: path("XDG_RUNTIME_DIR"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: impl AsRef<Path>, expected: &str) {
        assert_eq!(path.as_ref(), Path::new(expected));
    }

    #[test]
    fn the_system_uses_libvirts_directories() {
        let layout = Layout::system();
        check(layout.config_dir("qemu"), "/etc/libvirt/qemu");
        check(layout.autostart_dir("qemu"), "/etc/libvirt/qemu/autostart");
        check(layout.state_dir("qemu"), "/run/libvirt/qemu");
        check(layout.lib_dir("qemu"), "/var/lib/libvirt/qemu");
        check(layout.cache_dir("qemu"), "/var/cache/libvirt/qemu");
        check(layout.log_dir("qemu"), "/var/log/libvirt/qemu");
        check(layout.pid_file("virtqemud"), "/run/virtqemud.pid");
        check(
            layout.socket("virtqemud", SocketKind::ReadWrite),
            "/run/libvirt/virtqemud-sock",
        );
        check(
            layout.socket("virtqemud", SocketKind::ReadOnly),
            "/run/libvirt/virtqemud-sock-ro",
        );
        check(
            layout.socket("virtproxyd", SocketKind::Admin),
            "/run/libvirt/libvirt-admin-sock",
        );
    }

    #[test]
    fn a_session_uses_the_xdg_directories() {
        let env = SessionEnv {
            home: "/home/me".into(),
            runtime_dir: Some("/run/user/7".into()),
            ..SessionEnv::default()
        };
        let layout = Layout::session(&env);
        check(layout.config_dir("qemu"), "/home/me/.config/libvirt/qemu");
        check(layout.lib_dir("qemu"), "/home/me/.config/libvirt/qemu/lib");
        check(
            layout.cache_dir("qemu"),
            "/home/me/.cache/libvirt/qemu/cache",
        );
        check(layout.log_dir("qemu"), "/home/me/.cache/libvirt/qemu/log");
        check(layout.state_dir("qemu"), "/run/user/7/libvirt/qemu/run");
        check(
            layout.pid_file("virtqemud"),
            "/run/user/7/libvirt/virtqemud.pid",
        );
        check(
            layout.socket("virtqemud", SocketKind::ReadWrite),
            "/run/user/7/libvirt/virtqemud-sock",
        );
    }

    #[test]
    fn a_session_without_a_runtime_directory_uses_the_cache() {
        let env = SessionEnv {
            home: "/home/me".into(),
            ..SessionEnv::default()
        };
        check(
            Layout::session(&env).state_base(),
            "/home/me/.cache/libvirt",
        );
    }

    #[test]
    fn a_root_holds_everything() {
        let layout = Layout::root("/srv/vms");
        check(layout.config_dir("qemu"), "/srv/vms/etc/qemu");
        check(layout.state_dir("qemu"), "/srv/vms/run/qemu");
        check(layout.log_dir("qemu"), "/srv/vms/log/qemu");
        check(
            layout.socket("virtqemud", SocketKind::ReadWrite),
            "/srv/vms/run/virtqemud-sock",
        );
        check(layout.pid_file("virtqemud"), "/srv/vms/run/virtqemud.pid");
    }

    #[test]
    fn relative_values_in_the_environment_count_as_unset() {
        let env = SessionEnv::from_lookup(Path::new("/root"), |name| {
            Some(if name == "XDG_CACHE_HOME" {
                "/c".into()
            } else {
                "relative".into()
            })
        });
        assert_eq!(env.home, Path::new("/root"));
        assert_eq!(env.config_home, None);
        assert_eq!(env.cache_home.as_deref(), Some(Path::new("/c")));
    }
}
