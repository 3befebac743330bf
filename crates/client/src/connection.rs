//! The connection to a driver, from which all objects come.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use protocol::enums::{ConnectCloseReason, Feature};
use protocol::procedure::Procedure;
use protocol::remote::{ConnectClose, ConnectSupportsFeature, ConnectSupportsFeatureArgs};

use crate::error::{Error, Result};
use crate::uri::ConnectUri;
use tokio::runtime::Handle;

/// How long the other end may take to say farewell.
const FAREWELL: Duration = Duration::from_secs(5);

/// A connection to a driver. Clones share it; it ends with [`Connection::close`] or with the last
/// of them and of the objects that came from it.
#[derive(Debug, Clone)]
pub struct Connection(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    uri: ConnectUri,
    peer: rpc::client::Connection,
    /// Where it was opened, and where its background work runs.
    runtime: Handle,
}

impl Connection {
    pub(crate) fn new(uri: ConnectUri, peer: rpc::client::Connection) -> Self {
        let runtime = Handle::current();
        Self(Arc::new(Shared { uri, peer, runtime }))
    }

    /// The URI by which it was opened.
    #[must_use]
    pub fn uri(&self) -> &ConnectUri {
        &self.0.uri
    }

    /// Whether the connection is there. A driver that hangs is noticed only with keepalive.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.0.peer.close_reason().is_none()
    }

    /// Waits until the connection is over and says why.
    pub async fn closed(&self) -> ConnectCloseReason {
        match self.0.peer.closed().await {
            rpc::CloseReason::Requested => ConnectCloseReason::Client,
            rpc::CloseReason::PeerClosed => ConnectCloseReason::Eof,
            rpc::CloseReason::KeepaliveTimeout { .. } => ConnectCloseReason::Keepalive,
            _ => ConnectCloseReason::Error,
        }
    }

    /// Takes leave of the driver and ends the connection: what was to be destroyed with it is gone
    /// afterwards. A driver that does not answer within five seconds is left without.
    ///
    /// # Errors
    ///
    /// When the connection was over already.
    pub async fn close(&self) -> Result<()> {
        let left = tokio::time::timeout(FAREWELL, self.call::<ConnectClose>(&())).await;
        self.0.peer.close();
        self.0.peer.closed().await;
        left.unwrap_or(Ok(()))
    }

    /// Calls a procedure of the protocol. The typed methods are made of this.
    ///
    /// # Errors
    ///
    /// When the driver refuses, or the connection does not carry the answer.
    pub async fn call<P: Procedure>(&self, args: &P::Args) -> Result<P::Ret> {
        self.0.peer.call::<P>(args).await.map_err(Error::from)
    }

    /// As [`Connection::call`], for a procedure that takes descriptors. Only a unix socket and a
    /// driver in this process can be given any.
    ///
    /// # Errors
    ///
    /// As for [`Connection::call`].
    pub async fn call_with_files<P: Procedure>(
        &self,
        args: &P::Args,
        files: Vec<OwnedFd>,
    ) -> Result<P::Ret> {
        let (answer, _) = self.0.peer.call_with_fds::<P>(args, files).await?;
        Ok(answer)
    }

    /// Whether the other end has a feature of the protocol.
    ///
    /// # Errors
    ///
    /// When the connection does not carry the answer.
    pub async fn supports(&self, feature: Feature) -> Result<bool> {
        let ask = ConnectSupportsFeatureArgs {
            feature: feature.value(),
        };
        let answer = self.call::<ConnectSupportsFeature>(&ask).await?;
        Ok(answer.supported != 0)
    }

    pub(crate) fn runtime(&self) -> &Handle {
        &self.0.runtime
    }

    pub(crate) fn peer(&self) -> &rpc::client::Connection {
        &self.0.peer
    }
}

/// Refuses what the protocol's strings cannot carry.
pub(crate) fn text(what: &'static str, text: &str) -> Result<String> {
    if text.contains('\0') {
        return Err(Error::Nul { what });
    }
    Ok(text.to_owned())
}
