//! The virtual networks: one state behind one lock, and the events of its changes.

mod definition;
mod error;
mod info;
mod lifecycle;
mod list;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use documents::Uuid;
use documents::network::Network;
use driver::events::{NetworkEvent, NetworkEventKind};
use driver::{Call, Error, EventHub, Routes, Target};
use protocol::enums::NetworkEventLifecycleType;
use protocol::procedure::Object;
use protocol::remote::NonnullNetwork;

use crate::{TestDriver, uuid};
use error::NetworkError;

/// All virtual networks of a driver.
#[derive(Debug)]
pub(crate) struct Networks {
    table: Mutex<Table>,
    events: EventHub,
}

/// The networks.
#[derive(Debug, Default)]
struct Table {
    nets: BTreeMap<Uuid, Net>,
}

/// One virtual network.
#[derive(Debug)]
struct Net {
    uuid: Uuid,
    document: Network,
    is_persistent: bool,
    is_active: bool,
    autostart: bool,
}

pub(crate) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(list::routes)
        .module(definition::routes)
        .module(lifecycle::routes)
        .module(info::routes);
}

impl Networks {
    /// No networks; what happens to those to come is published through `events`.
    pub(crate) fn new(events: EventHub) -> Self {
        Self {
            table: Mutex::default(),
            events,
        }
    }

    /// Adds a network that is active from the beginning.
    pub(crate) fn add_first(&self, document: Network) -> Result<(), Error> {
        let net = Net {
            is_persistent: true,
            is_active: true,
            ..Net::new(document)?
        };
        let mut table = self.lock();
        table.check_identity(net.uuid, net.name())?;
        table.nets.insert(net.uuid, net);
        Ok(())
    }

    /// The first of the addresses that a network hands out, and the bits that name the network.
    pub(crate) fn first_address(&self, name: &str) -> Result<(Ipv4Addr, u32), Error> {
        let table = self.lock();
        let net = table.by_name(name);
        let net = net.ok_or_else(|| NetworkError::UnknownName(name.to_owned()))?;
        let found = net.document.ips.iter().find_map(|ip| {
            let dhcp = ip.dhcp.as_ref();
            let range = dhcp.and_then(|dhcp| dhcp.ranges.first());
            let first = range.map(|range| &range.start).or(ip.address.as_ref());
            let mask = ip.netmask.as_deref().and_then(|it| it.parse().ok());
            let mask: Option<Ipv4Addr> = mask;
            let prefix = mask.map(|mask| mask.to_bits().count_ones()).or(ip.prefix);
            Some((first?.parse().ok()?, prefix.unwrap_or(24)))
        });
        Ok(found.ok_or_else(|| NetworkError::NoAddress(name.to_owned()))?)
    }

    /// Lets `use_it` look at the network that a call names, if the call may.
    fn read<R>(
        &self,
        call: &Call<TestDriver>,
        net: &NonnullNetwork,
        use_it: impl FnOnce(&Net) -> Result<R, NetworkError>,
    ) -> Result<R, Error> {
        let table = self.lock();
        let found = table.nets.get(&Uuid(net.uuid)).ok_or_else(|| gone(net))?;
        call.allow(&found.target())?;
        Ok(use_it(found)?)
    }

    /// Lets `use_it` change the network that a call names, if the call may, and tells what has
    /// happened. A network that is neither active nor defined afterwards is no more.
    fn change(
        &self,
        call: &Call<TestDriver>,
        net: &NonnullNetwork,
        use_it: impl FnOnce(&mut Net) -> Result<Option<NetworkEventLifecycleType>, NetworkError>,
    ) -> Result<(), Error> {
        let mut table = self.lock();
        let uuid = Uuid(net.uuid);
        let found = table.nets.get_mut(&uuid).ok_or_else(|| gone(net))?;
        call.allow(&found.target())?;
        let happened = use_it(found)?;
        let (wire, is_gone) = (found.wire(), !found.is_active && !found.is_persistent);
        if is_gone {
            table.nets.remove(&uuid);
        }
        if let Some(event) = happened {
            self.publish(wire, event);
        }
        Ok(())
    }

    fn publish(&self, network: NonnullNetwork, event: NetworkEventLifecycleType) {
        let kind = NetworkEventKind::Lifecycle {
            event: event.value(),
            detail: 0,
        };
        self.events.publish(NetworkEvent { network, kind });
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn by_name(&self, name: &str) -> Option<&Net> {
        self.nets.values().find(|net| net.name() == name)
    }

    /// Whether a document may stand for the network of this UUID.
    fn check_identity(&self, uuid: Uuid, name: &str) -> Result<(), NetworkError> {
        if let Some(net) = self.nets.get(&uuid)
            && net.name() != name
        {
            return Err(NetworkError::UuidTaken {
                name: net.name().to_owned(),
                uuid,
            });
        }
        match self.by_name(name) {
            Some(net) if net.uuid != uuid => Err(NetworkError::NameTaken {
                name: name.to_owned(),
                uuid: net.uuid,
            }),
            _ => Ok(()),
        }
    }
}

impl Net {
    /// A network that is neither active nor defined yet.
    fn new(mut document: Network) -> Result<Self, NetworkError> {
        let uuid = match document.uuid {
            Some(uuid) => uuid,
            None => uuid::random().ok_or(NetworkError::NoRandom)?,
        };
        document.uuid = Some(uuid);
        Ok(Self {
            uuid,
            document,
            is_persistent: false,
            is_active: false,
            autostart: false,
        })
    }

    fn name(&self) -> &str {
        &self.document.name
    }

    fn wire(&self) -> NonnullNetwork {
        NonnullNetwork {
            name: self.name().to_owned(),
            uuid: self.uuid.0,
        }
    }

    fn target(&self) -> Target<'_> {
        Target::named(Object::Network, self.name(), Some(self.uuid.0))
    }
}

fn gone(net: &NonnullNetwork) -> NetworkError {
    NetworkError::Gone {
        uuid: Uuid(net.uuid),
        name: net.name.clone(),
    }
}
