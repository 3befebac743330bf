//! The serving end: sessions, requests, and the service that answers them.

mod answer;
mod request;
mod role;
mod service;
mod session;
pub(crate) mod slot;
mod stream;

#[cfg(test)]
mod tests;

pub use request::{Reply, Request};
pub use service::Service;
pub use session::{SendEventError, Session};
pub use stream::ServerStream;

use std::sync::Arc;

use crate::close::CloseReason;
use crate::limits::Limits;
use crate::link::Engine;
use crate::panics::guarded;
use crate::transport::Transport;
use role::ServerRole;
use tracing::error;

/// Serves one client until the conversation ends; the result says why.
///
/// Dropping the future ends the conversation. Calls in execution run to their end in any case.
pub fn serve(
    transport: Transport,
    service: Arc<dyn Service>,
    limits: Limits,
) -> impl Future<Output = CloseReason> + Send + 'static {
    accept(transport, service, limits).1
}

/// Like [`serve`], with the session at hand before it is polled.
pub fn accept(
    transport: Transport,
    service: Arc<dyn Service>,
    limits: Limits,
) -> (Session, impl Future<Output = CloseReason> + Send + 'static) {
    let Transport { io, peer } = transport;
    let engine = Engine::new(io, peer.transport.passes_descriptors(), limits, |link| {
        let session = Session::new(link.clone(), peer, limits);
        ServerRole::new(session, service.clone(), limits)
    });
    let session = engine.role().session().clone();
    if let Err(text) = guarded(|| service.opened(&session)) {
        error!(
            session = session.id(),
            text, "panic while a session was being opened"
        );
        session.close();
    }
    (session, engine)
}
