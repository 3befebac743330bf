//! A command whose answer is awaited.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep};

use super::state::{Answer, Refusal, Shared};
use crate::error::{Disconnect, Error};
use crate::wire::CommandId;

/// A command that was submitted; await it for its result. Its deadline runs since it was
/// submitted. Dropping it gives the answer up, and the command too as long as it was not sent.
#[must_use = "dropping it gives the command up"]
pub struct Pending<R> {
    shared: Arc<Shared>,
    command: String,
    deadline: Duration,
    stage: Stage,
    result: PhantomData<fn() -> R>,
}

enum Stage {
    Waiting {
        id: CommandId,
        answer: oneshot::Receiver<Answer>,
        timer: Pin<Box<Sleep>>,
    },
    /// It came to nothing before it was queued, or the result was handed out.
    Done(Option<Error>),
}

impl<R> Pending<R> {
    pub(super) fn new(
        shared: Arc<Shared>,
        command: String,
        deadline: Duration,
        id: CommandId,
        answer: oneshot::Receiver<Answer>,
    ) -> Self {
        let timer = Box::pin(tokio::time::sleep_until(later(deadline)));
        let stage = Stage::Waiting { id, answer, timer };
        Pending {
            shared,
            command,
            deadline,
            stage,
            result: PhantomData,
        }
    }

    pub(super) fn failed(shared: Arc<Shared>, command: String, error: Error) -> Self {
        let stage = Stage::Done(Some(error));
        Pending {
            shared,
            command,
            deadline: Duration::ZERO,
            stage,
            result: PhantomData,
        }
    }

    fn timed_out(&self, id: CommandId) -> Error {
        let sent = self.shared.give_up_on(id);
        self.shared
            .responsive
            .send_if_modified(|responsive| std::mem::replace(responsive, false));
        Error::Deadline {
            vm: self.shared.vm.clone(),
            command: self.command.clone(),
            deadline: self.deadline,
            sent,
        }
    }

    /// The error that it is not answered within `patience`, for who waits for less than the deadline.
    #[must_use]
    pub fn late(&self, patience: Duration) -> Error {
        Error::Deadline {
            vm: self.shared.vm.clone(),
            command: self.command.clone(),
            deadline: patience,
            sent: true,
        }
    }

    fn disconnected(&self, reason: Disconnect) -> Error {
        let (vm, command) = (self.shared.vm.clone(), self.command.clone());
        Error::Disconnected {
            vm,
            command,
            reason,
        }
    }
}

impl<R: DeserializeOwned> Pending<R> {
    fn answered(&self, answer: Answer) -> Result<R, Error> {
        let (vm, command) = (self.shared.vm.clone(), self.command.clone());
        match answer {
            Ok(value) => serde_json::from_str(value.get()).map_err(|source| Error::Unexpected {
                vm,
                command,
                answer: excerpt(&value),
                source,
            }),
            Err(Refusal::Error(error)) => Err(Error::Refused { vm, command, error }),
            Err(Refusal::Disconnected(reason)) => Err(self.disconnected(reason)),
        }
    }
}

impl<R: DeserializeOwned> Future for Pending<R> {
    type Output = Result<R, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let result = match &mut this.stage {
            Stage::Done(error) => match error.take() {
                Some(error) => Err(error),
                // Polled again after it was ready: there is nothing that could ever come.
                None => return Poll::Pending,
            },
            Stage::Waiting { id, answer, timer } => match Pin::new(answer).poll(cx) {
                Poll::Ready(Ok(answer)) => this.answered(answer),
                Poll::Ready(Err(_)) => Err(this.disconnected(Disconnect::GivenUp)),
                Poll::Pending => match timer.as_mut().poll(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(()) => {
                        let id = *id;
                        Err(this.timed_out(id))
                    }
                },
            },
        };
        this.stage = Stage::Done(None);
        Poll::Ready(result)
    }
}

impl<R> Drop for Pending<R> {
    fn drop(&mut self) {
        if let Stage::Waiting { id, .. } = self.stage {
            self.shared.give_up_on(id);
        }
    }
}

impl<R> fmt::Debug for Pending<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("command", &self.command)
            .finish_non_exhaustive()
    }
}

/// A deadline so far away that it cannot be written is none.
fn later(deadline: Duration) -> Instant {
    const YEARS: Duration = Duration::from_secs(30 * 365 * 24 * 3600);
    let now = Instant::now();
    now.checked_add(deadline.min(YEARS)).unwrap_or(now)
}

fn excerpt(value: &RawValue) -> String {
    const LENGTH: usize = 200;
    let text: String = value.get().chars().take(LENGTH).collect();
    if text.len() < value.get().len() {
        format!("{text}…")
    } else {
        text
    }
}
