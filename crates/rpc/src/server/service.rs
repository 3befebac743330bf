//! What a session talks to.

use std::sync::Arc;

use protocol::error::ErrorBody;
use protocol::header::Header;
use protocol::procedure::Priority;

use super::{Reply, Request, Session};
use crate::BoxFuture;

/// Answers the calls of many sessions. The keepalive program never gets here.
///
/// # Authentication
/// A new session is not authenticated. The service decides in [`Service::admit`] what an
/// unauthenticated session may call (the procedures declared as callable before authentication),
/// and marks the session by [`Session::set_authenticated`]: in [`Service::opened`] where the
/// socket's file mode is enough, or in the handler of the last step of polkit or SASL.
pub trait Service: Send + Sync + 'static {
    /// A client has connected. Nothing has been read from it yet.
    fn opened(&self, session: &Session) {
        let _ = session;
    }

    /// Decides on the header alone, before a byte of the payload is looked at.
    ///
    /// # Errors
    /// What the caller is told when the call is refused.
    fn admit(&self, session: &Session, header: &Header) -> Result<Priority, ErrorBody>;

    /// Executes a call that was admitted.
    ///
    /// The future is polled once in the session's own task, so that a quick answer costs no change
    /// of task; after that in a task of its own. It must not block. A panic ends this call only.
    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>>;

    /// The conversation is over. Calls may still be in execution.
    fn closed(&self, session: &Session) {
        let _ = session;
    }
}
