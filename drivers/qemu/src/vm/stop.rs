//! Ending a process.

use std::sync::Arc;
use std::time::Duration;

use process::{KillError, Process, Signal};
use tokio::time::timeout;

use super::error::VmError;

/// How long QEMU may take to write back what it holds and to end by itself.
const GRACE: Duration = Duration::from_secs(10);
/// How long the kernel may take to end a killed process, which may be in the middle of I/O.
const KILLED: Duration = Duration::from_secs(30);

/// How to end a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Ask it; when it does not go, leave it and fail.
    Graceful,
    /// Ask it; when it does not go, kill it.
    Firm,
    /// Kill it: it is known not to listen.
    Kill,
}

/// Ends a process and returns when it is gone. A process that is gone already is no error.
///
/// # Errors
/// When it does not go, or the kernel refuses.
pub async fn end(process: Process, manner: Manner, name: Arc<str>) -> Result<(), VmError> {
    if manner != Manner::Kill {
        send(&process, Signal::TERM, &name)?;
        if timeout(GRACE, process.wait()).await.is_ok() {
            return Ok(());
        }
        if manner == Manner::Graceful {
            return Err(VmError::Lingers {
                name,
                waited: GRACE,
            });
        }
    }
    send(&process, Signal::KILL, &name)?;
    match timeout(KILLED, process.wait()).await {
        Ok(_) => Ok(()),
        Err(_) => Err(VmError::Lingers {
            name,
            waited: KILLED,
        }),
    }
}

/// Sends a signal.
///
/// # Errors
/// When the kernel refuses; not when the process has ended.
pub fn send(process: &Process, signal: Signal, name: &Arc<str>) -> Result<(), VmError> {
    match process.kill(signal) {
        Ok(()) | Err(KillError::Gone(_)) => Ok(()),
        Err(source) => Err(VmError::Kill {
            name: name.clone(),
            source,
        }),
    }
}
