//! The way into a driver: one service for every transport, whatever the driver.
//!
//! The door answers once for all drivers what concerns the connection itself (authentication,
//! opening, features, close callbacks, identity, event registrations) and sends every other call
//! through the access check to its handler.

mod connect;
mod events;

use std::fmt;
use std::sync::Arc;

use protocol::error::{Code, ErrorBody, Origin};
use protocol::header::Header;
use protocol::procedure::{self, Priority, ProcedureInfo};
use rpc::{BoxFuture, Reply, Request, Service, Session};

use crate::access::{self, api};
use crate::connection::Connection;
use crate::driver::{Driver, Lifecycle};
use crate::error::{Error, ToError};
use crate::routes::{Route, Routes};

/// A driver as a service.
pub struct Door<D> {
    driver: Arc<D>,
    routes: Routes<D>,
}

/// Why a call has no handler.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum RouteError {
    #[error("cannot find program {program:#x} version {version}")]
    Program { program: u32, version: u32 },
    #[error("unknown procedure: {procedure}")]
    Procedure { procedure: i32 },
    #[error("{api}")]
    NotServed { api: String },
}

impl ToError for RouteError {
    fn code(&self) -> Code {
        match self {
            Self::Program { .. } | Self::Procedure { .. } => Code::Rpc,
            Self::NotServed { .. } => Code::NoSupport,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Self::Program { .. } | Self::Procedure { .. } => Some(Origin::Rpc),
            Self::NotServed { .. } => None,
        }
    }
}

impl<D: Driver> Door<D> {
    /// The service of a driver: what `routes` lists and what the door itself answers.
    #[must_use]
    pub fn new(driver: Arc<D>, routes: Routes<D>) -> Arc<Self> {
        let mut table = Routes::new();
        table.module(connect::routes);
        for family in driver.event_families() {
            table.module(|table| events::routes(table, *family));
        }
        table.extend(routes);
        Arc::new(Self {
            driver,
            routes: table,
        })
    }

    /// The driver behind the door.
    #[must_use]
    pub fn driver(&self) -> &Arc<D> {
        &self.driver
    }

    /// What is behind the door, for tests and documentation.
    #[must_use]
    pub fn routes(&self) -> &Routes<D> {
        &self.routes
    }

    /// The handler of a call that may be made.
    fn route(&self, session: &Session, header: &Header) -> Result<&Route<D>, Error> {
        let info = declared(header)?;
        let connection = Connection::of(session);
        access::admit(
            info,
            session.is_authenticated(),
            &connection,
            needs_open(info),
        )?;
        let route = self.routes.find(header.program, header.procedure);
        route.ok_or_else(|| RouteError::NotServed { api: api(info) }.into())
    }

    fn to_body(&self, error: &Error) -> ErrorBody {
        error.to_body(self.driver.origin())
    }
}

impl<D: Driver> Service for Door<D> {
    fn opened(&self, session: &Session) {
        // Who may reach a unix socket is the business of its file mode and owner; nothing more is
        // asked for now. SASL and polkit will leave this to the last step of their handshake.
        session.set_authenticated();
        Connection::of(session);
    }

    fn admit(&self, session: &Session, header: &Header) -> Result<Priority, ErrorBody> {
        match self.route(session, header) {
            Ok(route) => Ok(route.info.priority),
            Err(error) => Err(self.to_body(&error)),
        }
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        let Request {
            header, session, ..
        } = &request;
        let Some(route) = self.routes.find(header.program, header.procedure) else {
            let refused = self.route(session, header).err();
            let error = refused.unwrap_or_else(|| Error::bare(Code::NoSupport));
            let body = self.to_body(&error);
            return Box::pin(async move { Err(body) });
        };
        let answer = route.run(Arc::clone(&self.driver), Connection::of(session), request);
        Box::pin(async move {
            answer.await.map_err(|error| {
                tracing::debug!(%error, "a call failed");
                self.to_body(&error)
            })
        })
    }

    fn closed(&self, session: &Session) {
        self.driver.events().forget(session.id());
        let connection = Connection::of(session);
        tokio::spawn(async move { connection.on_close().run().await });
    }
}

impl<D: Driver> Lifecycle for Arc<Door<D>> {
    fn name(&self) -> &'static str {
        self.driver.name()
    }

    fn service(&self) -> Arc<dyn Service> {
        Arc::<Door<D>>::clone(self)
    }

    fn is_idle(&self) -> bool {
        self.driver.is_idle()
    }

    fn shutdown(&self) -> BoxFuture<'static, ()> {
        Arc::clone(&self.driver).shutdown()
    }
}

impl<D> fmt::Debug for Door<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door")
            .field("routes", &self.routes)
            .finish_non_exhaustive()
    }
}

/// The declaration of the procedure that a header names.
fn declared(header: &Header) -> Result<&'static ProcedureInfo, RouteError> {
    let Header {
        program,
        version,
        procedure,
        ..
    } = *header;
    let known = header
        .known_program()
        .ok_or(RouteError::Program { program, version })?;
    procedure::find(known, procedure).ok_or(RouteError::Procedure { procedure })
}

/// Whether a procedure needs an open connection: all but those that lead up to one or end it.
fn needs_open(info: &ProcedureInfo) -> bool {
    let leads_up = matches!(
        info.name,
        "CONNECT_OPEN" | "CONNECT_CLOSE" | "CONNECT_SUPPORTS_FEATURE"
    );
    !info.before_auth && !leads_up
}
