//! Passing calls on to the daemon that owns them.
//!
//! A client has one connection, but a network's procedures belong to another daemon than a
//! domain's. What is not the own driver's is passed on undecoded: each client gets a connection of
//! its own to each daemon that it needs, opened with the first call and with the client's rights.

mod owner;
mod upstream;

use std::sync::Arc;

use driver::{Connection, Error as DriverError};
use layout::Layout;
use process::DaemonName;
use protocol::error::{ErrorBody, Origin};
use protocol::header::Header;
use protocol::procedure::{self, Priority, ProcedureInfo};
use rpc::relay::forward;
use rpc::stream::Holes;
use rpc::{BoxFuture, Reply, Request, Service, Session};

use crate::context::Family;
use owner::owner;
use upstream::Upstreams;

/// The own driver's service, and behind it the way to the others.
pub(crate) struct Relay {
    own: Arc<dyn Service>,
    family: Family,
    layout: Layout,
}

impl Relay {
    pub(crate) fn new(own: Arc<dyn Service>, family: Family, layout: Layout) -> Arc<Self> {
        Arc::new(Relay {
            own,
            family,
            layout,
        })
    }

    /// The other daemon to which a call belongs.
    fn elsewhere(&self, header: &Header) -> Option<(DaemonName, &'static ProcedureInfo)> {
        let info = procedure::find(header.known_program()?, header.procedure)?;
        let daemon = owner(info)?;
        (Family::Of(daemon) != self.family).then_some((daemon, info))
    }
}

impl Service for Relay {
    fn opened(&self, session: &Session) {
        self.own.opened(session);
    }

    fn admit(&self, session: &Session, header: &Header) -> Result<Priority, ErrorBody> {
        let Some((_, info)) = self.elsewhere(header) else {
            return self.own.admit(session, header);
        };
        // Whether the client may do it on the object is decided where the object is known.
        let connection = Connection::of(session);
        driver::access::admit(info, session.is_authenticated(), &connection, true)
            .map_err(|error: DriverError| error.to_body(Origin::Remote))?;
        Ok(info.priority)
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        let Some((daemon, info)) = self.elsewhere(&request.header) else {
            return self.own.clone().call(request);
        };
        // Whether this stream will have holes is in the arguments, which are not looked at here.
        let holes = match (info.stream, info.sparse_flag) {
            (None, _) => None,
            (Some(_), None) => Some(Holes::Refused),
            (Some(_), Some(_)) => Some(Holes::Allowed),
        };
        Box::pin(async move {
            let upstreams = request.session.extensions().get_or_init(Upstreams::default);
            let upstream = upstreams
                .get(daemon, &self.layout, &request.session)
                .await?;
            forward(request, &upstream, holes).await
        })
    }

    fn closed(&self, session: &Session) {
        session.extensions().remove::<Upstreams>();
        self.own.closed(session);
    }
}
