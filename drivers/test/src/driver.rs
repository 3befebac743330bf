//! The driver: its objects, its service.

use std::path::Path;
use std::sync::Arc;

use driver::events::Family;
use driver::{Door, Driver, Error, EventHub, Opened, Routes};
use protocol::error::{Code, Origin};
use rpc::BoxFuture;

use crate::domain::Domains;
use crate::host::HostInfo;
use crate::interface::Interfaces;
use crate::network::Networks;
use crate::node_device::NodeDevices;
use crate::node_file::{Node, NodeFileError};
use crate::storage::Pools;
use crate::{default, domain, host, interface, network, node_device, storage};

/// The URI of the driver.
pub const URI: &str = "test:///default";

/// The in-memory driver.
#[derive(Debug)]
pub struct TestDriver {
    uri: String,
    host: HostInfo,
    domains: Domains,
    networks: Networks,
    interfaces: Interfaces,
    pools: Pools,
    node_devices: NodeDevices,
    events: EventHub,
}

/// Why a URI was refused.
#[derive(Debug, thiserror::Error)]
enum OpenError {
    #[error("'{uri}' is not what this driver has: use '{own}'")]
    Uri { uri: String, own: String },
}

impl driver::ToError for OpenError {
    fn code(&self) -> Code {
        match self {
            Self::Uri { .. } => Code::InvalidArg,
        }
    }
}

impl TestDriver {
    /// A driver with the default objects and no connection to any other one.
    #[must_use]
    pub fn new() -> Arc<Self> {
        let (driver, refused) = Self::begin(URI.to_owned(), default::node());
        debug_assert!(refused.is_none(), "{refused:?}");
        driver
    }

    /// A driver with the host and the objects that a file describes. Blocks while it reads.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or describes what cannot be.
    pub fn from_file(path: &Path) -> Result<Arc<Self>, NodeFileError> {
        let node = Node::read(path)?;
        let (driver, refused) = Self::begin(format!("test://{}", path.display()), node);
        match refused {
            None => Ok(driver),
            Some(source) => Err(NodeFileError::Object {
                path: path.to_owned(),
                source,
            }),
        }
    }

    /// A driver with first objects, and the first of them that was refused.
    fn begin(uri: String, node: Node) -> (Arc<Self>, Option<Error>) {
        let events = EventHub::new();
        let driver = Self {
            uri,
            host: node.host,
            domains: Domains::new(events.clone()),
            networks: Networks::new(events.clone()),
            interfaces: Interfaces::default(),
            pools: Pools::new(events.clone()),
            node_devices: NodeDevices::new(events.clone()),
            events,
        };
        let domains = node.domains.into_iter();
        let networks = node.networks.into_iter();
        let interfaces = node.interfaces.into_iter();
        let pools = node.pools.into_iter();
        let devices = node.devices.into_iter();
        let added = domains
            .map(|domain| driver.domains.add_first(domain))
            .chain(networks.map(|network| driver.networks.add_first(network)))
            .chain(interfaces.map(|interface| driver.interfaces.add_first(interface)))
            .chain(pools.map(|(pool, volumes)| driver.pools.add_first(pool, volumes)))
            .chain(devices.map(|device| driver.node_devices.add_first(device)))
            .collect::<Result<Vec<()>, _>>();
        (Arc::new(driver), added.err())
    }

    /// The service of a new driver.
    #[must_use]
    pub fn service() -> Arc<Door<Self>> {
        Self::new().door()
    }

    /// The service of this driver.
    #[must_use]
    pub fn door(self: Arc<Self>) -> Arc<Door<Self>> {
        let mut routes = Routes::new();
        routes
            .module(host::routes)
            .module(domain::routes)
            .module(network::routes)
            .module(interface::routes)
            .module(storage::routes)
            .module(node_device::routes);
        Door::new(self, routes)
    }

    pub(crate) fn domains(&self) -> &Domains {
        &self.domains
    }

    pub(crate) fn networks(&self) -> &Networks {
        &self.networks
    }

    pub(crate) fn interfaces(&self) -> &Interfaces {
        &self.interfaces
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }

    pub(crate) fn node_devices(&self) -> &NodeDevices {
        &self.node_devices
    }

    pub(crate) fn host(&self) -> &HostInfo {
        &self.host
    }
}

impl Driver for TestDriver {
    fn name(&self) -> &'static str {
        "TEST"
    }

    fn origin(&self) -> Origin {
        Origin::Test
    }

    fn events(&self) -> &EventHub {
        &self.events
    }

    fn event_families(&self) -> &'static [Family] {
        &[
            Family::Domain,
            Family::Network,
            Family::StoragePool,
            Family::NodeDevice,
        ]
    }

    fn open(&self, uri: Option<&str>, _: bool) -> Result<Opened, Error> {
        let uri = uri.unwrap_or(&self.uri).to_owned();
        // Options behind the path are the client library's own.
        if uri.split('?').next() == Some(&self.uri) {
            return Ok(Opened { uri });
        }
        let own = self.uri.clone();
        Err(OpenError::Uri { uri, own }.into())
    }

    fn is_idle(&self) -> bool {
        // Nothing here outlives a client's interest.
        true
    }

    fn shutdown(self: Arc<Self>) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}
