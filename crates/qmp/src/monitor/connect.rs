//! The first words on a monitor.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::UnixStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::events::Events;
use super::handle::Monitor;
use super::io::drive;
use super::state::Shared;
use crate::commands::QmpCapabilities;
use crate::error::{ConnectError, Disconnect};
use crate::wire::{Greeting, LINE_MAX, Session};

/// How a monitor is used.
#[derive(Clone, Debug)]
pub struct Options {
    /// The VM's name, for messages.
    pub vm: Arc<str>,
    /// How long QEMU may take to greet. It does so once the machine is built, which can include
    /// allocating all of the guest's memory.
    pub greeting: Duration,
    /// How long QEMU may take to answer a command that does not say otherwise.
    pub deadline: Duration,
}

impl Options {
    /// With the usual deadlines: half a minute for the greeting, and ten seconds for a command,
    /// which is more than a busy host needs and less than a person waits for.
    pub fn new(vm: impl Into<Arc<str>>) -> Self {
        Options {
            vm: vm.into(),
            greeting: Duration::from_secs(30),
            deadline: Duration::from_secs(10),
        }
    }
}

impl Monitor {
    /// Takes over a connection to QEMU's monitor: awaits the greeting and negotiates. Events from
    /// then on go to the receiver.
    ///
    /// # Errors
    /// When it is not a monitor, or does not answer in time.
    pub async fn connect(
        stream: UnixStream,
        options: Options,
    ) -> Result<(Monitor, Events), ConnectError> {
        let Options {
            vm,
            greeting: patience,
            deadline,
        } = options;
        let shared = Arc::new(Shared::new(vm.clone(), Session::new(LINE_MAX)));
        let (first, greeting) = oneshot::channel();
        shared.lock().greeting = Some(first);
        let events = Events(shared.clone());
        let unnamed = Monitor::new(shared.clone(), deadline);
        tokio::spawn(drive(shared.clone(), stream));

        let greeting = match timeout(patience, greeting).await {
            Err(_) => {
                return Err(ConnectError::Deadline {
                    vm,
                    deadline: patience,
                });
            }
            Ok(Err(_)) => {
                let reason = shared
                    .lock()
                    .disconnect
                    .clone()
                    .unwrap_or(Disconnect::Closed);
                return Err(ConnectError::Disconnected { vm, reason });
            }
            Ok(Ok(Err(found))) => return Err(ConnectError::NotAMonitor { vm, found }),
            Ok(Ok(Ok(greeting))) => greeting,
        };
        let monitor =
            negotiate(unnamed, greeting)
                .await
                .map_err(|source| ConnectError::Negotiation {
                    vm,
                    source: Box::new(source),
                })?;
        Ok((monitor, events))
    }

    /// As [`connect`](Self::connect), with the connection as a bare descriptor.
    ///
    /// # Errors
    /// As `connect`, and when the descriptor is not a socket.
    pub async fn connect_fd(
        fd: OwnedFd,
        options: Options,
    ) -> Result<(Monitor, Events), ConnectError> {
        let stream = std::os::unix::net::UnixStream::from(fd);
        let stream = stream
            .set_nonblocking(true)
            .and_then(|()| UnixStream::from_std(stream));
        match stream {
            Ok(stream) => Self::connect(stream, options).await,
            Err(source) => Err(ConnectError::Socket {
                vm: options.vm,
                source,
            }),
        }
    }
}

async fn negotiate(monitor: Monitor, greeting: Greeting) -> Result<Monitor, crate::Error> {
    let out_of_band = greeting.capabilities.iter().any(|c| c == "oob");
    let enable = if out_of_band {
        vec!["oob".to_owned()]
    } else {
        Vec::new()
    };
    monitor.execute(&QmpCapabilities { enable }).await?;
    Ok(monitor.greeted(greeting, out_of_band))
}
