//! The storage pools and their volumes: one state behind one lock, and the events of its changes.
//!
//! No pool has storage: what would be read from a host is what libvirt's test driver pretends.

mod complete;
mod conflict;
mod definition;
mod discover;
mod error;
mod info;
mod lifecycle;
mod list;
mod volume;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use documents::Uuid;
use documents::storage_pool::{AdapterKind, PoolAdapter, StoragePool};
use documents::volume::Volume as VolumeDocument;
use driver::events::{StoragePoolEvent, StoragePoolEventKind};
use driver::{Call, Error, EventHub, Routes, Target};
use protocol::enums::StoragePoolEventLifecycleType as Event;
use protocol::procedure::Object;
use protocol::remote::NonnullStoragePool;

use crate::{TestDriver, uuid};
use error::StorageError;
use volume::Volume;

/// What a pool can hold, in bytes.
const CAPACITY: u64 = 100 << 30;

/// All storage pools of a driver.
#[derive(Debug)]
pub(crate) struct Pools {
    table: Mutex<Table>,
    events: EventHub,
}

/// The pools.
#[derive(Debug, Default)]
struct Table {
    pools: BTreeMap<Uuid, Pool>,
}

/// One storage pool.
#[derive(Debug)]
struct Pool {
    uuid: Uuid,
    /// What is in effect. Its sizes are those of the volumes.
    document: StoragePool,
    /// What is in effect from the next start on, if that is something else.
    next: Option<StoragePool>,
    is_persistent: bool,
    is_active: bool,
    autostart: bool,
    volumes: Vec<Volume>,
}

pub(crate) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(list::routes)
        .module(definition::routes)
        .module(lifecycle::routes)
        .module(info::routes)
        .module(discover::routes)
        .module(volume::routes);
}

impl Pools {
    /// No pools; what happens to those to come is published through `events`.
    pub(crate) fn new(events: EventHub) -> Self {
        Self {
            table: Mutex::default(),
            events,
        }
    }

    /// Adds a pool that is active from the beginning, with its volumes.
    pub(crate) fn add_first(
        &self,
        document: StoragePool,
        volumes: Vec<VolumeDocument>,
    ) -> Result<(), Error> {
        let mut pool = Pool::new(complete::complete(document)?)?;
        pool.is_persistent = true;
        pool.is_active = true;
        for volume in volumes {
            let volume = volume::complete::complete(volume, &pool.document)?;
            pool.volumes.push(volume);
        }
        let mut table = self.lock();
        table.check_new(&pool)?;
        table.pools.insert(pool.uuid, pool);
        Ok(())
    }

    /// Lets `use_it` look at the pool that a call names, if the call may.
    fn read<R>(
        &self,
        call: &Call<TestDriver>,
        pool: &NonnullStoragePool,
        use_it: impl FnOnce(&Pool) -> Result<R, StorageError>,
    ) -> Result<R, Error> {
        let table = self.lock();
        let found = table
            .pools
            .get(&Uuid(pool.uuid))
            .ok_or_else(|| gone(pool))?;
        call.allow(&found.target())?;
        Ok(use_it(found)?)
    }

    /// Lets `use_it` change the pool that a call names, if the call may, and tells what has
    /// happened. A pool that is neither active nor defined afterwards is no more.
    fn change(
        &self,
        call: &Call<TestDriver>,
        pool: &NonnullStoragePool,
        use_it: impl FnOnce(&mut Pool) -> Result<Option<StoragePoolEventKind>, Error>,
    ) -> Result<(), Error> {
        let mut table = self.lock();
        let uuid = Uuid(pool.uuid);
        let found = table.pools.get_mut(&uuid).ok_or_else(|| gone(pool))?;
        call.allow(&found.target())?;
        let happened = use_it(found)?;
        let wire = found.wire();
        if !found.is_active && !found.is_persistent {
            table.pools.remove(&uuid);
        }
        if let Some(kind) = happened {
            self.events.publish(StoragePoolEvent { pool: wire, kind });
        }
        Ok(())
    }

    fn publish(&self, pool: NonnullStoragePool, event: Event) {
        let kind = lifecycle_event(event);
        self.events.publish(StoragePoolEvent { pool, kind });
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn by_name(&self, name: &str) -> Option<&Pool> {
        self.pools.values().find(|pool| pool.name() == name)
    }

    fn named_mut(&mut self, name: &str) -> Result<&mut Pool, StorageError> {
        let mut pools = self.pools.values_mut();
        pools
            .find(|pool| pool.name() == name)
            .ok_or_else(|| StorageError::UnknownName(name.to_owned()))
    }

    /// Whether a document may stand for the pool of this UUID: the name must be free or its own,
    /// and no other pool may have the same storage.
    fn check_new(&self, new: &Pool) -> Result<(), StorageError> {
        if let Some(known) = self.pools.get(&new.uuid)
            && known.name() != new.name()
        {
            return Err(StorageError::UuidTaken {
                name: known.name().to_owned(),
                uuid: known.uuid,
            });
        }
        match self.by_name(new.name()) {
            Some(known) if known.uuid != new.uuid => {
                return Err(StorageError::NameTaken {
                    name: known.name().to_owned(),
                    uuid: known.uuid,
                });
            }
            _ => {}
        }
        let mut others = self.pools.values().filter(|pool| pool.uuid != new.uuid);
        match others.find(|pool| conflict::share(&pool.document, &new.document)) {
            Some(other) => Err(StorageError::SameStorage(other.name().to_owned())),
            None => Ok(()),
        }
    }
}

impl Pool {
    /// A pool that is neither active nor defined yet. The document is complete.
    fn new(mut document: StoragePool) -> Result<Self, StorageError> {
        let uuid = match document.uuid {
            Some(uuid) => uuid,
            None => uuid::random().ok_or(StorageError::NoRandom)?,
        };
        document.uuid = Some(uuid);
        Ok(Self {
            uuid,
            document,
            next: None,
            is_persistent: false,
            is_active: false,
            autostart: false,
            volumes: Vec::new(),
        })
    }

    fn name(&self) -> &str {
        self.document.name.as_deref().unwrap_or_default()
    }

    /// The document with the sizes as they are now.
    fn described(&self) -> StoragePool {
        let allocation = self.allocation();
        StoragePool {
            capacity: Some(CAPACITY),
            allocation: Some(allocation),
            available: Some(CAPACITY.saturating_sub(allocation)),
            ..self.document.clone()
        }
    }

    /// Bytes that the volumes use.
    fn allocation(&self) -> u64 {
        let used = self.volumes.iter().map(Volume::allocation);
        used.fold(0, u64::saturating_add)
    }

    fn volume(&self, name: &str) -> Result<&Volume, StorageError> {
        let mut volumes = self.volumes.iter();
        volumes
            .find(|volume| volume.name() == name)
            .ok_or_else(|| StorageError::UnknownVolume(name.to_owned()))
    }

    fn require_active(&self) -> Result<(), StorageError> {
        match self.is_active {
            true => Ok(()),
            false => Err(StorageError::NotActive(self.name().to_owned())),
        }
    }

    fn require_inactive(&self) -> Result<(), StorageError> {
        match self.is_active {
            true => Err(StorageError::Active(self.name().to_owned())),
            false => Ok(()),
        }
    }

    /// The virtual port that the pool makes when it starts, if it is on one.
    fn vport(&self) -> Option<&PoolAdapter> {
        let adapter = self.document.source.as_ref()?.adapter.as_ref()?;
        (adapter.kind == Some(AdapterKind::FcHost)).then_some(adapter)
    }

    fn wire(&self) -> NonnullStoragePool {
        NonnullStoragePool {
            name: self.name().to_owned(),
            uuid: self.uuid.0,
        }
    }

    fn target(&self) -> Target<'_> {
        Target::named(Object::StoragePool, self.name(), Some(self.uuid.0))
    }
}

fn lifecycle_event(event: Event) -> StoragePoolEventKind {
    StoragePoolEventKind::Lifecycle {
        event: event.value(),
        detail: 0,
    }
}

fn gone(pool: &NonnullStoragePool) -> StorageError {
    StorageError::Gone {
        uuid: Uuid(pool.uuid),
        name: pool.name.clone(),
    }
}
