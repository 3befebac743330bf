//! A daemon that is killed loses nothing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use e2e::{Answer, Daemon, FolderWatch, Watched, domain, is_stopped};
use rustix::process::{Pid, Signal, kill_process};

/// A device that a program beside QEMU serves.
const TPM: &str = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>";

/// A process may take so long to end on a busy machine.
const ENDING: Duration = Duration::from_secs(60);

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

/// Kills at ever later moments; each moment is another phase on another machine.
fn at_moments(count: u32, mut attempt: impl FnMut(&dyn Fn())) {
    for moment in 0..count {
        attempt(&|| {
            let deadline = Instant::now() + Duration::from_millis(u64::from(moment) * 12);
            while Instant::now() < deadline {
                std::thread::yield_now();
            }
        });
    }
}

/// What a client says that is cut off in the middle of its call is of no interest.
fn in_the_background(daemon: &Daemon, command: &'static [&'static str]) -> JoinHandle<Answer> {
    let uri = daemon.uri();
    std::thread::spawn(move || e2e::virsh(&uri, command))
}

/// Whatever the phase, the next daemon either has the domain running or has it shut off with no
/// process left over, and can start it.
#[test]
fn a_kill_at_any_moment_of_a_start_leaves_no_orphan() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    at_moments(12, |wait| {
        let start = in_the_background(&daemon, &["start", "a"]);
        wait();
        daemon.kill();
        start.join().expect("the client ends when the daemon does");
        daemon.restart();
        let state = daemon.virsh(&["domstate", "a"]).ok();
        match state.trim() {
            "running" | "paused" => {
                assert_eq!(daemon.qemus().len(), 1);
                daemon.virsh(&["destroy", "a"]).ok();
            }
            "shut off" => {}
            other => panic!("state {other:?}"),
        }
        assert!(daemon.qemus().is_empty(), "an orphan");
    });
    daemon.virsh(&["start", "a"]).ok();
    daemon.virsh(&["destroy", "a"]).ok();
}

/// The programs beside QEMU and the files beside the images go with the start that was cut off.
#[test]
fn a_kill_at_any_moment_of_a_start_leaves_no_helper_and_no_overlay() {
    let mut daemon = Daemon::start();
    let image = daemon.file("a.img", "");
    let overlay = format!("{image}.TRANSIENT-a");
    let xml = domain("a").device(TPM).device(&format!(
        "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{image}'/>\
         <target dev='vda' bus='virtio'/><transient/></disk>"
    ));
    let file = daemon.file("a.xml", &xml.xml());
    daemon.virsh(&["define", &file]).ok();
    // The first start makes the TPM's keys.
    daemon.virsh(&["start", "a"]).ok();
    assert!(Path::new(&overlay).exists());
    daemon.virsh(&["destroy", "a"]).ok();
    at_moments(16, |wait| {
        let start = in_the_background(&daemon, &["start", "a"]);
        wait();
        daemon.kill();
        start.join().expect("the client ends when the daemon does");
        daemon.restart();
        if daemon.virsh(&["domstate", "a"]).ok().trim() != "shut off" {
            daemon.virsh(&["destroy", "a"]).ok();
        }
        assert!(daemon.qemus().is_empty(), "an orphan");
        assert!(daemon.processes("swtpm").is_empty(), "a helper");
        assert!(!Path::new(&overlay).exists(), "an overlay");
    });
    daemon.virsh(&["start", "a"]).ok();
    daemon.virsh(&["destroy", "a"]).ok();
}

/// What the first start of a TPM was about to make is made by the next one.
#[test]
fn a_kill_while_a_tpm_is_made_leaves_none() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").device(TPM).xml());
    daemon.virsh(&["define", &file]).ok();
    let uuid = daemon.virsh(&["domuuid", "a"]).ok();
    let state = daemon
        .root()
        .join("lib/swtpm")
        .join(uuid.trim())
        .join("tpm2");
    let start = in_the_background(&daemon, &["start", "a"]);
    while daemon.processes("swtpm_setup").is_empty() {
        assert!(!start.is_finished(), "nobody made a TPM");
        std::thread::yield_now();
    }
    daemon.kill();
    start.join().expect("the client ends when the daemon does");
    let begun = std::fs::read_dir(&state).map_or(0, Iterator::count);
    assert_eq!(begun, 0, "half a TPM");
    daemon.restart();
    daemon.virsh(&["start", "a"]).ok();
    assert!(state.join("tpm2-00.permall").exists());
    assert!(!state.with_file_name("tpm2.unfinished").exists());
    daemon.virsh(&["destroy", "a"]).ok();
}

#[test]
fn a_helper_is_known_again_after_a_kill_and_ends_with_its_guest() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").device(TPM).xml());
    daemon.virsh(&["create", &file]).ok();
    daemon.kill();
    daemon.restart();
    let helpers = daemon.processes("swtpm");
    let [helper] = helpers[..] else {
        panic!("one TPM: {helpers:?}");
    };
    // As one that waits for something else than QEMU's connection: only who knows it can end it.
    kill_process(helper, Signal::STOP).expect("stop the TPM");
    let helper = Watched::new(helper);
    daemon.virsh(&["destroy", "a"]).ok();
    helper.ends_within(Duration::ZERO);
}

#[test]
fn a_kill_at_any_moment_of_a_stop_loses_nothing() {
    let mut daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    at_moments(8, |wait| {
        daemon.virsh(&["start", "a"]).ok();
        let stop = in_the_background(&daemon, &["destroy", "a"]);
        wait();
        daemon.kill();
        stop.join().expect("the client ends when the daemon does");
        daemon.restart();
        match daemon.virsh(&["domstate", "a"]).ok().trim() {
            // QEMU may have been told already, and go as soon as it comes to it.
            "running" | "paused" | "in shutdown" => drop(daemon.virsh(&["destroy", "a"])),
            "shut off" => {}
            other => panic!("state {other:?}"),
        }
        assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "shut off");
        assert!(daemon.qemus().is_empty(), "an orphan");
        let left = daemon.root().join("run/qemu/a.xml");
        assert!(!left.exists(), "a status without a process");
    });
}

#[test]
fn a_qemu_that_is_killed_at_any_moment_of_its_start_is_reported() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    at_moments(10, |wait| {
        let start = in_the_background(&daemon, &["start", "a"]);
        wait();
        for pid in daemon.qemus() {
            // It may have gone since it was seen.
            let _ = kill_process(pid, Signal::KILL);
        }
        let said = start.join().expect("the client");
        assert!(
            said.code == Some(0) || said.err.contains("error:"),
            "{said:?}"
        );
        // Whatever it was that was killed, the domain can be stopped and started.
        let _ = daemon.virsh(&["destroy", "a"]);
        assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "shut off");
        assert!(daemon.qemus().is_empty());
    });
    daemon.virsh(&["start", "a"]).ok();
}

/// A QEMU that stops itself before it becomes QEMU: the start waits for it as long as one likes.
fn held(daemon: &Daemon) -> String {
    let path = daemon.root().join("held");
    let script = "#!/bin/sh\ncase \"$*\" in *guest=*) kill -STOP $$;; esac\n\
                  exec qemu-system-x86_64 \"$@\"\n";
    std::io::Write::write_all(
        &mut std::fs::File::create(&path).unwrap(),
        script.as_bytes(),
    )
    .unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::set_permissions(daemon.root(), PermissionsExt::from_mode(0o755)).unwrap();
    let emulator = format!("<emulator>{}</emulator>", path.display());
    let file = daemon.file("h.xml", &domain("h").device(&emulator).xml());
    daemon.virsh(&["define", &file]).ok();
    file
}

/// Starts the domain and waits until its process has stopped itself.
fn start_held(daemon: &Daemon) -> (JoinHandle<Answer>, Pid) {
    let mut status = FolderWatch::new(&daemon.root().join("run/qemu"));
    let start = in_the_background(daemon, &["start", "h"]);
    status.until("h.pid");
    let pid = std::fs::read_to_string(daemon.root().join("run/qemu/h.pid")).unwrap();
    let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    while !is_stopped(pid) {
        std::thread::yield_now();
    }
    (start, pid)
}

#[test]
fn a_start_that_hangs_can_be_broken_off_and_survives_nothing() {
    let mut daemon = Daemon::start();
    let _ = held(&daemon);

    // Destroyed: the start fails, the process goes.
    let (start, pid) = start_held(&daemon);
    assert_eq!(daemon.virsh(&["domstate", "h"]).ok().trim(), "paused");
    daemon.virsh(&["list", "--all"]).ok();
    daemon.virsh(&["destroy", "h"]).ok();
    let said = start.join().unwrap().fails();
    assert!(said.contains("destroyed"), "{said}");
    Watched::new(pid).ends_within(ENDING);

    // Its process killed by somebody else: the start fails.
    let (start, pid) = start_held(&daemon);
    kill_process(pid, Signal::KILL).unwrap();
    let said = start.join().unwrap().fails();
    assert!(said.contains("process exited"), "{said}");

    // The daemon told to end: the start is broken off before.
    let (start, pid) = start_held(&daemon);
    daemon.stop();
    start.join().unwrap().fails();
    Watched::new(pid).ends_within(ENDING);
    daemon.restart();
    assert_eq!(daemon.virsh(&["domstate", "h"]).ok().trim(), "shut off");

    // The daemon killed: the next one ends what it left.
    let (start, pid) = start_held(&daemon);
    daemon.kill();
    start.join().unwrap().fails();
    daemon.restart();
    assert_eq!(daemon.virsh(&["domstate", "h"]).ok().trim(), "shut off");
    Watched::new(pid).ends_within(ENDING);
    let left = daemon.root().join("run/qemu/h.xml");
    assert!(!left.exists(), "a status without a process");
}
