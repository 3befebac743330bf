//! Breaking off a start from outside.

use std::future::Future;

use process::Process;
use tokio::sync::oneshot;

use super::StartError;

/// Whether the start is to be broken off.
#[derive(Debug)]
pub struct Abort(Option<oneshot::Receiver<()>>);

impl Abort {
    /// Broken off when something is sent, not when the sender is dropped.
    pub fn new(abort: oneshot::Receiver<()>) -> Self {
        Self(Some(abort))
    }

    /// Fails if the start has been broken off.
    ///
    /// # Errors
    /// [`StartError::Aborted`].
    pub fn check(&mut self) -> Result<(), StartError> {
        match &mut self.0 {
            Some(abort) => match abort.try_recv() {
                Ok(()) => Err(StartError::Aborted),
                Err(_) => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// Waits for `step`, for the end of the process, or for the breaking off, whatever is first.
    ///
    /// # Errors
    /// `None` when the process has ended; otherwise [`StartError::Aborted`].
    pub async fn guard<T>(
        &mut self,
        process: &Process,
        step: impl Future<Output = T>,
    ) -> Result<T, Interruption> {
        tokio::select! {
            biased;
            () = broken_off(&mut self.0) => Err(Interruption::Aborted),
            result = step => Ok(result),
            _ = process.wait() => Err(Interruption::Exited),
        }
    }
}

/// Ends when something is sent; when it is known that nothing will be, it does not end.
async fn broken_off(abort: &mut Option<oneshot::Receiver<()>>) {
    let sent = match abort {
        Some(receiver) => receiver.await.is_ok(),
        None => false,
    };
    if !sent {
        *abort = None;
        std::future::pending::<()>().await;
    }
}

/// Why a step did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// Somebody broke the start off.
    Aborted,
    /// The process has ended.
    Exited,
}
