//! Programs that serve a guest's devices from outside of QEMU, for as long as the guest runs.

use std::time::Duration;

use process::{Process, Signal};
use tokio::time::timeout;

/// How long a helper may take to end by itself when its guest is gone.
const GRACE: Duration = Duration::from_secs(2);

/// A helper that runs.
#[derive(Debug)]
pub struct Helper {
    /// What it is: `swtpm`.
    pub what: &'static str,
    /// The process.
    pub process: Process,
}

impl Helper {
    /// Says in the log when it ends before its guest does; QEMU itself notices by the connection.
    pub fn watch(&self, name: &str) {
        let (process, what, name) = (self.process.clone(), self.what, name.to_owned());
        tokio::spawn(async move {
            if let Ok(status) = process.wait().await {
                tracing::debug!(domain = name, helper = what, ?status, "a helper has ended");
            }
        });
    }

    /// Ends it. Most go by themselves when QEMU closes the connection.
    pub async fn end(self) {
        let Self { what, process } = self;
        for signal in [None, Some(Signal::TERM), Some(Signal::KILL)] {
            if let Some(signal) = signal
                && process.kill(signal).is_err()
            {
                return;
            }
            // One that has never been connected to waits for ever: it is asked at once.
            let patience = match signal {
                None => Duration::ZERO,
                Some(_) => GRACE,
            };
            if timeout(patience, process.wait()).await.is_ok() {
                return;
            }
        }
        tracing::warn!(helper = what, pid = process.pid(), "a helper does not end");
    }
}
