//! What serves devices of a guest from outside of its QEMU, for the length of a test.

use std::fs::{File, Permissions};
use std::io::{BufRead, BufReader, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::fs::{MemfdFlags, memfd_create};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

/// The size of the doorbell's memory.
const SHARED: u64 = 1 << 20;

/// One that runs until it is dropped.
pub(crate) enum Server {
    /// A program.
    Program(Child),
    /// A socket that is served by a thread, which ends with the test.
    Doorbell,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Self::Program(child) = self {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// QEMU's storage daemon with a disk behind `vhost-user-blk` and one behind `nbd`.
pub(crate) fn disks(root: &Path) -> Vec<Server> {
    for name in ["served-1.img", "served-2.img"] {
        let image = File::create(root.join(name)).expect("an image");
        image.set_len(1 << 20).expect("room for an image");
    }
    let path = |name: &str| root.join(name).to_string_lossy().into_owned();
    let node =
        |name: &str, image: &str| format!("driver=file,node-name={name},filename={}", path(image));
    let pid_file = path("storage.pid");
    let child = Command::new("/usr/bin/qemu-storage-daemon")
        .args(["--blockdev", &node("blk", "served-1.img")])
        .args(["--blockdev", &node("nbd", "served-2.img")])
        .args([
            "--nbd-server",
            &format!("addr.type=unix,addr.path={}", path("nbd")),
        ])
        .args(["--export", "type=nbd,id=n,node-name=nbd,writable=on"])
        .args([
            "--export",
            &format!(
                "type=vhost-user-blk,id=v,node-name=blk,writable=on,addr.type=unix,addr.path={}",
                path("vhost-user-blk")
            ),
        ])
        // It says so when everything above is there.
        .args([
            "--chardev",
            "stdio,id=monitor",
            "--monitor",
            "chardev=monitor",
        ])
        .args(["--pidfile", &pid_file])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = child.expect("/usr/bin/qemu-storage-daemon (package qemu-system-common)");
    let mut greeting = String::new();
    let mut words = BufReader::new(child.stdout.take().expect("its output"));
    words.read_line(&mut greeting).expect("its greeting");
    assert!(greeting.contains("QMP"), "{greeting}");
    for socket in ["nbd", "vhost-user-blk"] {
        for_everybody(&root.join(socket));
    }
    vec![Server::Program(child)]
}

/// The server of a doorbell (QEMU: docs/specs/ivshmem-spec), for one guest without neighbours.
pub(crate) fn doorbell(root: &Path) -> Vec<Server> {
    let socket = root.join("ivshmem");
    let listener = UnixListener::bind(&socket).expect("the doorbell's socket");
    for_everybody(&socket);
    std::thread::spawn(move || {
        let memory = memfd_create("doorbell", MemfdFlags::empty()).expect("memory");
        let memory = File::from(memory);
        memory.set_len(SHARED).expect("room in memory");
        let memory = OwnedFd::from(memory);
        // A connection that is closed would be a neighbour that leaves.
        let mut open = Vec::new();
        while let Ok((guest, _)) = listener.accept() {
            // The protocol's version, the guest's number, and the memory, whose number is -1.
            send(&guest, 0, None);
            send(&guest, 0, None);
            send(&guest, -1, Some(&memory));
            open.push(guest);
        }
    });
    vec![Server::Doorbell]
}

fn send(guest: &UnixStream, number: i64, with: Option<&OwnedFd>) {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    let descriptors = with.map(|fd| [fd.as_fd()]);
    if let Some(descriptors) = &descriptors {
        let fits = ancillary.push(SendAncillaryMessage::ScmRights(descriptors));
        assert!(fits, "room for a descriptor");
    }
    let bytes = number.to_le_bytes();
    let sent = sendmsg(
        guest,
        &[IoSlice::new(&bytes)],
        &mut ancillary,
        SendFlags::empty(),
    );
    assert_eq!(sent.expect("the guest's QEMU"), bytes.len());
}

/// QEMU runs as another user.
fn for_everybody(socket: &Path) {
    std::fs::set_permissions(socket, Permissions::from_mode(0o777)).expect("a socket");
}
