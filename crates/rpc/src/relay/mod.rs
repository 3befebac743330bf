//! Passing a conversation on, undecoded: calls, descriptors, streams and events.
//!
//! A relay is a [`crate::Service`] whose calls go to a [`Connection`] of its own for each session.
//! What the upstream server refuses is refused with the same words; a stream ends on one side as it
//! ended on the other.

#[cfg(test)]
mod tests;

use bytes::Bytes;
use protocol::error::{Code, ErrorBody};

use crate::client::{CallError, ClientStream, Connection, Events, Incoming, RawCall, RawReply};
use crate::fault;
use crate::server::{Reply, Request, SendEventError, ServerStream, Session};
use crate::stream::{Chunk, Holes, StreamError};

/// Passes a call on and its answer back. `stream` says whether a successful call opens a stream
/// (and whether it may have holes), which the procedure's declaration knows.
///
/// # Errors
/// The upstream server's error, or one that says that it cannot be reached.
pub async fn forward(
    request: Request,
    upstream: &Connection,
    stream: Option<Holes>,
) -> Result<Reply, ErrorBody> {
    let Some(holes) = stream else {
        let reply = upstream
            .call_raw(raw_call(request.header, request.payload, request.fds))
            .await;
        return reply.map(Reply::from).map_err(error_body);
    };
    let downstream = request.accept_stream(holes);
    let call = raw_call(request.header, request.payload, request.fds);
    let (reply, upstream) = upstream
        .open_stream_raw(call, holes)
        .await
        .map_err(error_body)?;
    tokio::spawn(splice(downstream, upstream));
    Ok(reply.into())
}

/// Joins two ends of a stream until it ends on either side.
pub async fn splice(client: ServerStream, server: ClientStream) {
    let outcome = tokio::select! {
        end = upload(&client, &server) => end,
        end = download(&client, &server) => end,
    };
    match outcome {
        Ended::Finished => match server.finish().await {
            // The client has said its last word: only the confirmation is left.
            Ok(()) => drop(client.finish().await),
            Err(error) => client.fail(&stream_error_body(error)),
        },
        Ended::Aborted => drop(server.abort().await),
        Ended::Failed(error) => client.fail(&stream_error_body(error)),
    }
}

/// Passes events on until either side ends. Events that the client has no room for are dropped;
/// both kinds of loss are told to `lost` with their number.
pub async fn events(mut upstream: Events, session: &Session, mut lost: impl FnMut(u64)) {
    while let Some(incoming) = upstream.recv().await {
        match incoming {
            Incoming::Event(event) => match session.try_send_raw(event) {
                Ok(()) => {}
                Err(SendEventError::Full | SendEventError::Encode(_)) => lost(1),
                Err(SendEventError::Closed(_)) => return,
            },
            Incoming::Lost(count) => lost(count),
        }
    }
}

/// How a joined stream came to its end.
enum Ended {
    /// The client has finished it.
    Finished,
    /// The client has given it up or is gone.
    Aborted,
    /// The upstream server failed it.
    Failed(StreamError),
}

/// From the client to the server, until the client's last word.
async fn upload(client: &ServerStream, server: &ClientStream) -> Ended {
    loop {
        let sent = match client.recv().await {
            Ok(Some(Chunk::Data(data))) => server.send(data).await,
            Ok(Some(Chunk::Hole(length))) => server.send_hole(length).await,
            Ok(None) if client.is_finished() => return Ended::Finished,
            Ok(None) => match server.send_eof().await {
                Ok(()) => return client_end(client).await,
                Err(error) => Err(error),
            },
            Err(_) => return Ended::Aborted,
        };
        if let Err(error) = sent {
            return Ended::Failed(error);
        }
    }
}

async fn client_end(client: &ServerStream) -> Ended {
    match client.await_end().await {
        Ok(()) => Ended::Finished,
        Err(_) => Ended::Aborted,
    }
}

/// From the server to the client. The end of the data is passed on; the end of the stream is the
/// client's.
async fn download(client: &ServerStream, server: &ClientStream) -> Ended {
    loop {
        let sent = match server.recv().await {
            Ok(Some(Chunk::Data(data))) => client.send(data).await,
            Ok(Some(Chunk::Hole(length))) => client.send_hole(length).await,
            Ok(None) => match client.send_eof().await {
                Ok(()) => std::future::pending().await,
                Err(error) => Err(error),
            },
            Err(error) => return Ended::Failed(error),
        };
        // The other direction knows whether the client finished or aborted.
        if sent.is_err() {
            return std::future::pending().await;
        }
    }
}

fn raw_call(
    header: protocol::header::Header,
    payload: Bytes,
    fds: Vec<std::os::fd::OwnedFd>,
) -> RawCall {
    let protocol::header::Header {
        program,
        version,
        procedure,
        ..
    } = header;
    RawCall {
        program,
        version,
        procedure,
        payload,
        fds,
    }
}

fn error_body(error: CallError) -> ErrorBody {
    match error {
        CallError::Remote(body) => *body,
        other => fault::rpc(
            Code::Rpc,
            format!("the daemon in charge gave no answer: {other}"),
        ),
    }
}

fn stream_error_body(error: StreamError) -> ErrorBody {
    match error {
        StreamError::Remote(body) => *body,
        other => fault::rpc(
            Code::Rpc,
            format!("the stream to the daemon in charge broke: {other}"),
        ),
    }
}

impl From<RawReply> for Reply {
    fn from(reply: RawReply) -> Self {
        Self {
            payload: reply.payload,
            fds: reply.fds,
        }
    }
}
