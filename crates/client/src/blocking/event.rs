//! Events as iterators.

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::Domain;
use super::wait::finish;

/// What happened to a domain.
pub type DomainEvent = crate::DomainEvent<Domain>;

/// An event of QEMU's own monitor.
pub type MonitorEvent = crate::MonitorEvent<Domain>;

/// A subscription to events of domains: an iterator that waits for the next one and ends with the
/// connection. Dropping it ends the subscription.
#[derive(Debug)]
pub struct DomainEvents(pub(super) crate::DomainEvents);

/// A subscription to events of QEMU's own monitor: an iterator that waits for the next one and ends
/// with the connection. Dropping it ends the subscription.
#[derive(Debug)]
pub struct MonitorEvents(pub(super) crate::MonitorEvents);

impl DomainEvents {
    /// The next event, if it comes within `timeout`.
    ///
    /// # Errors
    ///
    /// `Timeout` when none came; `Disconnected` when the connection is over and all were taken.
    pub fn recv_timeout(&mut self, timeout: Duration) -> Result<DomainEvent, RecvTimeoutError> {
        within(timeout, self.0.next_as())
    }
}

impl Iterator for DomainEvents {
    type Item = DomainEvent;

    fn next(&mut self) -> Option<DomainEvent> {
        finish(self.0.next_as())
    }
}

impl MonitorEvents {
    /// The next event, if it comes within `timeout`.
    ///
    /// # Errors
    ///
    /// `Timeout` when none came; `Disconnected` when the connection is over and all were taken.
    pub fn recv_timeout(&mut self, timeout: Duration) -> Result<MonitorEvent, RecvTimeoutError> {
        within(timeout, self.0.next_as())
    }
}

impl Iterator for MonitorEvents {
    type Item = MonitorEvent;

    fn next(&mut self) -> Option<MonitorEvent> {
        finish(self.0.next_as())
    }
}

fn within<T>(
    timeout: Duration,
    next: impl Future<Output = Option<T>>,
) -> Result<T, RecvTimeoutError> {
    // The timer belongs to the runtime, so it is made where that is at hand.
    let event = finish(async { tokio::time::timeout(timeout, next).await });
    event
        .map_err(|_| RecvTimeoutError::Timeout)?
        .ok_or(RecvTimeoutError::Disconnected)
}
