//! The sockets: bound here, or passed by the service manager.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, chown};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use layout::{Layout, Scope, SocketKind};
use rustix::fs::Mode;

use crate::failure::StartError;
use crate::settings::{Settings, Sockets};

/// A socket on which clients connect.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) kind: SocketKind,
    pub(crate) socket: UnixListener,
    /// The file, if it is ours to remove.
    path: Option<PathBuf>,
}

/// All sockets of a daemon: those that the service manager passed, or else our own.
pub(crate) fn open(
    layout: &Layout,
    name: &str,
    settings: &Settings,
    inherited: Vec<(String, OwnedFd)>,
) -> Result<Vec<Listener>, StartError> {
    if !inherited.is_empty() {
        return inherited
            .into_iter()
            .map(|(unit, fd)| adopt(name, &unit, fd))
            .collect();
    }
    let kinds: &[SocketKind] = match layout.scope() {
        Scope::Session => &[SocketKind::ReadWrite, SocketKind::Admin],
        Scope::System | Scope::Root => &[
            SocketKind::ReadWrite,
            SocketKind::ReadOnly,
            SocketKind::Admin,
        ],
    };
    kinds
        .iter()
        .map(|kind| bind(layout, name, *kind, settings))
        .collect()
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}

/// Recognises a passed socket by its unit's name, or by its path.
fn adopt(name: &str, unit: &str, fd: OwnedFd) -> Result<Listener, StartError> {
    let socket = UnixListener::from(fd);
    let path = socket
        .local_addr()
        .ok()
        .and_then(|a| a.as_pathname().map(Path::to_path_buf));
    let file = path
        .as_deref()
        .and_then(Path::file_name)
        .and_then(|n| n.to_str())
        .unwrap_or("");
    let all = [
        (SocketKind::ReadWrite, format!("{name}.socket"), "-sock"),
        (
            SocketKind::ReadOnly,
            format!("{name}-ro.socket"),
            "-sock-ro",
        ),
        (
            SocketKind::Admin,
            format!("{name}-admin.socket"),
            "-admin-sock",
        ),
    ];
    let by_unit = all.iter().find(|(_, known, _)| known == unit);
    // The longest ending first: an admin socket ends like an ordinary one.
    let by_path = || all.iter().rev().find(|(.., ending)| file.ends_with(ending));
    let Some((kind, ..)) = by_unit.or_else(by_path) else {
        let expected = all
            .iter()
            .map(|(_, known, _)| known.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        return Err(StartError::UnknownSocket {
            name: unit.to_owned(),
            expected,
        });
    };
    socket
        .set_nonblocking(true)
        .map_err(StartError::Inherited)?;
    Ok(Listener {
        kind: *kind,
        socket,
        path: None,
    })
}

fn bind(
    layout: &Layout,
    name: &str,
    kind: SocketKind,
    settings: &Settings,
) -> Result<Listener, StartError> {
    let path = path(layout, name, kind, &settings.sockets);
    let server = if kind == SocketKind::Admin {
        &settings.admin
    } else {
        &settings.main
    };
    let private = layout.scope() == Scope::Session;
    let (mode, group) = access(&settings.sockets, kind, private);
    match listen(&path, mode, group, server.queued_clients) {
        Ok(socket) => Ok(Listener {
            kind,
            socket,
            path: Some(path),
        }),
        Err(source) => Err(StartError::Listen { path, source }),
    }
}

fn path(layout: &Layout, name: &str, kind: SocketKind, sockets: &Sockets) -> PathBuf {
    let usual = layout.socket(name, kind);
    match (&sockets.directory, usual.file_name()) {
        (Some(directory), Some(file)) => directory.join(file),
        _ => usual,
    }
}

/// The mode and group of a socket. A session's are its user's alone.
fn access(sockets: &Sockets, kind: SocketKind, private: bool) -> (u32, Option<u32>) {
    match kind {
        _ if private => (0o700, None),
        SocketKind::ReadWrite => (sockets.read_write, sockets.group),
        SocketKind::ReadOnly => (sockets.read_only, sockets.group),
        SocketKind::Admin => (sockets.admin, None),
    }
}

/// Binds a socket that is nobody's but ours until its owner and mode are right. No other thread
/// may create files meanwhile: this runs before there are any.
fn listen(path: &Path, mode: u32, group: Option<u32>, queue: u32) -> io::Result<UnixListener> {
    remove_stale(path)?;
    let before = rustix::process::umask(Mode::from_raw_mode(0o177));
    let bound = layout::listen(path);
    rustix::process::umask(before);
    let socket = bound?;
    if let Some(group) = group {
        chown(path, None, Some(group))?;
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    rustix::net::listen(&socket, i32::try_from(queue).unwrap_or(i32::MAX))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Removes what a daemon left that was killed. The lock says that none runs.
fn remove_stale(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.file_type().is_socket() => fs::remove_file(path),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{SocketKind, adopt, open};
    use crate::failure::StartError;
    use crate::settings::Settings;
    use layout::{Layout, SessionEnv};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;

    #[test]
    fn a_root_has_three_sockets_with_their_modes() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::root(dir.path());
        std::fs::create_dir(layout.state_base()).unwrap();
        let mut settings = Settings::default();
        settings.sockets.read_write = 0o770;
        let listeners = open(&layout, "virtqemud", &settings, vec![]).unwrap();
        let mode = |kind| {
            let path = layout.socket("virtqemud", kind);
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777
        };
        assert_eq!(mode(SocketKind::ReadWrite), 0o770);
        assert_eq!(mode(SocketKind::ReadOnly), 0o777);
        assert_eq!(mode(SocketKind::Admin), 0o700);
        layout::connect(&layout.socket("virtqemud", SocketKind::ReadOnly)).unwrap();

        drop(listeners);
        assert_eq!(std::fs::read_dir(layout.state_base()).unwrap().count(), 0);
    }

    #[test]
    fn a_session_has_no_read_only_socket_and_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let env = SessionEnv {
            home: dir.path().to_owned(),
            runtime_dir: Some(dir.path().to_owned()),
            ..SessionEnv::default()
        };
        let layout = Layout::session(&env);
        std::fs::create_dir(layout.state_base()).unwrap();
        let listeners = open(&layout, "virtqemud", &Settings::default(), vec![]).unwrap();
        assert_eq!(listeners.len(), 2);
        assert!(listeners.iter().all(|l| l.kind != SocketKind::ReadOnly));
    }

    #[test]
    fn what_a_killed_daemon_left_is_replaced_and_other_files_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::root(dir.path());
        std::fs::create_dir(layout.state_base()).unwrap();
        let path = layout.socket("virtqemud", SocketKind::ReadWrite);
        drop(UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        drop(open(&layout, "virtqemud", &Settings::default(), vec![]).unwrap());

        std::fs::File::create(&path).unwrap();
        let error = open(&layout, "virtqemud", &Settings::default(), vec![]).unwrap_err();
        assert!(matches!(error, StartError::Listen { path: p, .. } if p == path));
        assert!(path.exists());
    }

    #[test]
    fn passed_sockets_are_known_by_unit_or_path() {
        let dir = tempfile::tempdir().unwrap();
        let check = |unit: &str, file: &str| {
            let path = dir.path().join(file);
            let socket = UnixListener::bind(&path).unwrap();
            std::fs::remove_file(&path).unwrap();
            adopt("virtqemud", unit, socket.into()).map(|l| l.kind)
        };
        assert_eq!(
            check("virtqemud.socket", "x").unwrap(),
            SocketKind::ReadWrite
        );
        assert_eq!(
            check("virtqemud-ro.socket", "x").unwrap(),
            SocketKind::ReadOnly
        );
        assert_eq!(
            check("virtqemud-admin.socket", "x").unwrap(),
            SocketKind::Admin
        );
        assert_eq!(check("", "virtqemud-sock").unwrap(), SocketKind::ReadWrite);
        assert_eq!(
            check("", "virtqemud-sock-ro").unwrap(),
            SocketKind::ReadOnly
        );
        assert_eq!(
            check("", "virtqemud-admin-sock").unwrap(),
            SocketKind::Admin
        );
        let unknown = check("web.socket", "web").unwrap_err();
        assert!(
            unknown.to_string().contains("virtqemud-admin.socket"),
            "{unknown}"
        );
    }
}
