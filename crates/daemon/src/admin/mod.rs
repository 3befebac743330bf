//! The admin program, served on a socket of its own: what a daemon's servers do, who is connected,
//! what is logged. `virt-admin` speaks it.

mod clients;
mod error;
mod logging;
mod servers;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use protocol::admin as wire;
use protocol::error::ErrorBody;
use protocol::header::Header;
use protocol::procedure::{self, Priority, Procedure};
use protocol::program::Program;
use rpc::{BoxFuture, Reply, Request, Service, Session};
use tokio::sync::watch;

use crate::clients::Server;
use crate::log;
use error::AdminError;

/// The level of the public API, as `virAdmConnectGetLibVersion` tells it.
const API_LEVEL: u64 = 11_003_000;

/// The service behind the admin socket.
#[derive(Debug)]
pub(crate) struct Admin {
    servers: Vec<Arc<Server>>,
    log: log::Handle,
    idle_limit: watch::Sender<Option<Duration>>,
}

/// Whether a client has opened the connection.
#[derive(Debug, Default)]
struct Opened(AtomicBool);

/// What a handler returns.
type Answer<P> = Result<<P as Procedure>::Ret, AdminError>;

impl Admin {
    pub(crate) fn new(
        servers: Vec<Arc<Server>>,
        log: log::Handle,
        idle_limit: watch::Sender<Option<Duration>>,
    ) -> Arc<Self> {
        Arc::new(Admin {
            servers,
            log,
            idle_limit,
        })
    }

    /// The route table.
    fn dispatch(&self, request: &Request) -> Result<Reply, AdminError> {
        let call = Call { request };
        call.on::<wire::ConnectOpen>(|_| {
            opened(&request.session).0.store(true, Relaxed);
            Ok(())
        })
        .or_else(|| {
            call.on::<wire::ConnectClose>(|()| {
                request.session.finish();
                Ok(())
            })
        })
        .or_else(|| call.on::<wire::ConnectGetLibVersion>(|()| lib_version()))
        .or_else(|| call.on::<wire::ConnectListServers>(|args| self.list_servers(&args)))
        .or_else(|| call.on::<wire::ConnectLookupServer>(|args| self.lookup_server(args)))
        .or_else(|| call.on::<wire::ServerGetThreadpoolParameters>(|args| self.workers(&args)))
        .or_else(|| call.on::<wire::ServerSetThreadpoolParameters>(|args| self.set_workers(&args)))
        .or_else(|| call.on::<wire::ServerListClients>(|args| self.list_clients(args)))
        .or_else(|| call.on::<wire::ServerLookupClient>(|args| self.lookup_client(args)))
        .or_else(|| call.on::<wire::ClientGetInfo>(|args| self.client_info(&args)))
        .or_else(|| call.on::<wire::ClientClose>(|args| self.close_client(&args)))
        .or_else(|| call.on::<wire::ServerGetClientLimits>(|args| self.client_limits(&args)))
        .or_else(|| call.on::<wire::ServerSetClientLimits>(|args| self.set_client_limits(&args)))
        .or_else(|| call.on::<wire::ConnectGetLoggingOutputs>(|_| self.logging_outputs()))
        .or_else(|| call.on::<wire::ConnectGetLoggingFilters>(|_| self.logging_filters()))
        .or_else(|| {
            call.on::<wire::ConnectSetLoggingOutputs>(|args| self.set_logging_outputs(args))
        })
        .or_else(|| {
            call.on::<wire::ConnectSetLoggingFilters>(|args| self.set_logging_filters(args))
        })
        .or_else(|| call.on::<wire::ConnectSetDaemonTimeout>(|args| self.set_timeout(&args)))
        .unwrap_or_else(|| Err(AdminError::NotServed(api(&request.header))))
    }

    fn set_timeout(
        &self,
        args: &wire::ConnectSetDaemonTimeoutArgs,
    ) -> Answer<wire::ConnectSetDaemonTimeout> {
        let limit = Some(Duration::from_secs(args.timeout.into()));
        self.idle_limit
            .send_replace(limit.filter(|limit| !limit.is_zero()));
        Ok(())
    }

    fn server(&self, name: &str) -> Result<&Arc<Server>, AdminError> {
        let found = self.servers.iter().find(|server| server.name == name);
        found.ok_or_else(|| AdminError::NoServer(name.to_owned()))
    }
}

impl Service for Admin {
    /// Who administrates a daemon has to be who runs it, whatever the socket's mode.
    fn opened(&self, session: &Session) {
        let owner = rustix::process::geteuid().as_raw();
        if session.peer().uid == Some(owner) {
            session.set_authenticated();
        } else {
            tracing::warn!(uid = ?session.peer().uid, "only the daemon's own user may administrate it");
            session.close();
        }
    }

    fn admit(&self, session: &Session, header: &Header) -> Result<Priority, ErrorBody> {
        let Some(info) = declared(header) else {
            return Err(AdminError::NotServed(api(header)).to_body());
        };
        let opens = header.procedure == wire::ConnectOpen::INFO.number;
        if !session.is_authenticated() {
            return Err(AdminError::Forbidden.to_body());
        }
        if !opens && !opened(session).0.load(Relaxed) {
            return Err(AdminError::NotOpen.to_body());
        }
        Ok(info.priority)
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        Box::pin(async move { self.dispatch(&request).map_err(|error| error.to_body()) })
    }
}

/// A call on its way to its handler.
#[derive(Clone, Copy)]
struct Call<'a> {
    request: &'a Request,
}

impl Call<'_> {
    /// Lets `handle` answer, if it is this procedure that is called.
    fn on<P: Procedure>(
        self,
        handle: impl FnOnce(P::Args) -> Answer<P>,
    ) -> Option<Result<Reply, AdminError>> {
        (self.request.header.procedure == P::INFO.number).then(|| {
            let args = xdr::from_bytes::<P::Args>(&self.request.payload)?;
            Ok(Reply::new(xdr::to_bytes(&handle(args)?)?))
        })
    }
}

fn opened(session: &Session) -> Arc<Opened> {
    session.extensions().get_or_init(Opened::default)
}

fn lib_version() -> Answer<wire::ConnectGetLibVersion> {
    Ok(wire::ConnectGetLibVersionRet { lib_ver: API_LEVEL })
}

fn declared(header: &Header) -> Option<&'static procedure::ProcedureInfo> {
    let program = header
        .known_program()
        .filter(|program| *program == Program::Admin)?;
    procedure::find(program, header.procedure)
}

fn api(header: &Header) -> String {
    let name = declared(header).and_then(|info| info.api);
    name.map_or_else(|| format!("procedure {}", header.procedure), str::to_owned)
}
