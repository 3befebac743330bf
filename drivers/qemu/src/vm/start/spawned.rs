//! The phase in which the process exists.

use std::os::unix::net::UnixStream as StdUnixStream;
use std::time::Duration;

use driver::layout;
use process::{Process, Signal};
use qmp::{ConnectError, Monitor};
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::abort::Interruption;
use super::connected::Connected;
use super::prepared::Prepared;
use super::{Abort, StartError};
use crate::vm::stop;

/// A process that has closed its monitor is about to end; so long it may take until it is a lingering one.
const ENDING: Duration = Duration::from_secs(5);

/// A process that has been started.
#[derive(Debug)]
pub(super) struct Spawned {
    /// What was prepared for it.
    pub(super) prepared: Prepared,
    /// QEMU itself.
    pub(super) process: Process,
}

impl Spawned {
    /// Connects the monitor.
    pub(super) async fn connect(self, abort: &mut Abort) -> Result<Connected, StartError> {
        let stream = match self.stream() {
            Ok(stream) => stream,
            Err(source) => {
                let (name, path) = (
                    self.prepared.name.clone(),
                    self.prepared.paths.monitor.clone(),
                );
                self.unwind().await;
                return Err(StartError::Prepare {
                    name,
                    what: "connect to",
                    path,
                    source,
                });
            }
        };
        let options = qmp::Options::new(self.prepared.name.clone());
        match abort
            .guard(&self.process, Monitor::connect(stream, options))
            .await
        {
            Ok(Ok((monitor, events))) => Ok(Connected {
                spawned: self,
                monitor,
                events,
            }),
            Ok(Err(error)) => Err(self.refused(error).await),
            Err(interruption) => Err(self.interrupted(interruption).await),
        }
    }

    fn stream(&self) -> std::io::Result<UnixStream> {
        let stream: StdUnixStream = layout::connect(&self.prepared.paths.monitor)?;
        stream.set_nonblocking(true)?;
        UnixStream::from_std(stream)
    }

    /// The monitor does not work: most likely because the process is ending.
    async fn refused(self, error: ConnectError) -> StartError {
        let answers_not = matches!(error, ConnectError::Deadline { .. });
        if !answers_not && self.is_ending().await {
            return self.interrupted(Interruption::Exited).await;
        }
        let name = self.prepared.name.clone();
        self.unwind().await;
        StartError::Connect {
            name,
            source: Box::new(error),
        }
    }

    /// Whether the process, which does not talk to us any more, ends.
    pub(super) async fn is_ending(&self) -> bool {
        timeout(ENDING, self.process.wait()).await.is_ok()
    }

    /// The process has ended, or the start was broken off.
    pub(super) async fn interrupted(self, interruption: Interruption) -> StartError {
        let words = self.prepared.log.words();
        self.unwind().await;
        match interruption {
            Interruption::Aborted => StartError::Aborted,
            Interruption::Exited => StartError::Exited { words },
        }
    }

    /// Ends the process and undoes the preparations.
    pub(super) async fn unwind(self) {
        let Self { prepared, process } = self;
        if let Err(error) = stop::send(&process, Signal::KILL, &prepared.name) {
            tracing::error!(%error, "a process that failed to start could not be killed");
        }
        if let Err(error) = process.wait().await {
            tracing::error!(%error, "a process that failed to start could not be waited for");
        }
        prepared.unwind().await;
    }
}
