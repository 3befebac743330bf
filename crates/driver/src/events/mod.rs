//! The events of one driver: published once, in the order in which its state changed.
//!
//! Publishing never waits. What a subscriber's session does not take because its client reads too
//! slowly is lost to that client only: it is counted and logged, since the protocol has no words
//! to tell it.

mod domain;
mod domain_wire;
mod interest;
mod monitor;
mod network;
mod node_device;
mod secret;
mod storage_pool;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use protocol::procedure::Object;

pub use domain::{DomainEvent, DomainEventKind};
pub use interest::{Interest, ObjectKey};
pub use monitor::{MonitorEvent, MonitorFilter, MonitorFilterError};
pub use network::{NetworkEvent, NetworkEventKind};
pub use node_device::{NodeDeviceEvent, NodeDeviceEventKind};
pub use secret::{SecretEvent, SecretEventKind};
pub use storage_pool::{StoragePoolEvent, StoragePoolEventKind};
pub use wire::{Form, Sink, Wire};

/// The kinds of object that have events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Domains.
    Domain,
    /// Virtual networks.
    Network,
    /// Storage pools.
    StoragePool,
    /// The host's devices.
    NodeDevice,
    /// Secrets.
    Secret,
    /// QEMU's own events, as its monitor sends them.
    Monitor,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// To a domain.
    Domain(DomainEvent),
    /// To a virtual network.
    Network(NetworkEvent),
    /// To a storage pool.
    StoragePool(StoragePoolEvent),
    /// To a device of the host.
    NodeDevice(NodeDeviceEvent),
    /// To a secret.
    Secret(SecretEvent),
    /// In QEMU.
    Monitor(MonitorEvent),
}

/// The events of one driver and who listens to them. Clones are the same hub.
#[derive(Debug, Clone, Default)]
pub struct EventHub {
    subscribers: Arc<Mutex<Vec<Subscriber>>>,
}

/// One registration.
#[derive(Debug)]
struct Subscriber {
    id: SubscriberId,
    interest: Interest,
    form: Form,
    sink: Arc<dyn Sink>,
    /// What was not delivered since the last event that was.
    lost: u64,
}

/// Names a registration: the connection and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SubscriberId {
    /// The connection.
    pub connection: u64,
    /// The callback id, which the callback form of the events repeats.
    pub callback: i32,
}

impl EventHub {
    /// A hub to which nobody listens.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells all subscribers, in the order of the calls of this function.
    ///
    /// The state that the event announces must be readable before.
    pub fn publish(&self, event: impl Into<Event>) {
        let event = event.into();
        for subscriber in self.lock().iter_mut() {
            if subscriber.interest.covers(&event) {
                subscriber.deliver(&event);
            }
        }
    }

    /// Adds a registration.
    pub fn subscribe(&self, id: SubscriberId, interest: Interest, form: Form, sink: Arc<dyn Sink>) {
        self.lock().push(Subscriber {
            id,
            interest,
            form,
            sink,
            lost: 0,
        });
    }

    /// Removes a registration of a family; `false` when there is none.
    pub fn unsubscribe(&self, id: SubscriberId, family: Family) -> bool {
        self.remove(|known| known.id == id && known.interest.family() == family)
    }

    /// Removes a connection's registration in the legacy form; `false` when there is none.
    pub fn unsubscribe_legacy(&self, connection: u64, interest: &Interest) -> bool {
        self.remove(|known| known.is_legacy(connection, interest))
    }

    /// Whether a connection has registered for this in the legacy form.
    #[must_use]
    pub fn has_legacy(&self, connection: u64, interest: &Interest) -> bool {
        self.lock()
            .iter()
            .any(|known| known.is_legacy(connection, interest))
    }

    /// Removes all registrations of a connection.
    pub fn forget(&self, connection: u64) {
        self.remove(|known| known.id.connection == connection);
    }

    /// How many registrations there are; drivers may skip costly work for nobody.
    #[must_use]
    pub fn subscribers(&self, family: Family) -> usize {
        self.lock()
            .iter()
            .filter(|known| known.interest.family() == family)
            .count()
    }

    fn remove(&self, goes: impl Fn(&Subscriber) -> bool) -> bool {
        let mut subscribers = self.lock();
        let before = subscribers.len();
        subscribers.retain(|known| !goes(known));
        subscribers.len() < before
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Subscriber>> {
        self.subscribers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber {
    fn deliver(&mut self, event: &Event) {
        let Some(wire) = event.wire(self.form, self.id.callback) else {
            return;
        };
        let connection = self.id.connection;
        if self.sink.send(wire) {
            if self.lost > 0 {
                tracing::warn!(
                    connection,
                    lost = self.lost,
                    "a slow client has missed events"
                );
                self.lost = 0;
            }
            return;
        }
        if self.lost == 0 {
            tracing::warn!(
                connection,
                "a client reads too slowly and begins to miss events"
            );
        }
        self.lost = self.lost.saturating_add(1);
    }

    fn is_legacy(&self, connection: u64, interest: &Interest) -> bool {
        self.form == Form::Legacy && self.id.connection == connection && self.interest == *interest
    }
}

impl Event {
    /// The family of the object that it happened to.
    #[must_use]
    pub fn family(&self) -> Family {
        match self {
            Self::Domain(_) => Family::Domain,
            Self::Network(_) => Family::Network,
            Self::StoragePool(_) => Family::StoragePool,
            Self::NodeDevice(_) => Family::NodeDevice,
            Self::Secret(_) => Family::Secret,
            Self::Monitor(_) => Family::Monitor,
        }
    }

    /// The event's number in its family (`VIR_DOMAIN_EVENT_ID_*` and its relatives).
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Domain(event) => event.kind.id(),
            Self::Network(event) => event.kind.id(),
            Self::StoragePool(event) => event.kind.id(),
            Self::NodeDevice(event) => event.kind.id(),
            Self::Secret(event) => event.kind.id(),
            Self::Monitor(_) => 0,
        }
    }

    /// Whether it happened to this object.
    fn is_about(&self, key: &ObjectKey) -> bool {
        let uuid = match self {
            Self::Domain(event) => event.domain.uuid,
            Self::Monitor(event) => event.domain.uuid,
            Self::Network(event) => event.network.uuid,
            Self::StoragePool(event) => event.pool.uuid,
            Self::Secret(event) => event.secret.uuid,
            Self::NodeDevice(event) => {
                return matches!(key, ObjectKey::Name(name) if *name == event.device.name);
            }
        };
        *key == ObjectKey::Uuid(uuid)
    }

    /// The message for a subscriber; `None` when the form cannot carry it.
    fn wire(&self, form: Form, callback: i32) -> Option<Wire> {
        match (self, form) {
            (Self::Domain(event), Form::Legacy) => event.wire(None),
            (Self::Domain(event), Form::Callback) => event.wire(Some(callback)),
            (_, Form::Legacy) => None,
            (Self::Network(event), Form::Callback) => event.callback(callback),
            (Self::StoragePool(event), Form::Callback) => event.callback(callback),
            (Self::NodeDevice(event), Form::Callback) => event.callback(callback),
            (Self::Secret(event), Form::Callback) => event.callback(callback),
            (Self::Monitor(event), Form::Callback) => event.callback(callback),
        }
    }
}

impl Family {
    /// How many kinds of event the family has at the API's level 11.3.0.
    #[must_use]
    pub fn kinds(self) -> i32 {
        match self {
            Self::Domain => 28,
            Self::Network | Self::StoragePool | Self::NodeDevice | Self::Secret => 2,
            Self::Monitor => 1,
        }
    }

    /// The kind of object, for access rules.
    #[must_use]
    pub fn object(self) -> Object {
        match self {
            Self::Domain | Self::Monitor => Object::Domain,
            Self::Network => Object::Network,
            Self::StoragePool => Object::StoragePool,
            Self::NodeDevice => Object::NodeDevice,
            Self::Secret => Object::Secret,
        }
    }
}

macro_rules! from_event {
    ($($event:ident => $case:ident),* $(,)?) => {
        $(impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$case(event)
            }
        })*
    };
}

from_event! {
    DomainEvent => Domain,
    NetworkEvent => Network,
    StoragePoolEvent => StoragePool,
    NodeDeviceEvent => NodeDevice,
    SecretEvent => Secret,
    MonitorEvent => Monitor,
}
