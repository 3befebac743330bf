//! A daemon that is killed loses nothing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use e2e::{Daemon, domain};
use rustix::process::{Signal, kill_process};

#[test]
fn running_domains_are_found_again_after_a_kill() {
    let mut daemon = Daemon::start();
    for name in ["run", "pause"] {
        let file = daemon.file("d.xml", &domain(name).xml());
        daemon.virsh(&["define", &file]).ok();
        daemon.virsh(&["start", name]).ok();
    }
    daemon.virsh(&["suspend", "pause"]).ok();
    let file = daemon.file("t.xml", &domain("transient").xml());
    daemon.virsh(&["create", &file]).ok();
    let before = daemon.virsh(&["list", "--all"]).ok();

    daemon.kill();
    assert_eq!(
        daemon.qemus().len(),
        3,
        "the guests go on without the daemon"
    );
    daemon.restart();

    assert_eq!(daemon.virsh(&["list", "--all"]).ok(), before);
    assert_eq!(
        daemon.virsh(&["domstate", "pause", "--reason"]).ok().trim(),
        "paused (user)"
    );
    daemon.virsh(&["resume", "pause"]).ok();
    for name in ["run", "pause", "transient"] {
        daemon.virsh(&["destroy", name]).ok();
    }
    assert!(daemon.qemus().is_empty());
    let left = daemon.virsh(&["list", "--all", "--name"]).ok();
    assert_eq!(
        left.split_whitespace().collect::<Vec<_>>(),
        ["pause", "run"]
    );
}

#[test]
fn domains_that_died_meanwhile_are_reported_with_the_reason() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    daemon.virsh(&["start", "a"]).ok();
    daemon.kill();
    for pid in daemon.qemus() {
        kill_process(pid, Signal::KILL).expect("kill QEMU");
    }
    daemon.restart();
    let state = daemon.virsh(&["domstate", "a", "--reason"]).ok();
    assert!(state.starts_with("shut off ("), "{state}");
    daemon.virsh(&["start", "a"]).ok();
    daemon.virsh(&["destroy", "a"]).ok();
}

#[test]
fn a_graceful_stop_leaves_the_guests_running() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["create", &file]).ok();
    daemon.stop();
    assert_eq!(daemon.qemus().len(), 1);
    daemon.restart();
    assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "running");
    daemon.virsh(&["destroy", "a"]).ok();
}

/// Kills the daemon at ever later moments of a start: whatever the phase, the next daemon either
/// has the domain running or has it shut off with no process left over, and can start it.
#[test]
fn a_kill_at_any_moment_of_a_start_leaves_no_orphan() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    for moment in 0..12u32 {
        let uri = daemon.uri();
        let start = std::thread::spawn(move || e2e::virsh(&uri, &["start", "a"]));
        let deadline =
            std::time::Instant::now() + std::time::Duration::from_millis(u64::from(moment) * 12);
        while std::time::Instant::now() < deadline {
            std::thread::yield_now();
        }
        daemon.kill();
        start.join().expect("the client ends when the daemon does");
        daemon.restart();
        let state = daemon.virsh(&["domstate", "a"]).ok();
        match state.trim() {
            "running" | "paused" => {
                assert_eq!(daemon.qemus().len(), 1, "after {moment}");
                daemon.virsh(&["destroy", "a"]).ok();
            }
            "shut off" => {}
            other => panic!("state {other:?} after a kill at moment {moment}"),
        }
        assert!(daemon.qemus().is_empty(), "an orphan after moment {moment}");
    }
    daemon.virsh(&["start", "a"]).ok();
    daemon.virsh(&["destroy", "a"]).ok();
}
