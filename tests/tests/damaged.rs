//! Damaged files: reported, kept, and no reason not to start.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "a daemon that must not start is started by hand"
)]

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use e2e::{Daemon, binary, domain};

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().write_all(bytes).unwrap();
}

/// What the daemon has said so far.
fn words(daemon: &Daemon) -> String {
    fs::read_to_string(daemon.root().join("daemon.stderr")).unwrap()
}

const DAMAGED: &[(&str, &[u8])] = &[
    ("empty", b""),
    ("binary", &[0xff, 0x00, 0xfe, 0x80]),
    ("cut", b"<domain type='qemu'><name>cut</name><memory>"),
    ("foreign", b"<network><name>foreign</name></network>"),
    (
        "other-name",
        b"<domain type='qemu'><name>x</name><uuid>nonsense</uuid></domain>",
    ),
];

#[test]
fn damaged_definitions_are_reported_and_kept() {
    let daemon = Daemon::start_with(&[], |root| {
        for (name, bytes) in DAMAGED {
            write(&root.join(format!("etc/qemu/{name}.xml")), bytes);
        }
        fs::create_dir_all(root.join("etc/qemu/autostart")).unwrap();
        let link = |name: &str, target: &str| {
            symlink(
                root.join(target),
                root.join(format!("etc/qemu/autostart/{name}.xml")),
            )
            .unwrap();
        };
        link("cut", "etc/qemu/cut.xml");
        link("gone", "etc/qemu/gone.xml");
        write(&root.join("etc/qemu/autostart/file.xml"), b"no link");
        let good = domain("good").behaviour("<uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>");
        write(&root.join("etc/qemu/good.xml"), good.xml().as_bytes());
    });
    assert_eq!(
        daemon.virsh(&["list", "--all", "--name"]).ok().trim(),
        "good"
    );
    let said = words(&daemon);
    for (name, bytes) in DAMAGED {
        let path = daemon.root().join(format!("etc/qemu/{name}.xml"));
        assert_eq!(fs::read(&path).unwrap(), *bytes, "{name} is as it was");
        assert!(
            said.contains(&*path.to_string_lossy()),
            "{name} is reported: {said}"
        );
    }
    daemon.virsh(&["start", "good"]).ok();
    // Who defines a domain of a damaged file's name gets it, and the file is kept beside.
    daemon
        .virsh(&["define", &daemon.file("d.xml", &domain("cut").xml())])
        .ok();
    let kept = fs::read_dir(daemon.root().join("etc/qemu"))
        .unwrap()
        .any(|entry| {
            let path = entry.unwrap().path();
            path.to_string_lossy().contains("cut.xml.damaged-")
                && fs::read(&path).unwrap() == DAMAGED[2].1
        });
    assert!(kept, "the damaged file is set aside");
}

#[test]
fn damaged_status_files_are_reported_and_kept() {
    let mut daemon = Daemon::start();
    for name in ["a", "b"] {
        daemon
            .virsh(&["define", &daemon.file("d.xml", &domain(name).xml())])
            .ok();
        daemon.virsh(&["start", name]).ok();
    }
    daemon.kill();
    let status = daemon.root().join("run/qemu/a.xml");
    let whole = fs::read(&status).unwrap();
    let half = &whole[..whole.len() / 2];
    write(&status, half);
    write(&daemon.root().join("run/qemu/none.xml"), &[0; 100]);
    daemon.restart();
    assert_eq!(daemon.virsh(&["domstate", "b"]).ok().trim(), "running");
    assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "shut off");
    assert_eq!(fs::read(&status).unwrap(), half, "it is as it was");
    let said = words(&daemon);
    for path in [&status, &daemon.root().join("run/qemu/none.xml")] {
        assert!(said.contains(&*path.to_string_lossy()), "{said}");
    }
    // Repaired by hand, it is found again.
    daemon.kill();
    write(&status, &whole);
    daemon.restart();
    assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "running");
    daemon.virsh(&["destroy", "a"]).ok();
    daemon.virsh(&["destroy", "b"]).ok();
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let mut daemon = Daemon::start();
    daemon.virsh(&["capabilities"]).ok();
    let folder = daemon.root().join("cache/qemu/capabilities");
    let file = || {
        fs::read_dir(&folder)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
    };
    let whole = fs::read(file()).unwrap();
    for bytes in [&b""[..], &b"{}"[..], &[0xff; 64], &whole[..whole.len() / 2]] {
        daemon.stop();
        write(&file(), bytes);
        daemon.restart();
        let said = daemon.virsh(&["capabilities"]).ok();
        assert!(said.contains("<domain type='qemu'/>"), "{said}");
    }
}

#[test]
fn a_configuration_that_cannot_be_read_is_named_and_nothing_is_touched() {
    for (file, text, told) in [
        ("virtqemud.conf", "max_clients = \"many\"\n", "max_clients"),
        ("virtqemud.conf", "max_clients = \n", "1"),
        ("qemu.conf", "user = [\n", "1"),
    ] {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("etc").join(file);
        write(&path, text.as_bytes());
        let output = Command::new(binary("virtqemud"))
            .arg("--root")
            .arg(root.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{file}: {text}");
        assert!(said.contains(file) && said.contains(told), "{said}");
        assert_eq!(fs::read(&path).unwrap(), text.as_bytes());
    }
    let daemon = Daemon::start_with(&[], |root| {
        write(&root.join("etc/virtqemud.conf"), b"no_such_key = 1\n");
        write(&root.join("etc/qemu.conf"), b"no_such_key_either = 1\n");
    });
    let said = words(&daemon);
    assert!(
        said.contains("no_such_key") && said.contains("no_such_key_either"),
        "{said}"
    );
    daemon.virsh(&["list"]).ok();
}
