//! The handle with which commands are sent.

use std::os::fd::OwnedFd;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use super::io::FDS_MAX;
use super::pending::Pending;
use super::state::{Outgoing, Refusal, Shared};
use crate::command::Command;
use crate::error::{Disconnect, Error};
use crate::wire::{CommandId, EncodeError, Greeting, Session};

/// A connected monitor. Clones are handles of the same connection, which ends with the last one
/// and the last answer awaited.
#[derive(Clone, Debug)]
pub struct Monitor(Arc<Handle>);

#[derive(Debug)]
struct Handle {
    shared: Arc<Shared>,
    deadline: Duration,
    greeting: OnceLock<(Greeting, bool)>,
}

impl Monitor {
    pub(super) fn new(shared: Arc<Shared>, deadline: Duration) -> Self {
        Monitor(Arc::new(Handle {
            shared,
            deadline,
            greeting: OnceLock::new(),
        }))
    }

    pub(super) fn greeted(self, greeting: Greeting, out_of_band: bool) -> Self {
        self.0.greeting.get_or_init(|| (greeting, out_of_band));
        self
    }

    /// What QEMU said of itself.
    #[must_use]
    pub fn greeting(&self) -> Option<&Greeting> {
        self.0.greeting.get().map(|(greeting, _)| greeting)
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// When QEMU refuses, does not answer within the deadline, or is gone.
    pub async fn execute<C: Command>(&self, command: &C) -> Result<C::Ret, Error> {
        self.submit(command).await
    }

    /// Queues a command for sending and returns at once. Several that were queued are sent
    /// together, so that independent ones cost one round trip.
    pub fn submit<C: Command>(&self, command: &C) -> Pending<C::Ret> {
        self.submit_within(command, C::DEADLINE.unwrap_or(self.0.deadline))
    }

    /// [`submit`](Self::submit), unless QEMU has been [silent](Self::silence) for `patience`: a
    /// query that would only join those that wait fails at once.
    pub fn submit_unless_silent<C: Command>(
        &self,
        command: &C,
        patience: Duration,
    ) -> Pending<C::Ret> {
        match self.silence().filter(|silence| *silence >= patience) {
            None => self.submit(command),
            Some(silence) => {
                let shared = self.0.shared.clone();
                let (vm, command) = (shared.vm.clone(), C::NAME.to_owned());
                let error = Error::Silent {
                    vm,
                    command: command.clone(),
                    silence,
                };
                Pending::failed(shared, command, error)
            }
        }
    }

    /// How long QEMU has owed an answer without giving any; `None` when it owes none.
    #[must_use]
    pub fn silence(&self) -> Option<Duration> {
        Some(self.0.shared.lock().silent_since?.elapsed())
    }

    /// [`submit`](Self::submit) with a deadline of its own.
    pub fn submit_within<C: Command>(&self, command: &C, deadline: Duration) -> Pending<C::Ret> {
        self.queue(
            C::NAME,
            C::OUT_OF_BAND,
            deadline,
            Vec::new(),
            |session, out_of_band| {
                // A unit struct is a command without arguments.
                let none = size_of::<C>() == 0;
                session.command(C::NAME, (!none).then_some(command), out_of_band)
            },
        )
    }

    /// Queues a command that hands descriptors to QEMU (`getfd`, `add-fd`), at most 16. Nothing
    /// else is sent until QEMU has answered it.
    pub fn submit_with_fds<C: Command>(&self, command: &C, fds: Vec<OwnedFd>) -> Pending<C::Ret> {
        let deadline = C::DEADLINE.unwrap_or(self.0.deadline);
        let count = fds.len();
        self.queue(
            C::NAME,
            C::OUT_OF_BAND,
            deadline,
            fds,
            |session, out_of_band| {
                if count > FDS_MAX {
                    return Err(EncodeError::Descriptors {
                        command: C::NAME.to_owned(),
                        count,
                    });
                }
                session.command(C::NAME, Some(command), out_of_band)
            },
        )
    }

    /// Carries out a command that we have no type for.
    ///
    /// # Errors
    /// As [`execute`](Self::execute).
    pub async fn execute_raw(&self, name: &str, arguments: Option<Value>) -> Result<Value, Error> {
        self.submit_raw(name, arguments).await
    }

    /// [`submit`](Self::submit) for a command that we have no type for.
    pub fn submit_raw(&self, name: &str, arguments: Option<impl Serialize>) -> Pending<Value> {
        self.queue(name, false, self.0.deadline, Vec::new(), |session, _| {
            session.command(name, arguments.as_ref(), false)
        })
    }

    /// Sends a whole command as its author wrote it, with an id of ours, and returns the whole
    /// reply as QEMU wrote it, errors included.
    ///
    /// # Errors
    /// When the text is not a command, or QEMU does not answer.
    pub async fn passthrough(&self, command: &str, fds: Vec<OwnedFd>) -> Result<String, Error> {
        let object = parse_command(command)?;
        let name = object.get("execute").or_else(|| object.get("exec-oob"));
        let name = name.and_then(Value::as_str).unwrap_or_default().to_owned();
        let count = fds.len();
        let reply: Pending<Box<RawValue>> =
            self.queue(&name, false, self.0.deadline, fds, |session, _| {
                if count > FDS_MAX {
                    return Err(EncodeError::Descriptors {
                        command: name.clone(),
                        count,
                    });
                }
                Ok(session.foreign_command(object))
            });
        reply.await.map(|whole| whole.get().to_owned())
    }

    /// Whether QEMU answers: `false` after a command has missed its deadline, `true` again with
    /// the next answer of any kind.
    #[must_use]
    pub fn responsive(&self) -> watch::Receiver<bool> {
        self.0.shared.responsive.subscribe()
    }

    /// Waits for the end of the connection and tells why it ended.
    pub async fn closed(&self) -> Disconnect {
        let mut ended = self.0.shared.ended.subscribe();
        match ended.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or(Disconnect::Closed),
            Err(_) => Disconnect::Closed,
        }
    }

    /// Why the connection has ended, if it has.
    #[must_use]
    pub fn disconnected(&self) -> Option<Disconnect> {
        self.0.shared.lock().disconnect.clone()
    }

    fn queue<R>(
        &self,
        name: &str,
        out_of_band: bool,
        deadline: Duration,
        fds: Vec<OwnedFd>,
        encode: impl FnOnce(&mut Session, bool) -> Result<(CommandId, Vec<u8>), EncodeError>,
    ) -> Pending<R> {
        let out_of_band = out_of_band && self.0.greeting.get().is_some_and(|(_, oob)| *oob);
        let shared = self.0.shared.clone();
        let (waiting, answer) = oneshot::channel();
        let id = {
            let mut state = shared.lock();
            let (id, bytes) = match encode(&mut state.session, out_of_band) {
                Ok(encoded) => encoded,
                Err(error) => {
                    drop(state);
                    return Pending::failed(shared, name.to_owned(), error.into());
                }
            };
            if let Some(reason) = state.disconnect.clone() {
                let _ = waiting.send(Err(Refusal::Disconnected(reason)));
            } else {
                state.waiting.insert(id, waiting);
                state.silent_since.get_or_insert_with(Instant::now);
                state.queue.push_back(Outgoing {
                    id,
                    bytes,
                    fds,
                    out_of_band,
                });
            }
            id
        };
        shared.wakeup.notify_one();
        Pending::new(shared, name.to_owned(), deadline, id, answer)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.lock().given_up = true;
        self.shared.wakeup.notify_one();
    }
}

fn parse_command(text: &str) -> Result<serde_json::Map<String, Value>, Error> {
    let shown = || text.chars().take(120).collect();
    match serde_json::from_str(text) {
        Ok(Value::Object(object))
            if object.contains_key("execute") || object.contains_key("exec-oob") =>
        {
            Ok(object)
        }
        Ok(_) => Err(Error::NotACommand {
            text: shown(),
            source: None,
        }),
        Err(e) => Err(Error::NotACommand {
            text: shown(),
            source: Some(e),
        }),
    }
}
