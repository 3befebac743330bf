//! Many clients, many roots, and clients that do not behave.
#![allow(
    clippy::disallowed_methods,
    reason = "a second daemon is started by hand"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use e2e::{Daemon, domain, python};
use rustix::process::{Signal, kill_process};

#[test]
fn two_daemons_in_two_roots_do_not_see_each_other() {
    let (one, two) = (Daemon::start(), Daemon::start());
    for (daemon, name) in [(&one, "one"), (&two, "two")] {
        let file = daemon.file("d.xml", &domain(name).xml());
        daemon.virsh(&["define", &file]).ok();
        daemon.virsh(&["start", name]).ok();
    }
    assert_eq!(one.virsh(&["list", "--name"]).ok().trim(), "one");
    assert_eq!(two.virsh(&["list", "--name"]).ok().trim(), "two");
    one.virsh(&["destroy", "one"]).ok();
    assert_eq!(two.virsh(&["domstate", "two"]).ok().trim(), "running");
}

#[test]
fn one_root_has_one_daemon() {
    let daemon = Daemon::start();
    let second = std::process::Command::new(e2e::binary("virtqemud"))
        .arg("--root")
        .arg(daemon.root())
        .output()
        .expect("start a second daemon");
    assert!(!second.status.success());
    let words = String::from_utf8_lossy(&second.stderr);
    assert!(words.contains("pid"), "the message names the lock: {words}");
    daemon.virsh(&["list"]).ok();
}

const CROWD: &str = r#"
import libvirt, sys, threading
uri, count = sys.argv[1], int(sys.argv[2])
failures = []
gate = threading.Barrier(count)
def client():
    try:
        c = libvirt.open(uri)
        gate.wait(60)
        for _ in range(20):
            assert [d.name() for d in c.listAllDomains()] == ["a"]
            assert c.lookupByName("a").info()[0] == libvirt.VIR_DOMAIN_RUNNING
        c.close()
    except Exception as e:
        failures.append(repr(e)); gate.abort()
threads = [threading.Thread(target=client) for _ in range(count)]
[t.start() for t in threads]; [t.join() for t in threads]
assert not failures, failures[:3]
print("served", count)
"#;

#[test]
fn two_hundred_clients_are_served_at_once() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["create", &file]).ok();
    assert_eq!(python(CROWD, &[&daemon.uri(), "200"]).ok(), "served 200\n");
}

/// Sends `bytes` on a connection of its own and returns what came back before its end.
fn talk(daemon: &Daemon, bytes: &[u8]) -> Vec<u8> {
    let mut socket = UnixStream::connect(daemon.socket()).expect("connect");
    socket
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a deadline");
    let _ = socket.write_all(bytes);
    let _ = socket.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    answer
}

#[test]
fn garbage_costs_only_its_own_connection() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["create", &file]).ok();
    let call = |length: u32, words: [u32; 6]| {
        let mut bytes = length.to_be_bytes().to_vec();
        words
            .iter()
            .for_each(|word| bytes.extend(word.to_be_bytes()));
        bytes
    };
    let remote = 0x2000_8086;
    for (what, bytes) in [
        ("text", b"GET / HTTP/1.1\r\n\r\n".to_vec()),
        ("zeros", vec![0; 4096]),
        ("ones", vec![0xff; 4096]),
        (
            "a length below the header's",
            call(4, [remote, 1, 1, 0, 1, 0]),
        ),
        (
            "a length above the limit",
            call(0x4000_0000, [remote, 1, 1, 0, 1, 0]),
        ),
        ("half a packet", call(4096, [remote, 1, 1, 0, 1, 0])),
        ("an unknown kind", call(28, [remote, 1, 1, 99, 1, 0])),
        ("an unknown program", call(28, [1, 1, 1, 0, 1, 0])),
        ("an unknown procedure", call(28, [remote, 1, 9999, 0, 1, 0])),
        (
            "a stream nobody opened",
            call(28, [remote, 1, 201, 3, 7, 2]),
        ),
        (
            "a call without its arguments",
            call(28, [remote, 1, 23, 0, 1, 0]),
        ),
        (
            "a call before the connection is open",
            call(28, [remote, 1, 3, 0, 1, 0]),
        ),
    ] {
        let _ = talk(&daemon, &bytes);
        assert_eq!(
            daemon.virsh(&["domstate", "a"]).ok().trim(),
            "running",
            "after {what}"
        );
    }
}

#[test]
fn a_hung_qemu_does_not_keep_a_query_waiting() {
    let daemon = Daemon::start();
    for name in ["hung", "well"] {
        let file = daemon.file("d.xml", &domain(name).xml());
        daemon.virsh(&["create", &file]).ok();
    }
    let hung = daemon
        .qemus()
        .into_iter()
        .find(|pid| {
            std::fs::read_to_string(format!("/proc/{}/cmdline", pid.as_raw_nonzero()))
                .is_ok_and(|line| line.contains("guest=hung"))
        })
        .expect("the QEMU of the domain `hung`");
    kill_process(hung, Signal::STOP).expect("stop QEMU");
    for command in ["dominfo", "domstate", "dumpxml"] {
        daemon.virsh(&[command, "hung"]).ok();
    }
    daemon.virsh(&["list", "--all"]).ok();
    daemon.virsh(&["suspend", "well"]).ok();
    daemon.virsh(&["destroy", "hung"]).ok();
    assert_eq!(
        daemon.qemus().len(),
        1,
        "a stopped QEMU is destroyed all the same"
    );
}
