//! What a driver is to those who serve it: the door, a daemon, an embedding application.

use std::sync::Arc;

use protocol::error::Origin;
use rpc::{BoxFuture, Service};

use crate::access::{Access, AllowAll};
use crate::connection::Opened;
use crate::error::Error;
use crate::events::{EventHub, Family};

/// What every driver says about itself.
pub trait Driver: Send + Sync + 'static {
    /// The driver's name, as `virConnectGetType` gives it: `QEMU`, `Test`.
    fn name(&self) -> &'static str;

    /// Where errors come from that say nothing else.
    fn origin(&self) -> Origin;

    /// The driver's events.
    fn events(&self) -> &EventHub;

    /// The families of events that clients may ask for.
    fn event_families(&self) -> &'static [Family];

    /// Opens the driver for a client. `uri` is what the client asked for; without one the
    /// driver's default is meant. The answer holds the complete URI.
    fn open(&self, uri: Option<&str>, read_only: bool) -> Result<Opened, Error>;

    /// Whether the driver has a feature (`VIR_DRV_FEATURE_*`) that the door does not answer for
    /// all drivers.
    fn supports(&self, feature: i32) -> bool {
        let _ = feature;
        false
    }

    /// The policy that decides on permissions.
    fn access(&self) -> &dyn Access {
        &AllowAll
    }

    /// Whether the daemon may end when no client is connected.
    fn is_idle(&self) -> bool;

    /// Brings everything to rest that does not outlive the process. Called once, at the end.
    fn shutdown(self: Arc<Self>) -> BoxFuture<'static, ()>;
}

/// A driver together with its door, whatever its type: what a daemon and an embedding
/// application hold.
pub trait Lifecycle: Send + Sync + 'static {
    /// The driver's name.
    fn name(&self) -> &'static str;

    /// What answers the calls of a session.
    fn service(&self) -> Arc<dyn Service>;

    /// Whether the daemon may end when no client is connected.
    fn is_idle(&self) -> bool;

    /// Brings everything to rest that does not outlive the process.
    fn shutdown(&self) -> BoxFuture<'static, ()>;
}
