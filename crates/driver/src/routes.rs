//! The table of what a driver serves: procedure → handler.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use protocol::procedure::{Procedure, ProcedureInfo};
use rpc::BoxFuture;
use rpc::server::{Reply, Request};

use crate::access;
use crate::call::{Call, ReplyFds};
use crate::connection::Connection;
use crate::driver::Driver;
use crate::error::Error;
use crate::payload;

/// The handlers of a driver, each under its procedure.
///
/// What is not listed answers `VIR_ERR_NO_SUPPORT` by itself.
///
/// ```text
/// pub fn routes(routes: &mut Routes<QemuDriver>) {
///     routes.on::<DomainGetInfo>(info::get).on::<DomainGetState>(info::state);
/// }
/// ```
pub struct Routes<D> {
    table: HashMap<(u32, i32), Route<D>>,
}

/// A handler with the declaration of its procedure.
pub(crate) struct Route<D> {
    pub(crate) info: &'static ProcedureInfo,
    run: Run<D>,
}

type Run<D> = Arc<
    dyn Fn(Arc<D>, Arc<Connection>, Request) -> BoxFuture<'static, Result<Reply, Error>>
        + Send
        + Sync,
>;

/// An async function that serves a procedure: `async fn(Call<D>, P::Args) -> Result<P::Ret, E>`
/// with an error `E` that becomes an [`Error`].
pub trait Handler<D, P: Procedure>: Send + Sync + 'static {
    /// Serves one call.
    fn handle(&self, call: Call<D>, args: P::Args) -> BoxFuture<'static, Result<P::Ret, Error>>;
}

impl<D, P, F, Answer, E> Handler<D, P> for F
where
    P: Procedure,
    F: Fn(Call<D>, P::Args) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<P::Ret, E>> + Send + 'static,
    E: Into<Error>,
{
    fn handle(&self, call: Call<D>, args: P::Args) -> BoxFuture<'static, Result<P::Ret, Error>> {
        let answer = self(call, args);
        Box::pin(async move { answer.await.map_err(Into::into) })
    }
}

impl<D: Driver> Routes<D> {
    /// A table of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            table: HashMap::new(),
        }
    }

    /// Serves procedure `P` with `handler`, in place of what served it before.
    pub fn on<P: Procedure>(&mut self, handler: impl Handler<D, P>) -> &mut Self {
        let handler = Arc::new(handler);
        let run: Run<D> = Arc::new(move |driver, connection, request| {
            let handler = Arc::clone(&handler);
            Box::pin(serve::<D, P>(handler, driver, connection, request))
        });
        let key = (P::INFO.program.number(), P::INFO.number);
        self.table.insert(key, Route { info: P::INFO, run });
        self
    }

    /// Adds what a module serves.
    pub fn module(&mut self, add: impl FnOnce(&mut Self)) -> &mut Self {
        add(self);
        self
    }

    /// The procedures that are served, for tests and documentation.
    pub fn procedures(&self) -> impl Iterator<Item = &'static ProcedureInfo> + '_ {
        self.table.values().map(|route| route.info)
    }

    /// Adds what another table serves, in place of what served it before.
    pub(crate) fn extend(&mut self, other: Self) {
        self.table.extend(other.table);
    }

    pub(crate) fn find(&self, program: u32, procedure: i32) -> Option<&Route<D>> {
        self.table.get(&(program, procedure))
    }
}

impl<D: Driver> Default for Routes<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> Route<D> {
    pub(crate) fn run(
        &self,
        driver: Arc<D>,
        connection: Arc<Connection>,
        request: Request,
    ) -> BoxFuture<'static, Result<Reply, Error>> {
        (self.run)(driver, connection, request)
    }
}

/// A call from its bytes to the bytes of its answer.
async fn serve<D: Driver, P: Procedure>(
    handler: Arc<impl Handler<D, P>>,
    driver: Arc<D>,
    connection: Arc<Connection>,
    mut request: Request,
) -> Result<Reply, Error> {
    let args = payload::decode::<P>(&std::mem::take(&mut request.payload))?;
    let argument = P::condition(&args);
    access::check_arguments(
        P::INFO,
        &connection,
        driver.name(),
        driver.access(),
        argument,
    )?;
    let fds = ReplyFds::default();
    let call = Call::new(driver, connection, P::INFO, request, argument, fds.clone());
    let ret = handler.handle(call, args).await?;
    let payload = payload::encode::<P>(&ret)?;
    Ok(Reply {
        payload,
        fds: fds.take(),
    })
}

impl<D> fmt::Debug for Routes<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.table.values().map(|route| route.info.name))
            .finish()
    }
}
