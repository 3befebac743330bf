//! The socket that a URI means on this host, as the C library chooses it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use layout::{Layout, SocketKind};
use process::DaemonName;
use rpc::transport::Transport as Wire;
use tokio::net::UnixStream;

use super::{session, unsupported};
use crate::error::{Error, Result};
use crate::uri::{ConnectUri, Transport};

/// The name under which the daemon listens that serves everything: `libvirtd`, or the proxy in
/// front of the modular ones.
const LEGACY: &str = "libvirtd";

/// Which daemon is asked (`?mode=`, `remote_mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The driver's own where its socket exists, else the one that serves everything.
    Auto,
    /// The one that serves everything.
    Legacy,
    /// The driver's own.
    Direct,
}

impl Mode {
    /// The modes as URIs and `libvirt.conf` spell them.
    pub(super) const WORDS: [(&str, Self); 3] = [
        ("auto", Self::Auto),
        ("legacy", Self::Legacy),
        ("direct", Self::Direct),
    ];

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find_map(|&(known, mode)| (known == word).then_some(mode))
    }
}

/// The directories among which is chosen.
struct Places {
    system: Layout,
    /// The user's own; root has none.
    session: Option<Layout>,
}

/// Where a daemon listens.
#[derive(Debug, PartialEq, Eq)]
struct Choice {
    socket: PathBuf,
    /// The daemon that may be started to listen there.
    startable: Option<DaemonName>,
}

/// Connects to the socket that `uri` means; starts the daemon of a session where none listens.
pub(super) async fn connect(uri: &ConnectUri, mode: Option<Mode>, read_only: bool) -> Result<Wire> {
    if let Some(socket) = uri.socket() {
        return open(&socket);
    }
    let places = Places {
        system: Layout::system(),
        session: (!rustix::process::geteuid().is_root()).then(session::layout),
    };
    let Choice { socket, startable } = choose(uri, mode, read_only, &places)?;
    match (open(&socket), startable, &places.session) {
        (Err(Error::NoDaemon { .. }), Some(daemon), Some(layout)) if session::autostart() => {
            session::start(layout, daemon, || open(&socket)).await
        }
        (result, ..) => result,
    }
}

fn choose(
    uri: &ConnectUri,
    mode: Option<Mode>,
    read_only: bool,
    places: &Places,
) -> Result<Choice> {
    let test = uri.driver() == "test";
    if uri.path() == "/embed" || test && uri.transport() != Some(Transport::Unix) {
        let what = "an embedded driver, which this program does not carry,";
        return Err(unsupported(uri, what));
    }
    if !is_known(uri.driver()) {
        return Err(unsupported(uri, "a driver that is not known"));
    }
    let wants_session = uri.path() == "/session" || test;
    let session = places.session.as_ref().filter(|_| wants_session);
    let layout = session.unwrap_or(&places.system);
    let kind = match (session, read_only) {
        // A session has no other socket: its user may do everything.
        (Some(_), _) | (None, false) => SocketKind::ReadWrite,
        (None, true) => SocketKind::ReadOnly,
    };
    let daemon = match uri.driver() {
        "remote" => "virtproxyd".to_owned(),
        driver => format!("virt{driver}d"),
    };
    let own = layout.socket(&daemon, kind);
    let legacy = layout.socket(LEGACY, kind);
    let direct = match asked_mode(uri, mode)? {
        Mode::Direct => true,
        Mode::Legacy => false,
        // Where neither is there, the message names the driver's own.
        Mode::Auto => own.exists() || !legacy.exists(),
    };
    Ok(Choice {
        startable: session.and_then(|_| startable(&daemon)).filter(|_| direct),
        socket: if direct { own } else { legacy },
    })
}

fn asked_mode(uri: &ConnectUri, configured: Option<Mode>) -> Result<Mode> {
    match uri.parameter("mode") {
        Some(word) => Mode::from_word(word)
            .ok_or_else(|| unsupported(uri, "a mode other than auto, direct or legacy")),
        None => Ok(configured.unwrap_or(Mode::Auto)),
    }
}

/// Whether a daemon of this driver can be somewhere.
fn is_known(driver: &str) -> bool {
    const DRIVERS: [&str; 14] = [
        "bhyve",
        "ch",
        "interface",
        "lxc",
        "network",
        "nodedev",
        "nwfilter",
        "qemu",
        "remote",
        "secret",
        "storage",
        "test",
        "vz",
        "xen",
    ];
    DRIVERS.contains(&driver)
}

fn startable(daemon: &str) -> Option<DaemonName> {
    [
        DaemonName::Virtinterfaced,
        DaemonName::Virtnetworkd,
        DaemonName::Virtnodedevd,
        DaemonName::Virtnwfilterd,
        DaemonName::Virtproxyd,
        DaemonName::Virtqemud,
        DaemonName::Virtsecretd,
        DaemonName::Virtstoraged,
    ]
    .into_iter()
    .find(|known| known.as_str() == daemon)
}

fn open(socket: &Path) -> Result<Wire> {
    let failed = |cause| Error::NoDaemon {
        socket: socket.to_owned(),
        cause: Arc::new(cause),
    };
    let stream = layout::connect(socket).map_err(failed)?;
    stream.set_nonblocking(true).map_err(failed)?;
    let stream = UnixStream::from_std(stream).map_err(failed)?;
    rpc::transport::unix(stream).map_err(failed)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use layout::Layout;
    use process::DaemonName;
    use tempfile::TempDir;

    use super::{Choice, Mode, Places, choose};
    use crate::error::{Error, Result};

    /// Two trees: `system/run` and, for a user, `session/run`.
    struct World {
        root: TempDir,
        places: Places,
    }

    impl World {
        fn new(is_root: bool, sockets: &[&str]) -> Self {
            let root = tempfile::tempdir().expect("a folder");
            let places = Places {
                system: Layout::root(root.path().join("system")),
                session: (!is_root).then(|| Layout::root(root.path().join("session"))),
            };
            for tree in ["system/run", "session/run"] {
                std::fs::create_dir_all(root.path().join(tree)).expect("run");
            }
            for socket in sockets {
                File::create(root.path().join(socket)).expect("a socket");
            }
            Self { root, places }
        }

        fn choose(&self, uri: &str, mode: Option<Mode>, read_only: bool) -> Result<Choice> {
            choose(&uri.parse()?, mode, read_only, &self.places)
        }

        fn check(&self, uri: &str, read_only: bool, expected: &str) {
            let choice = self.choose(uri, None, read_only).expect(uri);
            assert_eq!(choice.socket, self.root.path().join(expected), "{uri}");
        }
    }

    #[test]
    fn the_modular_daemon_is_preferred_where_it_listens() {
        let qemu = "qemu:///system";
        let nothing = World::new(true, &[]);
        nothing.check(qemu, false, "system/run/virtqemud-sock");
        let legacy = World::new(true, &["system/run/libvirt-sock"]);
        legacy.check(qemu, false, "system/run/libvirt-sock");
        legacy.check(
            "qemu:///system?mode=direct",
            false,
            "system/run/virtqemud-sock",
        );
        legacy.check("storage:///system", true, "system/run/virtstoraged-sock-ro");
        let both = World::new(
            true,
            &["system/run/libvirt-sock-ro", "system/run/virtqemud-sock-ro"],
        );
        both.check(qemu, true, "system/run/virtqemud-sock-ro");
        both.check(
            "qemu:///system?mode=legacy",
            true,
            "system/run/libvirt-sock-ro",
        );
        both.check("remote:///", true, "system/run/libvirt-sock-ro");
        let configured = both.choose(qemu, Some(Mode::Legacy), true).expect(qemu);
        assert!(configured.socket.ends_with("libvirt-sock-ro"));
    }

    #[test]
    fn a_user_has_a_session_and_root_has_none() {
        let user = World::new(false, &[]);
        user.check("qemu:///session", true, "session/run/virtqemud-sock");
        user.check("qemu:///system", true, "system/run/virtqemud-sock-ro");
        user.check("test+unix:///default", false, "session/run/virttestd-sock");
        let root = World::new(true, &[]);
        root.check("qemu:///session", false, "system/run/virtqemud-sock");
    }

    #[test]
    fn only_the_daemon_of_a_session_is_started() {
        let startable = |is_root, uri: &str| {
            let choice = World::new(is_root, &[]).choose(uri, None, false);
            choice.expect(uri).startable
        };
        let qemu = Some(DaemonName::Virtqemud);
        assert_eq!(startable(false, "qemu:///session"), qemu);
        assert_eq!(startable(false, "qemu:///session?mode=legacy"), None);
        assert_eq!(startable(false, "qemu:///system"), None);
        assert_eq!(startable(true, "qemu:///session"), None);
    }

    #[test]
    fn what_has_no_socket_is_named() {
        let check = |uri: &str, word: &str| {
            let error = World::new(true, &[]).choose(uri, None, false);
            let error = error.expect_err(uri);
            assert!(matches!(error, Error::Unsupported { .. }), "{error}");
            assert!(error.to_string().contains(word), "{error}");
        };
        check("pigeon:///system", "'pigeon:///system'");
        check("qemu:///embed?root=/x", "embedded");
        check("test:///default", "embedded");
        check("qemu:///system?mode=pigeon", "mode");
    }
}
