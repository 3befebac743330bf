//! The session's daemon, started by the first client that needs it.

use std::time::Duration;

use process::{DaemonName, Program, Spawn};

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

/// Starts `virtqemud` for this user and waits until it serves.
pub(super) async fn start() -> Result<()> {
    let mut spawn = Spawn::new(Program::Daemon(DaemonName::Virtqemud));
    spawn.args(ARGUMENTS);
    for name in ENVIRONMENT {
        spawn.env_inherit(name);
    }
    let output = process::run(spawn, &[], READY_WITHIN)
        .await
        .map_err(|error| failed(chain(&error)))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(failed(format!("{}: {}", output.status, words.trim())))
}

fn failed(reason: String) -> Error {
    Error::Autostart {
        program: "virtqemud".to_owned(),
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
