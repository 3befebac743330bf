//! Events of domains, in the order in which their states changed.

mod domain;
mod kind;
mod read;

use std::collections::HashSet;

use protocol::flags::ConnectDomainQemuMonitorEventRegisterFlags;
use protocol::qemu::{
    ConnectDomainMonitorEventDeregister, ConnectDomainMonitorEventDeregisterArgs,
    ConnectDomainMonitorEventRegister, ConnectDomainMonitorEventRegisterArgs, DomainMonitorEvent,
    DomainMonitorEventMsg,
};
use protocol::remote::{
    ConnectDomainEventCallbackDeregisterAny, ConnectDomainEventCallbackDeregisterAnyArgs,
    ConnectDomainEventCallbackRegisterAny, ConnectDomainEventCallbackRegisterAnyArgs,
};
use rpc::RawEvent;
use rpc::client::{Events, Incoming};

use crate::connection::{Connection, text};
use crate::domain::Domain;
use crate::error::Result;

pub use domain::{DomainEvent, GraphicsAddress};
pub use kind::EventKind;

/// An event of QEMU's own monitor. `D` is the handle to the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitorEvent<D = Domain> {
    /// The domain.
    pub domain: D,
    /// The event's name, as `RESET`.
    pub event: String,
    /// Seconds since 1970.
    pub seconds: i64,
    /// Microseconds of that second.
    pub micros: u32,
    /// The event's data as JSON.
    pub details: Option<String>,
}

/// A subscription to events of domains. Dropping it ends it.
#[derive(Debug)]
pub struct DomainEvents(Subscription);

/// A subscription to events of QEMU's own monitor. Dropping it ends it.
#[derive(Debug)]
pub struct MonitorEvents(Subscription);

impl DomainEvents {
    /// The next event; `None` when the connection is over. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<DomainEvent> {
        self.next_as().await
    }

    pub(crate) async fn next_as<D: From<Domain>>(&mut self) -> Option<DomainEvent<D>> {
        loop {
            match self.0.incoming.recv().await? {
                Incoming::Lost(count) => return Some(DomainEvent::Lost(count)),
                Incoming::Event(raw) => {
                    if let Some(event) = self.0.domain_event(&raw) {
                        return Some(event);
                    }
                }
            }
        }
    }
}

impl MonitorEvents {
    /// The next event; `None` when the connection is over. Dropping the future loses nothing.
    /// Unlike events of domains, those that a slow subscriber loses are not announced.
    pub async fn next(&mut self) -> Option<MonitorEvent> {
        self.next_as().await
    }

    pub(crate) async fn next_as<D: From<Domain>>(&mut self) -> Option<MonitorEvent<D>> {
        loop {
            if let Incoming::Event(raw) = self.0.incoming.recv().await?
                && let Some(event) = self.0.monitor_event(&raw)
            {
                return Some(event);
            }
        }
    }
}

impl Connection {
    /// Subscribes to events of all domains, or of one. They come in the order in which the states
    /// changed, from the answer to this call on.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSupport`] when the driver has no such events.
    pub async fn domain_events(
        &self,
        kinds: &[EventKind],
        domain: Option<&Domain>,
    ) -> Result<DomainEvents> {
        // Before the first registration, so that nothing between the two is missed.
        let mut subscription = Subscription::new(self, Family::Domain);
        let mut seen = HashSet::new();
        for kind in kinds.iter().filter(|kind| seen.insert(**kind)) {
            let args = ConnectDomainEventCallbackRegisterAnyArgs {
                event_id: kind.id().value(),
                dom: domain.map(Domain::wire),
            };
            let made = self
                .call::<ConnectDomainEventCallbackRegisterAny>(&args)
                .await?;
            subscription.callbacks.push(made.callback_id);
        }
        Ok(DomainEvents(subscription))
    }

    /// Subscribes to events of QEMU's own monitor: of all domains or one, all or those called
    /// `event`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSupport`] when the driver is not QEMU's.
    pub async fn monitor_events(
        &self,
        event: Option<&str>,
        domain: Option<&Domain>,
        flags: ConnectDomainQemuMonitorEventRegisterFlags,
    ) -> Result<MonitorEvents> {
        let mut subscription = Subscription::new(self, Family::Monitor);
        let args = ConnectDomainMonitorEventRegisterArgs {
            dom: domain.map(Domain::wire),
            event: event.map(|name| text("the event", name)).transpose()?,
            flags,
        };
        let made = self
            .call::<ConnectDomainMonitorEventRegister>(&args)
            .await?;
        subscription.callbacks.push(made.callback_id);
        Ok(MonitorEvents(subscription))
    }
}

#[derive(Debug, Clone, Copy)]
enum Family {
    Domain,
    Monitor,
}

#[derive(Debug)]
struct Subscription {
    connection: Connection,
    family: Family,
    callbacks: Vec<i32>,
    incoming: Events,
}

impl Subscription {
    fn new(connection: &Connection, family: Family) -> Self {
        Self {
            connection: connection.clone(),
            family,
            callbacks: Vec::new(),
            incoming: connection.peer().events(),
        }
    }

    fn is_ours(&self, callback: i32) -> bool {
        self.callbacks.contains(&callback)
    }

    /// The event in `raw` if it is one of this subscription.
    fn domain_event<D: From<Domain>>(&self, raw: &RawEvent) -> Option<DomainEvent<D>> {
        let (callback, event) = read::domain_event(&self.connection, raw)?;
        self.is_ours(callback).then_some(event)
    }

    fn monitor_event<D: From<Domain>>(&self, raw: &RawEvent) -> Option<MonitorEvent<D>> {
        let DomainMonitorEventMsg {
            callback_id,
            dom,
            event,
            seconds,
            micros,
            details,
        } = read::message::<DomainMonitorEvent>(raw)?;
        self.is_ours(callback_id).then(|| MonitorEvent {
            domain: Domain::new(&self.connection, dom).into(),
            event,
            seconds,
            micros,
            details,
        })
    }
}

impl Drop for Subscription {
    /// Tells the other end in the background; the end of the connection ends the registrations
    /// as well.
    fn drop(&mut self) {
        let (connection, family) = (self.connection.clone(), self.family);
        let callbacks = std::mem::take(&mut self.callbacks);
        self.connection.runtime().spawn(async move {
            for callback_id in callbacks {
                // A connection that is over needs no farewell.
                let _ = deregister(&connection, family, callback_id).await;
            }
        });
    }
}

async fn deregister(connection: &Connection, family: Family, callback_id: i32) -> Result<()> {
    match family {
        Family::Domain => {
            let args = ConnectDomainEventCallbackDeregisterAnyArgs { callback_id };
            connection
                .call::<ConnectDomainEventCallbackDeregisterAny>(&args)
                .await
        }
        Family::Monitor => {
            let args = ConnectDomainMonitorEventDeregisterArgs { callback_id };
            connection
                .call::<ConnectDomainMonitorEventDeregister>(&args)
                .await
        }
    }
}
