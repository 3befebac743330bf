//! The driver: its objects, its service.

use std::sync::Arc;

use driver::events::Family;
use driver::{Door, Driver, Error, EventHub, Opened, Routes};
use protocol::error::{Code, Origin};
use rpc::BoxFuture;

use crate::domain::Domains;
use crate::network::Networks;
use crate::{default, domain, host, network};

/// The URI of the driver.
pub const URI: &str = "test:///default";

/// The in-memory driver.
#[derive(Debug)]
pub struct TestDriver {
    domains: Domains,
    networks: Networks,
    events: EventHub,
}

/// Why a URI was refused.
#[derive(Debug, thiserror::Error)]
enum OpenError {
    #[error("'{uri}' is no URI of the test driver: use '{URI}'")]
    Uri { uri: String },
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
        let events = EventHub::new();
        let domains = Domains::new(events.clone());
        if let Some(document) = default::domain() {
            domains.add_default(document);
        }
        let networks = Networks::new(events.clone());
        if let Some(document) = default::network() {
            networks.add_default(document);
        }
        Arc::new(Self {
            domains,
            networks,
            events,
        })
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
            .module(network::routes);
        Door::new(self, routes)
    }

    pub(crate) fn domains(&self) -> &Domains {
        &self.domains
    }

    pub(crate) fn networks(&self) -> &Networks {
        &self.networks
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
        &[Family::Domain, Family::Network]
    }

    fn open(&self, uri: Option<&str>, _: bool) -> Result<Opened, Error> {
        let uri = uri.unwrap_or(URI);
        // Options behind the path are the client library's own.
        match uri.split('?').next() {
            Some(URI) => Ok(Opened {
                uri: uri.to_owned(),
            }),
            _ => Err(OpenError::Uri {
                uri: uri.to_owned(),
            }
            .into()),
        }
    }

    fn is_idle(&self) -> bool {
        // Nothing here outlives a client's interest.
        true
    }

    fn shutdown(self: Arc<Self>) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}
