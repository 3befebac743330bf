//! Guests of other architectures as the users of the C `virsh` know them, with an emulator that `cargo xtask guest`
//! unpacks.
#![allow(
    clippy::expect_used,
    reason = "a failing expectation is how a test reports"
)]

use std::path::Path;

use e2e::Daemon;

#[test]
fn an_arm_guest_is_started_found_again_and_destroyed() {
    let mut daemon = Daemon::start();
    let file = daemon.file("arm.xml", &document(&daemon, "arm", "virt"));
    daemon.virsh(&["define", &file]).ok();
    daemon.virsh(&["start", "arm"]).ok();
    let xml = daemon.virsh(&["dumpxml", "arm"]).ok();
    for part in [
        "<type arch='aarch64' machine='virt-",
        "<gic version='2'/>",
        "<target type='system-serial' port='0'>",
        "<controller type='pci' index='0' model='pcie-root'>",
    ] {
        assert!(xml.contains(part), "no {part} in {xml}");
    }
    let terminal = daemon.virsh(&["ttyconsole", "arm"]).ok();
    assert!(terminal.starts_with("/dev/pts/"), "{terminal}");

    daemon.kill();
    daemon.restart();
    assert_eq!(
        daemon.virsh(&["domstate", "arm"]).ok(),
        "running\n\n",
        "it outlives the daemon"
    );
    daemon.virsh(&["destroy", "arm"]).ok();
    assert!(daemon.qemus().is_empty());
    daemon.virsh(&["undefine", "arm"]).ok();
}

#[test]
fn a_board_that_is_not_run_keeps_its_document_and_is_refused_at_start() {
    let daemon = Daemon::start();
    let file = daemon.file("pi.xml", &document(&daemon, "pi", "raspi3b"));
    daemon.virsh(&["define", &file]).ok();
    let xml = daemon.virsh(&["dumpxml", "pi"]).ok();
    assert!(xml.contains("machine='raspi3b'"), "{xml}");
    let error = daemon.virsh(&["start", "pi"]).fails();
    let why = "machine 'raspi3b' of 'aarch64' guests is known by its document only";
    assert!(error.contains(why), "{error}");
    assert_eq!(daemon.virsh(&["domstate", "pi"]).ok(), "shut off\n\n");
}

/// A guest with nothing to run. The emulator is a copy that QEMU's own user may start, wherever the project is.
fn document(daemon: &Daemon, name: &str, machine: &str) -> String {
    let emulator = daemon.root().join("qemu-system-aarch64");
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../target/guest/emulators/arm/unpacked/usr/bin/qemu-system-aarch64");
    std::fs::copy(&unpacked, &emulator)
        .expect("an emulator of ARM; unpack it with: cargo xtask guest");
    format!(
        "<domain type='qemu'><name>{name}</name><memory unit='MiB'>1024</memory><vcpu>4</vcpu>\
         <os><type arch='aarch64' machine='{machine}'>hvm</type></os>\
         <devices><emulator>{}</emulator><serial type='pty'/></devices></domain>",
        emulator.display()
    )
}
