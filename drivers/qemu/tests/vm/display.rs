//! Displays of a real QEMU, as a viewer meets them.

use crate::support::{Host, domain};
use protocol::flags::{DomainCreateFlags, DomainXmlFlags};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

/// The security type of RFB in which the server asks for a password (RFC 6143, 7.1.2).
const VNC_AUTHENTICATION: u8 = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_display_with_a_password_asks_for_it_and_shows_it_to_nobody() {
    let host = Host::new().await;
    let client = host.client().await;
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("vnc");
    let graphics = format!(
        "<graphics type='vnc' socket='{}' passwd='geheim' passwdValidTo='2060-01-01T00:00:00'/></devices>",
        socket.display()
    );
    let document = domain("d").replace("</devices>", &graphics);
    let dom = client
        .create(&document, DomainCreateFlags::START_PAUSED)
        .await;
    let mut viewer = UnixStream::connect(&socket).await.unwrap();
    let mut version = [0; 12];
    viewer.read_exact(&mut version).await.unwrap();
    viewer.write_all(&version).await.unwrap();
    let count = viewer.read_u8().await.unwrap();
    assert_eq!(count, 1, "one way in");
    assert_eq!(viewer.read_u8().await.unwrap(), VNC_AUTHENTICATION);

    let shown = client.xml(&dom, DomainXmlFlags::empty()).await;
    assert!(
        shown.contains("passwdValidTo='2060-01-01T00:00:00'"),
        "{shown}"
    );
    assert!(!shown.contains("geheim"), "{shown}");
    let secure = client.xml(&dom, DomainXmlFlags::SECURE).await;
    assert!(secure.contains("passwd='geheim'"), "{secure}");
    client.destroy(&dom).await;
}
