//! The socket that a URI means on this host, as the C library chooses it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use layout::{Layout, SessionEnv, SocketKind};
use rpc::transport::Transport as Wire;
use tokio::net::UnixStream;

use super::{session_daemon, unsupported};
use crate::error::{Error, Result};
use crate::uri::ConnectUri;

/// The daemon that serves everything, where the modular ones are not installed.
const LEGACY: &str = "libvirtd";

/// Connects to the socket that `uri` means; starts the daemon of a session where none listens.
pub(super) async fn connect(uri: &ConnectUri, read_only: bool) -> Result<Wire> {
    if let Some(socket) = uri.socket() {
        return open(&socket);
    }
    let Some(daemon) = daemon(uri.driver()) else {
        return Err(unsupported(uri, "that driver"));
    };
    if uri.path() == "/session" || uri.path() == "/embed" && uri.driver() == "qemu" {
        return session(uri, daemon).await;
    }
    let kind = if read_only {
        SocketKind::ReadOnly
    } else {
        SocketKind::ReadWrite
    };
    open(&choose(&Layout::system(), daemon, kind))
}

/// A session has no read-only socket: its user may do everything with it.
async fn session(uri: &ConnectUri, daemon: &'static str) -> Result<Wire> {
    if uri.path() == "/embed" {
        return Err(unsupported(
            uri,
            "an embedded driver, which this program does not carry,",
        ));
    }
    let layout = Layout::session(&SessionEnv::from_process(Path::new("/")));
    let socket = choose(&layout, daemon, SocketKind::ReadWrite);
    match open(&socket) {
        Err(Error::NoDaemon { .. }) if uri.driver() == "qemu" => {
            session_daemon::start().await?;
            open(&layout.socket(daemon, SocketKind::ReadWrite))
        }
        other => other,
    }
}

/// The driver's own daemon where its socket exists, else the one that serves everything.
fn choose(layout: &Layout, daemon: &str, kind: SocketKind) -> PathBuf {
    let own = layout.socket(daemon, kind);
    let legacy = layout.socket(LEGACY, kind);
    if own.exists() || !legacy.exists() {
        own
    } else {
        legacy
    }
}

/// The modular daemon of a driver.
fn daemon(driver: &str) -> Option<&'static str> {
    Some(match driver {
        "qemu" => "virtqemud",
        "network" => "virtnetworkd",
        "storage" => "virtstoraged",
        "secret" => "virtsecretd",
        "nodedev" => "virtnodedevd",
        "nwfilter" => "virtnwfilterd",
        "interface" => "virtinterfaced",
        "test" => LEGACY,
        _ => return None,
    })
}

fn open(socket: &Path) -> Result<Wire> {
    let failed = |source| Error::NoDaemon {
        socket: socket.to_owned(),
        source: Arc::new(source),
    };
    let stream = layout::connect(socket).map_err(failed)?;
    stream.set_nonblocking(true).map_err(failed)?;
    let stream = UnixStream::from_std(stream).map_err(failed)?;
    rpc::transport::unix(stream).map_err(failed)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use layout::{Layout, SocketKind};

    use super::choose;

    #[test]
    fn the_modular_daemon_is_preferred_where_it_listens() {
        let root = tempfile::tempdir().expect("a folder");
        let layout = Layout::root(root.path());
        std::fs::create_dir(layout.state_base()).expect("run");
        let choice = || choose(&layout, "virtqemud", SocketKind::ReadOnly);
        let own = layout.socket("virtqemud", SocketKind::ReadOnly);
        let legacy = layout.socket("libvirtd", SocketKind::ReadOnly);
        assert_eq!(
            choice(),
            own,
            "nothing is there: the message names the modular socket"
        );
        File::create(&legacy).expect("legacy");
        assert_eq!(choice(), legacy);
        File::create(&own).expect("own");
        assert_eq!(choice(), own);
    }
}
