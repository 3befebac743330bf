//! A user's own daemons: where they are, and how the first client that needs one starts it.

use std::env;
use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use layout::{Layout, SessionEnv};
use process::{DaemonName, Program, Spawn};
use rpc::transport::Transport as Wire;
use rustix::fs::FlockOperation;
use tokio::sync::Mutex;

use crate::error::{Error, Result};

/// How long the daemon may take until it serves.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// What the daemon is told: to leave when nobody has needed it for two minutes, and to return
/// only when its socket is there.
const ARGUMENTS: [&str; 2] = ["--daemon", "--timeout=120"];

/// What the daemon needs of this process's environment.
const ENVIRONMENT: [&str; 7] = [
    "HOME",
    "LANG",
    "PATH",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_RUNTIME_DIR",
];

/// One start at a time in this process: the lock on the file keeps other processes out only.
static TURN: Mutex<()> = Mutex::const_new(());

/// The directories of this process's user.
pub(super) fn layout() -> Layout {
    // The name service is asked only where it must be: it may be slow.
    let known = env::var_os("HOME").map(PathBuf::from);
    let home = known.filter(|home| home.is_absolute()).or_else(|| {
        let user = host::accounts::current_user().ok()?;
        user.home
    });
    Layout::session(&SessionEnv::from_process(
        home.as_deref().unwrap_or(Path::new("/")),
    ))
}

/// Whether a daemon that is not there is to be started (`LIBVIRT_AUTOSTART`).
pub(super) fn autostart() -> bool {
    env::var_os("LIBVIRT_AUTOSTART").is_none_or(|value| value != "0")
}

/// Starts `daemon` for this user and connects to it. Of several clients that want it at the same
/// time one starts it, as with the C library: the lock file is the same.
pub(super) async fn start(
    layout: &Layout,
    daemon: DaemonName,
    connect: impl Fn() -> Result<Wire>,
) -> Result<Wire> {
    let _turn = TURN.lock().await;
    let state = layout.state_base().to_owned();
    let _lock = tokio::task::spawn_blocking(move || lock(&state, daemon))
        .await
        .map_err(io::Error::other)
        .and_then(|locked| locked)
        .map_err(|error| failed(daemon, format!("its lock file: {error}")))?;
    match connect() {
        Err(Error::NoDaemon { .. }) => {}
        other => return other,
    }
    run(daemon).await?;
    connect()
}

/// Waits for the lock, which ends with the file that comes back.
fn lock(state: &Path, daemon: DaemonName) -> io::Result<File> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(state)?;
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(state.join(format!("{}.lock", daemon.as_str())))?;
    rustix::io::retry_on_intr(|| rustix::fs::fcntl_lock(&file, FlockOperation::LockExclusive))?;
    Ok(file)
}

async fn run(daemon: DaemonName) -> Result<()> {
    let mut spawn = Spawn::new(Program::Daemon(daemon));
    spawn.args(ARGUMENTS);
    for name in ENVIRONMENT {
        spawn.env_inherit(name);
    }
    let output = process::run(spawn, &[], READY_WITHIN)
        .await
        .map_err(|error| failed(daemon, chain(&error)))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(failed(
        daemon,
        format!("{}: {}", output.status, words.trim()),
    ))
}

fn failed(daemon: DaemonName, reason: String) -> Error {
    Error::Autostart {
        program: daemon.as_str().to_owned(),
        reason,
    }
}

/// An error with all of its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use layout::{Layout, SessionEnv, SocketKind};
    use process::DaemonName;

    use super::start;

    /// Whoever waited for the lock finds the daemon that another client has started.
    #[tokio::test]
    async fn the_daemon_that_is_there_meanwhile_is_taken() {
        let home = tempfile::tempdir().expect("a folder");
        let layout = Layout::session(&SessionEnv {
            home: home.path().to_owned(),
            ..SessionEnv::default()
        });
        let connect = || Ok(rpc::transport::pair().0);
        start(&layout, DaemonName::Virtqemud, connect)
            .await
            .expect("no program is started");
        let lock = home.path().join(".cache/libvirt/virtqemud.lock");
        assert!(lock.exists(), "where the C library has it");
        assert_eq!(
            layout.socket("virtqemud", SocketKind::ReadWrite),
            lock.with_file_name("virtqemud-sock")
        );
    }
}
