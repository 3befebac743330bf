//! Many clients, many roots, and clients that do not behave.
#![allow(
    clippy::disallowed_methods,
    reason = "a second daemon and busy clients are started by hand"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use e2e::{Daemon, domain, python};

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

/// A call as it goes over the wire.
fn packet(procedure: u32, serial: u32, arguments: &[u8]) -> Vec<u8> {
    let length = 28 + u32::try_from(arguments.len()).expect("a short packet");
    let words = [length, 0x2000_8086, 1, procedure, 0, serial, 0];
    let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
    bytes.extend_from_slice(arguments);
    bytes
}

/// A connection that has been opened by hand: `CONNECT_OPEN` without a URI.
fn opened(daemon: &Daemon) -> UnixStream {
    let mut socket = UnixStream::connect(daemon.socket()).expect("connect");
    socket
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a deadline");
    socket
        .write_all(&packet(66, 1, &[]))
        .expect("ask how to authenticate");
    let mut answer = [0; 36];
    socket
        .read_exact(&mut answer)
        .expect("that nothing is needed");
    socket.write_all(&packet(1, 2, &[0; 8])).expect("open");
    let mut answer = [0; 28];
    socket.read_exact(&mut answer).expect("the connection");
    socket
}

const CAPABILITIES: u32 = 7;

#[test]
fn a_client_that_does_not_read_holds_up_nobody_and_costs_little() {
    let daemon = Daemon::start();
    daemon.virsh(&["capabilities"]).ok();
    let deaf = opened(&daemon);
    deaf.set_nonblocking(true)
        .expect("a socket that does not block");
    // It asks for long answers until the daemon does not listen to it any more.
    let mut serial = 3;
    while (&deaf)
        .write_all(&packet(CAPABILITIES, serial, &[]))
        .is_ok()
    {
        serial += 1;
        assert!(serial < 1_000_000, "the daemon takes whatever comes");
    }
    daemon.virsh(&["list"]).ok();
    let memory = resident_kib(&daemon);
    assert!(
        memory < 128 * 1024,
        "{memory} KiB for a client that does not read"
    );
    drop(deaf);
    daemon.virsh(&["list"]).ok();
}

/// The daemon's memory (`proc_pid_status(5)`).
fn resident_kib(daemon: &Daemon) -> u64 {
    let file = format!("/proc/{}/status", daemon.pid().as_raw_nonzero());
    let text = std::fs::read_to_string(file).expect("a process");
    let line = text.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

#[test]
fn a_client_that_waits_in_the_middle_of_a_packet_is_waited_for() {
    let daemon = Daemon::start();
    let whole = packet(CAPABILITIES, 3, &[]);
    let (first, rest) = whole.split_at(11);
    let mut slow: Vec<_> = (0..20).map(|_| opened(&daemon)).collect();
    for socket in &mut slow {
        socket.write_all(first).expect("half a packet");
    }
    for _ in 0..5 {
        daemon.virsh(&["list"]).ok();
    }
    for socket in &mut slow {
        socket.write_all(rest).expect("the rest");
        let mut head = [0; 28];
        socket.read_exact(&mut head).expect("an answer");
        assert_eq!(head[20..24], 3u32.to_be_bytes(), "to this call");
        assert_eq!(head[24..28], [0; 4], "that succeeded");
    }
}

/// Threads that call without end; each ends with the connection, none any other way.
const BUSY: &str = r#"
import libvirt, sys, threading
libvirt.registerErrorHandler(lambda *a: None, None)
uri, failures = sys.argv[1], []
started = threading.Barrier(9)
def client(number):
    c = libvirt.open(uri)
    d = c.lookupByName("a")
    first = True
    try:
        while True:
            if number % 2: d.reset()
            else: c.listAllDomains(); d.XMLDesc(0)
            if first: first = False; started.wait(60)
    except libvirt.libvirtError as e:
        if e.get_error_domain() != libvirt.VIR_FROM_RPC and c.isAlive():
            failures.append(str(e))
threads = [threading.Thread(target=client, args=(n,)) for n in range(8)]
[t.start() for t in threads]
started.wait(60)
print("busy", flush=True)
[t.join() for t in threads]
print("failures", failures)
"#;

#[test]
fn a_daemon_that_ends_while_calls_run_ends_them() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["create", &file]).ok();
    let mut busy = std::process::Command::new("/usr/bin/python3")
        .args(["-c", BUSY, &daemon.uri()])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("this test needs /usr/bin/python3 (package python3-libvirt)");
    let mut output = BufReader::new(busy.stdout.take().expect("a piped output"));
    let mut line = String::new();
    output.read_line(&mut line).expect("the clients");
    assert_eq!(line, "busy\n");
    daemon.stop();
    let mut rest = String::new();
    output.read_to_string(&mut rest).expect("the clients");
    assert_eq!(rest, "failures []\n");
    assert!(busy.wait().expect("the clients").success());
    daemon.restart();
    let state = daemon.virsh(&["domstate", "a"]).ok();
    assert!(["running", "paused"].contains(&state.trim()), "{state}");
    daemon.virsh(&["destroy", "a"]).ok();
}
