//! Letting clients in.

use std::io;
use std::os::unix::net::UnixListener as Bound;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use layout::SocketKind;
use rpc::{Limits, Service};
use tokio::net::{UnixListener, UnixStream};

use crate::clients::{Place, Server};

/// How long to wait for a descriptor to become free when there are none.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_secs(1);

/// Accepts clients of one socket for ever. Returns only when the socket itself is unusable.
pub(crate) async fn accept(
    socket: Bound,
    kind: SocketKind,
    server: Arc<Server>,
    service: Arc<dyn Service>,
) -> io::Result<()> {
    let socket = UnixListener::from_std(socket)?;
    loop {
        match socket.accept().await {
            Ok((stream, _)) => {
                // Beyond the limit a client waits here, and those behind it in the kernel.
                let place = server.place().await;
                if let Err(error) = begin(stream, kind, &server, &service, place) {
                    tracing::warn!(%error, "a client left before it was known");
                }
            }
            Err(error) if is_about_one_client(&error) => {}
            Err(error) => {
                tracing::warn!(%error, server = server.name, "no further client can be let in now");
                let mut count = server.count();
                let _ = tokio::time::timeout(OUT_OF_DESCRIPTORS, count.changed()).await;
            }
        }
    }
}

fn is_about_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted
    )
}

fn begin(
    stream: UnixStream,
    kind: SocketKind,
    server: &Server,
    service: &Arc<dyn Service>,
    mut place: Place,
) -> io::Result<()> {
    let mut transport = rpc::transport::unix(stream)?;
    if kind == SocketKind::ReadOnly {
        transport = transport.read_only();
    }
    let limits = Limits {
        requests_per_client: server.limits.requests.load(Relaxed),
        keepalive: server.keepalive,
        ..Limits::default()
    };
    let (session, conversation) = rpc::server::accept(transport, service.clone(), limits);
    place.take(&session);
    let peer = session.peer();
    tracing::debug!(client = session.id(), uid = ?peer.uid, pid = ?peer.pid, "a client came");
    tokio::spawn(async move {
        let reason = conversation.await;
        tracing::debug!(client = session.id(), %reason, "a client left");
        drop(place);
    });
    Ok(())
}
