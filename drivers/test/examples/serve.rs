//! Serves the test driver on a unix socket, for clients in other languages:
//!
//! ```text
//! cargo run -p ferrovirt-test-driver --example serve -- /tmp/test.sock
//! virsh -c 'test+unix:///default?socket=/tmp/test.sock' list --all
//! ```

use std::io;

use rpc::Limits;
use test_driver::TestDriver;
use tokio::net::UnixListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let Some(path) = std::env::args_os().nth(1) else {
        return Err(io::Error::other("the path of the socket is missing"));
    };
    let listener = UnixListener::bind(path)?;
    let door = TestDriver::service();
    loop {
        let (stream, _) = listener.accept().await?;
        let session = rpc::serve(
            rpc::transport::unix(stream)?,
            door.clone(),
            Limits::default(),
        );
        tokio::spawn(session);
    }
}
