//! This `virsh` and the C one beside each other on one daemon with a real QEMU: the same command
//! lines give the same output, the same complaints and the same exit code, byte for byte.
#![allow(
    clippy::disallowed_methods,
    reason = "our own client is started by hand"
)]
#![allow(
    clippy::expect_used,
    reason = "a failing expectation is how a test reports"
)]

use std::process::{Command, Stdio};

use e2e::{Answer, Daemon, binary};

/// The guest: two processors, an I/O thread, a disk, an empty drive, an interface, a balloon.
fn document(image: &str) -> String {
    format!(
        "<domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid>\
         <memory unit='MiB'>64</memory><vcpu>2</vcpu><iothreads>1</iothreads>\
         <os><type arch='x86_64' machine='q35'>hvm</type></os><devices>\
         <disk type='file' device='disk'><driver name='qemu' type='raw'/>\
         <source file='{image}'/><target dev='vda' bus='virtio'/></disk>\
         <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>\
         <interface type='user'><mac address='52:54:00:11:22:33'/></interface>\
         <serial type='pty'/><memballoon model='virtio'/></devices></domain>"
    )
}

/// Runs our own `virsh`.
fn ours(uri: &str, arguments: &[&str]) -> Answer {
    let output = Command::new(binary("virsh"))
        .args(["-c", uri])
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("our own virsh");
    Answer {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    }
}

#[track_caller]
fn same(daemon: &Daemon, line: &str) {
    let other = daemon.virsh(&[line]);
    let ours = ours(&daemon.uri(), &[line]);
    assert_eq!(ours.out, other.out, "{line}");
    assert_eq!((ours.err, ours.code), (other.err, other.code), "{line}");
}

/// What changes nothing, asked of a guest that is off and of one that is paused. Times and memory
/// change while one looks, so that what has them is asked for by other words.
const QUESTIONS: &[&str] = &[
    "domstate g --reason",
    "domid g",
    "domuuid g",
    "domname g",
    "domcontrol g",
    "domjobinfo g",
    "domblklist g",
    "domblklist g --details",
    "domblkinfo g vda",
    "domblkinfo g sda",
    "domblkinfo g nope",
    "domblkinfo g",
    "domblkinfo g --all",
    "domblkinfo g --all --human",
    "domblkinfo g vda --human",
    "domblkinfo g vda --all",
    "domblkstat g vda",
    "domblkstat g",
    "domblkstat g vda --human",
    "domblkstat g nope",
    "domblkstat g sda",
    "domblkerror g",
    "domiflist g",
    "domifstat g nope",
    "domifstat g 52:54:00:11:22:33",
    "domif-getlink g 52:54:00:11:22:33",
    "domif-getlink g nope",
    "domstats g --state --vm --perf --memory",
    "domstats g --interface --iothread --dirtyrate",
    "domstats g --block",
    "domstats --state",
    "domstats --list-paused --state",
    "domstats --list-inactive --state",
    "domstats g --enforce --state",
    "domstats nope",
    "vcpucount g",
    "vcpucount g --live",
    "vcpucount g --config --maximum",
    "vcpupin g",
    "vcpupin g 0",
    "vcpupin g 9",
    "vcpupin g --vcpu x",
    "emulatorpin g",
    "iothreadinfo g",
    "iothreadinfo g --config",
    "iothreadinfo g --live",
    "dumpxml g",
    "dumpxml g --inactive",
    "dumpxml g --migratable",
    "dumpxml g --xpath //disk",
    "dumpxml g --wrap --xpath //disk/source/@file",
    "dumpxml g --xpath //nope",
    "list --all",
    "list --all --name",
    "list --all --uuid --id",
    "desc g",
    "metadata g http://x",
    "vncdisplay g",
    "domdisplay g",
    "start g --pass-fds x",
    "start g --pass-fds 0",
    "event --event lifecycle --timeout 1",
    "qemu-monitor-event --timeout 1",
    "qemu-monitor-command g --hmp 'info status'",
    "domxml-to-native qemu-argv --domain g",
    "domxml-to-native bogus --domain g",
    "domrename g g",
    "undefine nope",
    "capabilities",
    "capabilities --xpath //arch",
    "domcapabilities",
    "nodecpumap",
    "nodecpumap --pretty",
    "nodecpustats --cpu 99",
    "nodememstats --cell 9",
    "freecell 9",
    "freecell --cellno x",
    "version",
    "hostname",
    "uri",
    "nodeinfo",
    "sysinfo",
    "maxvcpus",
];

#[test]
fn both_clients_tell_the_same_of_a_guest() {
    let daemon = Daemon::start();
    let image = daemon.file("disk", &"x".repeat(1 << 20));
    let file = daemon.file("g.xml", &document(&image));
    daemon.virsh(&["define", &file]).ok();
    for line in QUESTIONS {
        same(&daemon, line);
    }
    daemon.virsh(&["start", "g", "--paused"]).ok();
    for line in QUESTIONS {
        same(&daemon, line);
    }
    daemon.virsh(&["destroy", "g"]).ok();
}

#[test]
fn both_clients_change_a_guest_in_the_same_words() {
    // Each client has a daemon of its own; the paths are the first one's.
    let (one, two) = (Daemon::start(), Daemon::start());
    let image = one.file("disk", "");
    let file = one.file("g.xml", &document(&image));
    for line in [
        "define FILE",
        "define FILE",
        "autostart g --once;dominfo g",
        "autostart g --once --disable;autostart g;autostart g --disable",
        "start g --paused;domstate g --reason;resume g;suspend g;destroy g;domstate g --reason",
        "start g --paused;start g;destroy g;destroy g",
        "start g --paused;reset g;destroy g --graceful",
        "desc g --title a;desc g --title;desc g --title ''",
        "metadata g http://x --key k --set '<a/>';metadata g http://x;metadata g http://x --remove",
        "domrename g h;list --all;domrename h g",
        "undefine g;undefine g;list --all",
        "create FILE --paused;list;undefine g;destroy g;list --all",
        "create FILE --pass-fds 0",
        "define /nonexistent",
    ] {
        let line = line.replace("FILE", &file);
        let (other, ours) = (one.virsh(&[&line]), ours(&two.uri(), &[&line]));
        assert_eq!(ours.out, other.out, "{line}");
        assert_eq!((ours.err, ours.code), (other.err, other.code), "{line}");
    }
}
