//! The domains: one state behind one lock, and the events of its changes.
//!
//! Nothing here waits, so a lock around the whole is enough: a call looks its domain up, is
//! checked, changes it and publishes what changed before another call sees anything.

mod complete;
mod definition;
mod error;
mod guest;
mod info;
mod inside;
mod lifecycle;
mod list;
mod memory;
mod metadata;
mod saved;
mod scheduler;
mod vcpu;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use documents::Uuid;
use driver::events::{DomainEvent, DomainEventKind};
use driver::{Call, Error, EventHub, Routes, Target};
use protocol::enums::{DomainEventType, DomainShutoffReason, DomainState};
use protocol::remote::NonnullDomain;

use crate::TestDriver;
use crate::node_file::FirstDomain;
use error::DomainError;
use guest::Guest;

/// All domains of a driver.
#[derive(Debug)]
pub(crate) struct Domains {
    table: Mutex<Table>,
    events: EventHub,
}

/// The domains and the id of the last one started.
#[derive(Debug, Default)]
pub(crate) struct Table {
    guests: BTreeMap<Uuid, Guest>,
    last_id: i32,
}

/// One domain in the hands of a call that may change it.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    guest: &'a mut Guest,
    last_id: &'a mut i32,
    events: &'a EventHub,
}

pub(crate) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(list::routes)
        .module(definition::routes)
        .module(lifecycle::routes)
        .module(info::routes)
        .module(memory::routes)
        .module(vcpu::routes)
        .module(scheduler::routes)
        .module(saved::routes)
        .module(inside::routes)
        .module(metadata::routes);
}

impl Domains {
    /// No domains; what happens to those to come is published through `events`.
    pub(crate) fn new(events: EventHub) -> Self {
        Self {
            table: Mutex::default(),
            events,
        }
    }

    /// Adds a domain that is there from the beginning.
    pub(crate) fn add_first(&self, first: FirstDomain) -> Result<(), Error> {
        let (uuid, document) = complete::complete(first.document)?;
        let mut table = self.lock();
        table.check_identity(uuid, &document.name)?;
        let mut guest = match first.is_transient {
            true => Guest::transient(uuid, document),
            false => Guest::defined(uuid, document),
        };
        if first.state != DomainState::Shutoff {
            table.last_id += 1;
            guest.start_unseen(table.last_id, first.state);
        }
        guest.set_managed_save(first.managed_save);
        table.guests.insert(uuid, guest);
        Ok(())
    }

    /// Lets `use_it` look at the domain that a call names, if the call may.
    fn read<R>(
        &self,
        call: &Call<TestDriver>,
        dom: &NonnullDomain,
        use_it: impl FnOnce(&Guest) -> Result<R, DomainError>,
    ) -> Result<R, Error> {
        let table = self.lock();
        let uuid = Uuid(dom.uuid);
        let guest = table.guests.get(&uuid).ok_or_else(|| gone(dom))?;
        call.allow(&guest.target())?;
        Ok(use_it(guest)?)
    }

    /// Lets `use_it` change the domain that a call names, if the call may. A domain that is
    /// neither running nor defined afterwards is no more.
    fn change<R>(
        &self,
        call: &Call<TestDriver>,
        dom: &NonnullDomain,
        use_it: impl FnOnce(&mut Turn<'_>) -> Result<R, DomainError>,
    ) -> Result<R, Error> {
        let mut table = self.lock();
        let uuid = Uuid(dom.uuid);
        let guest = table.guests.get(&uuid).ok_or_else(|| gone(dom))?;
        call.allow(&guest.target())?;
        table
            .turn(uuid, &self.events, use_it)
            .unwrap_or_else(|| Err(gone(dom)))
            .map_err(Into::into)
    }

    /// Ends a domain that was to live as long as a connection, if it is still that run of it.
    fn autodestroy(&self, uuid: Uuid, id: i32) {
        let mut table = self.lock();
        table.turn(uuid, &self.events, |turn| {
            if turn.guest.id() == Some(id) {
                turn.stop(DomainShutoffReason::Destroyed);
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Gives one domain a turn; `None` when there is no such domain.
    fn turn<R>(
        &mut self,
        uuid: Uuid,
        events: &EventHub,
        use_it: impl FnOnce(&mut Turn<'_>) -> R,
    ) -> Option<R> {
        let guest = self.guests.get_mut(&uuid)?;
        let result = use_it(&mut Turn {
            guest,
            last_id: &mut self.last_id,
            events,
        });
        if self.guests.get(&uuid).is_some_and(Guest::is_gone) {
            self.guests.remove(&uuid);
        }
        Some(result)
    }

    fn by_name(&self, name: &str) -> Option<&Guest> {
        self.guests.values().find(|guest| guest.name() == name)
    }

    fn by_id(&self, id: i32) -> Option<&Guest> {
        self.guests.values().find(|guest| guest.id() == Some(id))
    }

    /// Whether a document may stand for the domain of this UUID: its name must be free, and the
    /// UUID must not be another domain's.
    fn check_identity(&self, uuid: Uuid, name: &str) -> Result<(), DomainError> {
        if let Some(guest) = self.guests.get(&uuid)
            && guest.name() != name
        {
            return Err(DomainError::UuidTaken {
                name: guest.name().to_owned(),
                uuid,
            });
        }
        self.check_name(uuid, name)
    }

    /// Whether a name is free, or the domain's own.
    fn check_name(&self, uuid: Uuid, name: &str) -> Result<(), DomainError> {
        match self.by_name(name) {
            Some(guest) if guest.uuid() != uuid => Err(DomainError::NameTaken {
                name: name.to_owned(),
                uuid: guest.uuid(),
            }),
            _ => Ok(()),
        }
    }
}

impl Turn<'_> {
    /// Tells subscribers what happened to the domain as it is now.
    fn publish(&self, kind: DomainEventKind) {
        self.events.publish(DomainEvent {
            domain: self.guest.wire(),
            kind,
        });
    }

    fn publish_lifecycle(&self, event: DomainEventType, detail: i32) {
        self.publish(DomainEventKind::Lifecycle {
            event: event.value(),
            detail,
        });
    }
}

fn gone(dom: &NonnullDomain) -> DomainError {
    DomainError::Gone {
        uuid: Uuid(dom.uuid),
        name: dom.name.clone(),
    }
}

impl Guest {
    fn target(&self) -> Target<'_> {
        Target::domain(self.name(), self.uuid().0)
    }
}
