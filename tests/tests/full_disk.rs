//! A full disk: what cannot be saved is refused and nothing is half done.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(clippy::print_stdout, reason = "who runs it sees what was left out")]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use e2e::{Daemon, domain, python};
use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};

/// A file system of its own, small enough to be filled.
struct Disk {
    place: PathBuf,
}

impl Disk {
    /// Mounts one at a place below a root; nothing where nobody may mount.
    fn mount(place: &Path) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        match mount(
            "tmpfs",
            place,
            "tmpfs",
            MountFlags::empty(),
            Some(c"size=256k,mode=755"),
        ) {
            Ok(()) => Some(Self {
                place: place.to_owned(),
            }),
            Err(error) => {
                println!("skipped: this test mounts a small file system: {error}");
                None
            }
        }
    }

    fn ballast(&self) -> PathBuf {
        self.place.join("ballast")
    }

    fn fill(&self) {
        let mut file = File::create(self.ballast()).unwrap();
        while file.write_all(&[0; 512]).is_ok() {}
    }

    fn empty(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = unmount(&self.place, UnmountFlags::DETACH);
    }
}

/// Everything below a folder, so that a file that was left over shows.
fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Tries a call and prints its code: the arguments are the URI, the document and the call.
const CALL: &str = r#"
import libvirt, sys
libvirt.registerErrorHandler(lambda *a: None, None)
c = libvirt.open(sys.argv[1])
def d(): return c.lookupByName("a")
try:
    eval(sys.argv[3], {"c": c, "d": d, "xml": sys.argv[2], "libvirt": libvirt})
    print("passed")
except libvirt.libvirtError as e:
    print(e.get_error_code(), e.get_error_message())
"#;

#[track_caller]
fn fails_for_want_of_space(daemon: &Daemon, xml: &str, call: &str) {
    let said = python(CALL, &[&daemon.uri(), xml, call]).ok();
    assert!(
        said.starts_with("38 ") && said.contains("No space left on device"),
        "{call}: {said}"
    );
}

#[test]
fn a_definition_that_cannot_be_saved_is_none() {
    let mut disk = None;
    let mut daemon = Daemon::start_with(&[], |root| disk = Disk::mount(&root.join("etc")));
    let Some(disk) = disk else { return };
    let folder = daemon.root().join("etc/qemu");
    let a = domain("a").behaviour("<title>one</title>").xml();
    daemon.virsh(&["define", &daemon.file("a.xml", &a)]).ok();
    let before = (daemon.virsh(&["dumpxml", "a"]).ok(), files(&folder));

    disk.fill();
    let big = domain("b").behaviour(&format!("<description>{}</description>", "x".repeat(8192)));
    fails_for_want_of_space(&daemon, &big.xml(), "c.defineXML(xml)");
    let uuid = daemon.virsh(&["domuuid", "a"]).ok();
    let changed = domain("a").behaviour(&format!(
        "<uuid>{}</uuid><description>{}</description>",
        uuid.trim(),
        "x".repeat(8192)
    ));
    fails_for_want_of_space(&daemon, &changed.xml(), "c.defineXML(xml)");
    let metadata = format!("d().setMetadata(0, '{}', None, None, 2)", "x".repeat(8192));
    fails_for_want_of_space(&daemon, "", &metadata);
    fails_for_want_of_space(&daemon, "", "d().rename('c')");
    assert_eq!(daemon.virsh(&["list", "--all", "--name"]).ok().trim(), "a");
    assert_eq!(daemon.virsh(&["dumpxml", "a"]).ok(), before.0);
    // What needs no room goes on.
    daemon.virsh(&["start", "a"]).ok();
    daemon.virsh(&["destroy", "a"]).ok();

    disk.empty();
    assert_eq!(files(&folder), before.1, "nothing is left over");
    daemon
        .virsh(&["define", &daemon.file("b.xml", &big.xml())])
        .ok();
    daemon.virsh(&["domrename", "a", "c"]).ok();
    disk.fill();
    daemon.virsh(&["undefine", "b"]).ok();
    disk.empty();
    daemon.kill();
    daemon.restart();
    assert_eq!(daemon.virsh(&["list", "--all", "--name"]).ok().trim(), "c");
}

#[test]
fn a_start_without_room_for_its_status_leaves_nothing() {
    for place in ["run", "lib"] {
        let mut disk = None;
        let daemon = Daemon::start_with(&[], |root| disk = Disk::mount(&root.join(place)));
        let Some(disk) = disk else { return };
        daemon
            .virsh(&["define", &daemon.file("a.xml", &domain("a").xml())])
            .ok();
        let folder = daemon.root().join(place).join("qemu");
        let before = files(&folder);
        disk.fill();
        if place == "run" {
            fails_for_want_of_space(&daemon, &domain("t").xml(), "c.createXML(xml, 0)");
            fails_for_want_of_space(&daemon, "", "d().create()");
            assert!(daemon.qemus().is_empty(), "no process is left");
            assert_eq!(daemon.virsh(&["list", "--all", "--name"]).ok().trim(), "a");
            assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "shut off");
        }
        disk.empty();
        assert_eq!(files(&folder), before, "nothing is left over in {place}");
        daemon.virsh(&["start", "a"]).ok();
        daemon.virsh(&["destroy", "a"]).ok();
        assert_eq!(files(&folder), before, "nothing is left over in {place}");
    }
}

#[test]
fn a_running_domain_goes_on_without_room_for_its_status() {
    let mut disk = None;
    let mut daemon = Daemon::start_with(&[], |root| disk = Disk::mount(&root.join("run")));
    let Some(disk) = disk else { return };
    daemon
        .virsh(&["define", &daemon.file("a.xml", &domain("a").xml())])
        .ok();
    daemon.virsh(&["start", "a"]).ok();
    disk.fill();
    daemon.virsh(&["suspend", "a"]).ok();
    assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "paused");
    daemon.kill();
    disk.empty();
    daemon.restart();
    // The file says that it ran; QEMU knows better.
    assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "paused");
    disk.fill();
    daemon.virsh(&["resume", "a"]).ok();
    daemon.virsh(&["destroy", "a"]).ok();
    assert!(daemon.qemus().is_empty());
    assert_eq!(daemon.virsh(&["domstate", "a"]).ok().trim(), "shut off");
}
