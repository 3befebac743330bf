//! One call, as its handler sees it.

use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::procedure::ProcedureInfo;
use rpc::Session;
use rpc::server::{Request, ServerStream};
use rpc::stream::Holes;

use crate::access::{self, Allowed, Target};
use crate::connection::Connection;
use crate::driver::Driver;
use crate::error::Error;

/// The context of one call: whose it is, what it may do, and what came with it.
#[derive(Debug)]
pub struct Call<D> {
    driver: Arc<D>,
    connection: Arc<Connection>,
    info: &'static ProcedureInfo,
    request: Request,
    /// The argument that conditional access rules look at.
    argument: u32,
    reply_fds: ReplyFds,
}

/// The descriptors that a handler wants to go with its answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReplyFds(Arc<Mutex<Vec<OwnedFd>>>);

impl<D> Call<D> {
    pub(crate) fn new(
        driver: Arc<D>,
        connection: Arc<Connection>,
        info: &'static ProcedureInfo,
        request: Request,
        argument: u32,
        reply_fds: ReplyFds,
    ) -> Self {
        Self {
            driver,
            connection,
            info,
            request,
            argument,
            reply_fds,
        }
    }

    /// The driver that serves the call.
    #[must_use]
    pub fn driver(&self) -> &Arc<D> {
        &self.driver
    }

    /// The session that the call came through.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.request.session
    }

    /// What is known of the client.
    #[must_use]
    pub fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// The declaration of the procedure.
    #[must_use]
    pub fn info(&self) -> &'static ProcedureInfo {
        self.info
    }

    /// Takes the descriptors that came with the call.
    pub fn take_fds(&mut self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.request.fds)
    }

    /// Sends a descriptor along with the answer.
    pub fn attach_fd(&self, fd: OwnedFd) {
        self.reply_fds.lock().push(fd);
    }

    /// Opens the stream that the procedure declares. It starts to flow when the call has succeeded;
    /// an error takes it back. Holes are allowed when the caller's flags say so.
    #[must_use]
    pub fn accept_stream(&self, holes: Holes) -> ServerStream {
        self.request.accept_stream(holes)
    }
}

impl<D: Driver> Call<D> {
    /// Checks that the client may use `target` in the way that the procedure declares, and hands
    /// out the proof. Drivers ask for it where they look an object up.
    pub fn allow(&self, target: &Target<'_>) -> Result<Allowed, Error> {
        let (name, access) = (self.driver.name(), self.driver.access());
        access::check_object(
            self.info,
            &self.connection,
            name,
            access,
            self.argument,
            target,
        )
    }

    /// Whether an object belongs in the list that this call returns.
    #[must_use]
    pub fn shows(&self, target: &Target<'_>) -> bool {
        self.allow(target).is_ok()
    }
}

impl ReplyFds {
    pub(crate) fn take(&self) -> Vec<OwnedFd> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<OwnedFd>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
