//! A QEMU that hangs keeps nobody waiting who does not ask for it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use std::time::{Duration, Instant};

use e2e::{Daemon, Watched, domain, qemu_of};
use ferrovirt::enums::DomainEventType;
use ferrovirt::{DomainEvent, EventKind};
use rustix::process::{Signal, kill_process};

/// What can be asked about a domain; `D` stands for it. What the driver cannot answer yet, and what
/// only QEMU knows and never told, it must refuse as quickly.
const QUERIES: &[&str] = &[
    "list",
    "list --all --title",
    "list --all --state-running --persistent",
    "dominfo D",
    "domid D",
    "domuuid D",
    "domstate D --reason",
    "domcontrol D",
    "domjobinfo D",
    "domdisplay D",
    "domhostname D",
    "domblklist D --details",
    "domiflist D",
    "domifaddr D",
    "domif-getlink D net0",
    "domblkinfo D hda",
    "domblkerror D",
    "domblkstat D hda",
    "dommemstat D",
    "iothreadinfo D",
    "domifstat D vnet0",
    "domstats D",
    "domstats D --state --balloon --vcpu --block --nowait",
    "dumpxml D",
    "dumpxml D --inactive",
    "desc D",
    "metadata D urn:none",
    "vcpucount D",
    "vcpuinfo D",
    "vcpupin D",
    "emulatorpin D",
    "schedinfo D",
    "memtune D",
    "blkiotune D",
    "numatune D",
    "perf D",
    "guestvcpus D",
    "ttyconsole D",
    "vncdisplay D",
    "snapshot-list D",
    "checkpoint-list D",
    "managedsave-dumpxml D",
    "domlaunchsecinfo D",
    "cpu-stats D --total",
    "get-user-sshkeys D root",
];

/// Far more than an answer takes, client and all, on a machine that does much else; far less than
/// the deadline of a monitor command, which is 10 seconds.
const AT_ONCE: Duration = Duration::from_secs(5);

#[test]
fn every_query_is_answered_at_once() {
    let daemon = Daemon::start();
    let xml = domain("hung")
        .device("<disk type='file' device='cdrom'><target dev='hda'/></disk>")
        .device("<interface type='user'/>")
        .device("<serial type='pty'/>")
        .device("<graphics type='vnc'><listen type='none'/></graphics>");
    daemon
        .virsh(&["create", &daemon.file("d.xml", &xml.xml())])
        .ok();
    kill_process(qemu_of(&daemon, "hung"), Signal::STOP).unwrap();
    for query in QUERIES {
        let words: Vec<_> = query
            .split(' ')
            .map(|word| if word == "D" { "hung" } else { word })
            .collect();
        let begun = Instant::now();
        let answer = daemon.virsh(&words);
        let took = begun.elapsed();
        assert!(took < AT_ONCE, "{query} took {took:?}: {answer:?}");
        assert!(
            answer.code == Some(0) || !answer.err.is_empty(),
            "{query} says nothing: {answer:?}"
        );
    }
}

#[test]
fn a_call_that_needs_the_monitor_fails_clearly_and_recovery_is_noticed() {
    let daemon = Daemon::start();
    for name in ["hung", "well"] {
        daemon
            .virsh(&["create", &daemon.file("d.xml", &domain(name).xml())])
            .ok();
    }
    let qemu = qemu_of(&daemon, "hung");
    kill_process(qemu, Signal::STOP).unwrap();
    let error = daemon.virsh(&["suspend", "hung"]).fails();
    assert!(error.contains("Timed out during operation"), "{error}");
    assert!(error.contains("hung"), "the domain is named: {error}");
    let control = daemon.virsh(&["domcontrol", "hung"]).ok();
    assert!(control.starts_with("error: monitor failure"), "{control}");
    daemon.virsh(&["suspend", "well"]).ok();

    let host = ferrovirt::blocking::open(&daemon.uri()).unwrap();
    let mut life = host.domain_events(&[EventKind::Lifecycle], None).unwrap();
    kill_process(qemu, Signal::CONT).unwrap();
    // The command that came too late is carried out all the same, and its effect is told.
    match life.recv_timeout(Duration::from_secs(60)).unwrap() {
        DomainEvent::Lifecycle { domain, event, .. } => {
            assert_eq!((domain.name(), event), ("hung", DomainEventType::Suspended));
        }
        other => panic!("not asked for: {other:?}"),
    }
    assert_eq!(daemon.virsh(&["domstate", "hung"]).ok().trim(), "paused");
    daemon.virsh(&["resume", "hung"]).ok();
    assert_eq!(daemon.virsh(&["domcontrol", "hung"]).ok().trim(), "ok");
    daemon.virsh(&["reset", "hung"]).ok();
}

#[test]
fn a_daemon_starts_while_a_qemu_hangs() {
    let mut daemon = Daemon::start();
    daemon
        .virsh(&["define", &daemon.file("d.xml", &domain("hung").xml())])
        .ok();
    daemon.virsh(&["start", "hung"]).ok();
    daemon
        .virsh(&["define", &daemon.file("d.xml", &domain("other").xml())])
        .ok();
    let qemu = qemu_of(&daemon, "hung");
    kill_process(qemu, Signal::STOP).unwrap();
    daemon.kill();
    daemon.restart();
    let listed = daemon.virsh(&["list", "--all", "--name"]).ok();
    assert_eq!(
        listed.split_whitespace().collect::<Vec<_>>(),
        ["hung", "other"]
    );
    for query in ["dominfo", "domstate", "dumpxml"] {
        daemon.virsh(&[query, "hung"]).ok();
    }
    let error = daemon.virsh(&["start", "hung"]).fails();
    assert!(error.contains("Domain is already active"), "{error}");
    daemon.virsh(&["start", "other"]).ok();

    // As soon as it answers it is taken over, which a call that waits for that shows.
    kill_process(qemu, Signal::CONT).unwrap();
    daemon.virsh(&["suspend", "hung"]).ok();
    assert_eq!(
        daemon.virsh(&["domstate", "hung", "--reason"]).ok().trim(),
        "paused (user)"
    );
    daemon.virsh(&["resume", "hung"]).ok();

    // Hanging again, it is destroyed without being asked.
    kill_process(qemu, Signal::STOP).unwrap();
    daemon.kill();
    daemon.restart();
    daemon.virsh(&["destroy", "hung"]).ok();
    Watched::new(qemu).ends_within(Duration::from_secs(30));
    assert_eq!(daemon.virsh(&["domstate", "hung"]).ok().trim(), "shut off");
}
