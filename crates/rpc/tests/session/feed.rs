//! Feeds bytes to either end of a conversation. Whatever they are, the conversation ends when they
//! do, and nothing panics. Shared by the fuzz target and the replay of its kept inputs.

use std::sync::Arc;
use std::time::Duration;

use protocol::error::ErrorBody;
use protocol::header::Header;
use protocol::procedure::Priority;
use rpc::client::{Connection, Options, RawCall};
use rpc::stream::{Chunk, Holes};
use rpc::{BoxFuture, Limits, Reply, Request, Service, Session, serve, transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

/// The first byte chooses the end (its lowest bit) and the size of the pieces in which the rest
/// arrives.
pub(crate) fn feed(input: &[u8]) {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else { return };
    let piece = usize::from(choice >> 1).max(1);
    let conversation = async {
        match choice & 1 {
            0 => to_server(bytes, piece).await,
            _ => to_client(bytes, piece).await,
        }
    };
    let ended = runtime
        .block_on(async { tokio::time::timeout(Duration::from_secs(10), conversation).await });
    assert!(ended.is_ok(), "the conversation does not end");
}

async fn to_server(bytes: &[u8], piece: usize) {
    let Ok((mut socket, theirs)) = UnixStream::pair() else {
        return;
    };
    let Ok(theirs) = transport::unix(theirs) else {
        return;
    };
    let served = tokio::spawn(serve(theirs, Arc::new(Everything), Limits::default()));
    talk(&mut socket, bytes, piece).await;
    assert!(served.await.is_ok(), "panic in the server's end");
}

async fn to_client(bytes: &[u8], piece: usize) {
    let Ok((mut socket, ours)) = UnixStream::pair() else {
        return;
    };
    let Ok(ours) = transport::unix(ours) else {
        return;
    };
    let client = Connection::new(ours, Options::default());
    let mut events = client.events();
    let call = |procedure| RawCall {
        program: 0x2000_8086,
        version: 1,
        procedure,
        payload: vec![0; 8].into(),
        fds: Vec::new(),
    };
    let calling = async {
        let _ = client.call_raw(call(1)).await;
    };
    let streaming = async {
        if let Ok((_, stream)) = client.open_stream_raw(call(2), Holes::Allowed).await {
            while let Ok(Some(_)) = stream.recv().await {}
            let _ = stream.finish().await;
        }
    };
    let listening = async { while events.recv().await.is_some() {} };
    tokio::join!(
        calling,
        streaming,
        listening,
        talk(&mut socket, bytes, piece)
    );
    client.closed().await;
}

/// Says all of `bytes` while reading whatever comes back, then hangs up.
async fn talk(socket: &mut UnixStream, bytes: &[u8], piece: usize) {
    let (mut answers, mut words) = socket.split();
    let speak = async {
        for piece in bytes.chunks(piece) {
            if words.write_all(piece).await.is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let _ = words.shutdown().await;
    };
    let hear = async {
        let mut heard = [0; 4096];
        while let Ok(1..) = answers.read(&mut heard).await {}
    };
    tokio::join!(speak, hear);
}

/// Does something of everything, by the procedure's number.
struct Everything;

impl Service for Everything {
    fn admit(&self, _: &Session, header: &Header) -> Result<Priority, ErrorBody> {
        match header.procedure % 2 {
            0 => Ok(Priority::Low),
            _ => Ok(Priority::High),
        }
    }

    fn call(self: Arc<Self>, request: Request) -> BoxFuture<'static, Result<Reply, ErrorBody>> {
        Box::pin(async move {
            match request.header.procedure {
                2 => {
                    let stream = request.accept_stream(Holes::Allowed);
                    tokio::spawn(async move {
                        while let Ok(Some(Chunk::Data(data))) = stream.recv().await {
                            let _ = stream.send(data).await;
                        }
                        let _ = stream.finish().await;
                    });
                }
                4 => tokio::task::yield_now().await,
                6 => request.session.finish(),
                8 => request.session.enable_keepalive(),
                _ => {}
            }
            Ok(Reply::new(request.payload).with_fds(request.fds))
        })
    }
}
