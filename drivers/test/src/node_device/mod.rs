//! The devices of the host: what documents say there is, and virtual ports of fibre channel
//! adapters, which come and go.

mod capability;
mod error;
mod info;
mod list;
mod vport;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use documents::node_device::NodeDevice;
use driver::events::{NodeDeviceEvent, NodeDeviceEventKind};
use driver::{Call, Error, EventHub, Routes, Target};
use protocol::enums::NodeDeviceEventLifecycleType as Event;
use protocol::procedure::Object;
use protocol::remote::NonnullNodeDevice;

use crate::TestDriver;
use error::NodeDeviceError;

/// All devices of a driver.
#[derive(Debug)]
pub(crate) struct NodeDevices {
    table: Mutex<Table>,
    events: EventHub,
}

/// The devices by name.
type Table = BTreeMap<String, NodeDevice>;

pub(crate) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(list::routes)
        .module(info::routes)
        .module(vport::routes);
}

impl NodeDevices {
    /// No devices; what happens to those to come is published through `events`.
    pub(crate) fn new(events: EventHub) -> Self {
        Self {
            table: Mutex::default(),
            events,
        }
    }

    /// Adds a device that is there from the beginning.
    pub(crate) fn add_first(&self, document: NodeDevice) -> Result<(), Error> {
        let name = document.name.clone().ok_or(NodeDeviceError::NoName)?;
        if document.capabilities.is_empty() {
            return Err(NodeDeviceError::NoCapability(name).into());
        }
        self.lock().insert(name, document);
        Ok(())
    }

    /// Lets `use_it` look at the device that a call names, if the call may.
    fn read<R>(
        &self,
        call: &Call<TestDriver>,
        name: &str,
        use_it: impl FnOnce(&NodeDevice) -> Result<R, NodeDeviceError>,
    ) -> Result<R, Error> {
        let table = self.lock();
        let found = table.get(name);
        let found = found.ok_or_else(|| NodeDeviceError::UnknownName(name.to_owned()))?;
        call.allow(&target(name))?;
        Ok(use_it(found)?)
    }

    fn publish(&self, name: &str, event: Event) {
        self.events.publish(NodeDeviceEvent {
            device: wire(name),
            kind: NodeDeviceEventKind::Lifecycle {
                event: event.value(),
                detail: 0,
            },
        });
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wire(name: &str) -> NonnullNodeDevice {
    NonnullNodeDevice {
        name: name.to_owned(),
    }
}

fn target(name: &str) -> Target<'_> {
    Target::named(Object::NodeDevice, name, None)
}
