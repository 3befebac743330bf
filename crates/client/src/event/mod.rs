//! Events of domains, in the order in which their states changed.

use std::collections::HashSet;

use protocol::enums::{
    DomainEventId, DomainEventIoErrorAction, DomainEventType, DomainEventWatchdogAction,
    DomainMetadataType,
};
use protocol::flags::ConnectDomainQemuMonitorEventRegisterFlags;
use protocol::procedure::Event;
use protocol::qemu::{
    ConnectDomainMonitorEventDeregister, ConnectDomainMonitorEventDeregisterArgs,
    ConnectDomainMonitorEventRegister, ConnectDomainMonitorEventRegisterArgs, DomainMonitorEvent,
    DomainMonitorEventMsg,
};
use protocol::remote::{
    ConnectDomainEventCallbackDeregisterAny, ConnectDomainEventCallbackDeregisterAnyArgs,
    ConnectDomainEventCallbackRegisterAny, ConnectDomainEventCallbackRegisterAnyArgs,
    DomainEventCallbackBalloonChange, DomainEventCallbackDeviceAdded,
    DomainEventCallbackDeviceRemoved, DomainEventCallbackIoErrorReason,
    DomainEventCallbackLifecycle, DomainEventCallbackMetadataChange, DomainEventCallbackReboot,
    DomainEventCallbackRtcChange, DomainEventCallbackWatchdog, NonnullDomain,
};
use rpc::RawEvent;
use rpc::client::{Events, Incoming};

use crate::connection::{Connection, text};
use crate::domain::Domain;
use crate::error::Result;

/// A kind of event that can be subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Defined, started, suspended, resumed, stopped, undefined, ….
    Lifecycle,
    /// The guest rebooted.
    Reboot,
    /// The guest set its clock.
    RtcChange,
    /// The guest's watchdog fired.
    Watchdog,
    /// A disk's request failed.
    IoError,
    /// The guest's memory balloon changed.
    BalloonChange,
    /// A device was plugged in.
    DeviceAdded,
    /// A device was unplugged.
    DeviceRemoved,
    /// Title, description or metadata changed.
    MetadataChange,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Lifecycle,
        Self::Reboot,
        Self::RtcChange,
        Self::Watchdog,
        Self::IoError,
        Self::BalloonChange,
        Self::DeviceAdded,
        Self::DeviceRemoved,
        Self::MetadataChange,
    ];

    fn id(self) -> DomainEventId {
        match self {
            Self::Lifecycle => DomainEventId::Lifecycle,
            Self::Reboot => DomainEventId::Reboot,
            Self::RtcChange => DomainEventId::RtcChange,
            Self::Watchdog => DomainEventId::Watchdog,
            Self::IoError => DomainEventId::IoErrorReason,
            Self::BalloonChange => DomainEventId::BalloonChange,
            Self::DeviceAdded => DomainEventId::DeviceAdded,
            Self::DeviceRemoved => DomainEventId::DeviceRemoved,
            Self::MetadataChange => DomainEventId::MetadataChange,
        }
    }
}

/// What happened to a domain. `D` is the handle to it: [`Domain`], or its blocking twin.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DomainEvent<D = Domain> {
    /// Its life took a step.
    Lifecycle {
        /// The domain.
        domain: D,
        /// The step.
        event: DomainEventType,
        /// The step's detail; its meaning depends on the step (`enums::DomainEvent…DetailType`).
        detail: i32,
    },
    /// The guest rebooted.
    Reboot {
        /// The domain.
        domain: D,
    },
    /// The guest set its clock.
    RtcChange {
        /// The domain.
        domain: D,
        /// Seconds between the guest's clock and UTC.
        offset: i64,
    },
    /// The guest's watchdog fired.
    Watchdog {
        /// The domain.
        domain: D,
        /// What was done about it.
        action: DomainEventWatchdogAction,
    },
    /// A disk's request failed.
    IoError {
        /// The domain.
        domain: D,
        /// The image.
        path: String,
        /// The disk's alias.
        device: String,
        /// What was done about it.
        action: DomainEventIoErrorAction,
        /// Why, as `enospc`; empty where QEMU does not say.
        reason: String,
    },
    /// The guest's memory balloon changed.
    BalloonChange {
        /// The domain.
        domain: D,
        /// The guest's memory in KiB.
        actual: u64,
    },
    /// A device was plugged in.
    DeviceAdded {
        /// The domain.
        domain: D,
        /// The device's alias.
        device: String,
    },
    /// A device was unplugged.
    DeviceRemoved {
        /// The domain.
        domain: D,
        /// The device's alias.
        device: String,
    },
    /// Title, description or metadata changed.
    MetadataChange {
        /// The domain.
        domain: D,
        /// Which.
        kind: DomainMetadataType,
        /// The element's namespace.
        uri: Option<String>,
    },
    /// Events were dropped because this subscriber was too slow.
    Lost(u64),
}

impl<D> DomainEvent<D> {
    /// The domain that it happened to; none where events were lost.
    #[must_use]
    pub fn domain(&self) -> Option<&D> {
        match self {
            Self::Lifecycle { domain, .. }
            | Self::Reboot { domain }
            | Self::RtcChange { domain, .. }
            | Self::Watchdog { domain, .. }
            | Self::IoError { domain, .. }
            | Self::BalloonChange { domain, .. }
            | Self::DeviceAdded { domain, .. }
            | Self::DeviceRemoved { domain, .. }
            | Self::MetadataChange { domain, .. } => Some(domain),
            Self::Lost(_) => None,
        }
    }
}

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

    /// The message of a raw event if it is an `E`.
    fn read<E: Event>(raw: &RawEvent) -> Option<E::Msg> {
        let same = raw.program == E::INFO.program.number() && raw.procedure == E::INFO.number;
        same.then(|| xdr::from_bytes(&raw.payload).ok()).flatten()
    }

    fn is_ours(&self, callback: i32) -> bool {
        self.callbacks.contains(&callback)
    }

    fn domain<D: From<Domain>>(&self, wire: NonnullDomain) -> D {
        Domain::new(&self.connection, wire).into()
    }

    /// The event in `raw` if it is one of this subscription.
    fn domain_event<D: From<Domain>>(&self, raw: &RawEvent) -> Option<DomainEvent<D>> {
        let (callback, event) = self
            .life(raw)
            .or_else(|| self.guest(raw))
            .or_else(|| self.device(raw))?;
        self.is_ours(callback).then_some(event)
    }

    fn life<D: From<Domain>>(&self, raw: &RawEvent) -> Option<(i32, DomainEvent<D>)> {
        if let Some(message) = Self::read::<DomainEventCallbackLifecycle>(raw) {
            let event = DomainEvent::Lifecycle {
                domain: self.domain(message.msg.dom),
                event: message.msg.event.into(),
                detail: message.msg.detail,
            };
            return Some((message.callback_id, event));
        }
        if let Some(message) = Self::read::<DomainEventCallbackReboot>(raw) {
            let domain = self.domain(message.msg.dom);
            return Some((message.callback_id, DomainEvent::Reboot { domain }));
        }
        let message = Self::read::<DomainEventCallbackMetadataChange>(raw)?;
        let event = DomainEvent::MetadataChange {
            domain: self.domain(message.dom),
            kind: message.r#type.into(),
            uri: message.nsuri,
        };
        Some((message.callback_id, event))
    }

    fn guest<D: From<Domain>>(&self, raw: &RawEvent) -> Option<(i32, DomainEvent<D>)> {
        if let Some(message) = Self::read::<DomainEventCallbackRtcChange>(raw) {
            let event = DomainEvent::RtcChange {
                domain: self.domain(message.msg.dom),
                offset: message.msg.offset,
            };
            return Some((message.callback_id, event));
        }
        if let Some(message) = Self::read::<DomainEventCallbackWatchdog>(raw) {
            let event = DomainEvent::Watchdog {
                domain: self.domain(message.msg.dom),
                action: message.msg.action.into(),
            };
            return Some((message.callback_id, event));
        }
        let message = Self::read::<DomainEventCallbackBalloonChange>(raw)?;
        let event = DomainEvent::BalloonChange {
            domain: self.domain(message.msg.dom),
            actual: message.msg.actual,
        };
        Some((message.callback_id, event))
    }

    fn device<D: From<Domain>>(&self, raw: &RawEvent) -> Option<(i32, DomainEvent<D>)> {
        if let Some(message) = Self::read::<DomainEventCallbackIoErrorReason>(raw) {
            let event = DomainEvent::IoError {
                domain: self.domain(message.msg.dom),
                path: message.msg.src_path,
                device: message.msg.dev_alias,
                action: message.msg.action.into(),
                reason: message.msg.reason,
            };
            return Some((message.callback_id, event));
        }
        if let Some(message) = Self::read::<DomainEventCallbackDeviceAdded>(raw) {
            let event = DomainEvent::DeviceAdded {
                domain: self.domain(message.dom),
                device: message.dev_alias,
            };
            return Some((message.callback_id, event));
        }
        let message = Self::read::<DomainEventCallbackDeviceRemoved>(raw)?;
        let event = DomainEvent::DeviceRemoved {
            domain: self.domain(message.msg.dom),
            device: message.msg.dev_alias,
        };
        Some((message.callback_id, event))
    }

    fn monitor_event<D: From<Domain>>(&self, raw: &RawEvent) -> Option<MonitorEvent<D>> {
        let DomainMonitorEventMsg {
            callback_id,
            dom,
            event,
            seconds,
            micros,
            details,
        } = Self::read::<DomainMonitorEvent>(raw)?;
        self.is_ours(callback_id).then(|| MonitorEvent {
            domain: self.domain(dom),
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
