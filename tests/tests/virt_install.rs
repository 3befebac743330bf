//! `virt-install` and `virt-xml` (package virtinst) as their users run them: a guest is installed,
//! looked at, and changed for its next start.
//!
//! The guest has no disk: for one, `virt-install` asks for the pool of its folder first, and so
//! needs the storage driver, whose daemon does not exist yet. Its network is QEMU's own.
#![allow(
    clippy::disallowed_methods,
    reason = "the programs under test are started"
)]
#![allow(clippy::panic, reason = "a failing expectation is how a test reports")]

use std::process::{Command, Stdio};

use e2e::Daemon;

#[track_caller]
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("VIRTINSTALL_OSINFO_DISABLE_REQUIRE")
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("this test needs {program} (package virtinst): {error}"));
    assert!(output.status.success(), "{program}: {output:#?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn virt_install_defines_and_starts_a_guest_and_virt_xml_changes_it() {
    let daemon = Daemon::start();
    let uri = daemon.uri();
    let said = run(
        "/usr/bin/virt-install",
        &[
            "--connect",
            &uri,
            "--name",
            "installed",
            "--memory",
            "64",
            "--vcpus",
            "1",
            "--virt-type",
            "qemu",
            "--import",
            "--disk",
            "none",
            "--network",
            "user",
            "--graphics",
            "none",
            "--osinfo",
            "detect=off,require=off",
            "--noautoconsole",
        ],
    );
    assert!(said.contains("Domain creation completed."), "{said}");
    assert_eq!(daemon.virsh(&["domstate", "installed"]).ok(), "running\n\n");
    let live = daemon.virsh(&["dumpxml", "installed"]).ok();
    for part in [
        "<memory unit='KiB'>65536</memory>",
        "<vcpu placement='static'>1</vcpu>",
        "<interface type='user'>",
        "<console type='pty'",
    ] {
        assert!(live.contains(part), "{part} is missing in {live}");
    }
    let info = daemon.virsh(&["dominfo", "installed"]).ok();
    assert!(info.contains("Persistent:     yes"), "{info}");

    run(
        "/usr/bin/virt-xml",
        &["--connect", &uri, "installed", "--edit", "--vcpus", "2"],
    );
    let vcpus = |which: &str| daemon.virsh(&["vcpucount", "installed", which, "--maximum"]);
    assert_eq!(vcpus("--config").ok().trim(), "2");
    assert_eq!(vcpus("--live").ok().trim(), "1");
    daemon.virsh(&["destroy", "installed"]).ok();
    daemon.virsh(&["start", "installed"]).ok();
    assert_eq!(vcpus("--live").ok().trim(), "2");
    daemon.virsh(&["destroy", "installed"]).ok();
}
