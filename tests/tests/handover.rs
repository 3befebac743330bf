//! A running machine changes from the C daemon to ours and back, on libvirt's own paths in a private namespace.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a failing expectation is how a test reports, and it starts the programs under test"
)]

use std::process::Command;

use e2e::binary;

/// The daemons one after the other. Each returns when it serves; each is waited for when it has been told to end.
const CHANGES: &str = r#"
set -eu
for folder in run lib etc log cache; do mkdir -p "$ROOT/$folder"; done
cp -a /etc/libvirt/. "$ROOT/etc"; rm -rf "$ROOT/etc/qemu"; mkdir -p /run/libvirt "$ROOT/log/qemu"
mount --bind "$ROOT/run" /run/libvirt
mount --bind "$ROOT/etc" /etc/libvirt
for name in lib log cache; do mount --bind "$ROOT/$name" /var/$name/libvirt; done
ended() { pid=$(cat "$1"); kill "$pid"; tail --pid="$pid" -f /dev/null; }
theirs() { libvirtd -d --pid-file "$ROOT/theirs.pid"; }
ours() { "$VIRTQEMUD" --daemon --pid-file "$ROOT/ours.pid"; }
asked() { virsh -q -c "qemu+unix:///system?socket=/run/libvirt/$1" "$2" guest; }
virtlogd -d --pid-file "$ROOT/log.pid"
trap 'kill "$(cat "$ROOT/log.pid")"' EXIT

theirs
virsh -q -c "qemu+unix:///system?socket=/run/libvirt/libvirt-sock" create "$ROOT/guest.xml"
before=$(asked libvirt-sock dumpxml)
ended "$ROOT/theirs.pid"

ours
[ "$before" = "$(asked virtqemud-sock dumpxml)" ] && echo "ours: same document"
asked virtqemud-sock suspend
ended "$ROOT/ours.pid"

theirs
echo "theirs: $(asked libvirt-sock domstate)"
[ "$before" = "$(asked libvirt-sock dumpxml)" ] && echo "theirs: same document"
ended "$ROOT/theirs.pid"

ours
asked virtqemud-sock destroy
ended "$ROOT/ours.pid"
stat -c 'the image belongs to %u:%g' "$ROOT/disk"
"#;

#[test]
fn a_running_machine_changes_daemons_in_both_directions() {
    if !["libvirtd", "virtlogd"].iter().all(|name| installed(name)) {
        println!("skipped: the C libvirtd is not installed");
        return;
    }
    let root = tempfile::Builder::new()
        .prefix("fv")
        .tempdir_in("/tmp")
        .expect("a temporary root");
    let image = root.path().join("disk");
    std::fs::File::create(&image)
        .and_then(|file| file.set_len(1 << 20))
        .expect("an image");
    rustix::fs::chown(
        &image,
        Some(rustix::fs::Uid::from_raw(1234)),
        Some(rustix::fs::Gid::from_raw(1235)),
    )
    .expect("the tests run as root");
    let document = document(&image.display().to_string());
    std::fs::write(root.path().join("guest.xml"), document).expect("a document");
    let output = Command::new("unshare")
        .args(["--mount", "--net", "sh", "-c", CHANGES])
        .env("ROOT", root.path())
        .env("VIRTQEMUD", binary("virtqemud"))
        .output()
        .expect("unshare is part of Debian's base");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let expected = "ours: same document\n\
                    theirs: paused\n\
                    theirs: same document\n\
                    the image belongs to 1234:1235\n";
    assert_eq!(told, expected, "{errors}");
    assert!(output.status.success(), "{errors}");
}

fn document(image: &str) -> String {
    format!(
        "<domain type='qemu'><name>guest</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>\
         <os><type arch='x86_64' machine='q35'>hvm</type></os><devices>\
         <disk type='file'><driver name='qemu' type='raw'/><source file='{image}'/>\
         <target dev='vda' bus='virtio'/></disk>\
         <serial type='pty'/><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/>\
         </channel><graphics type='vnc' port='-1' autoport='yes'/><rng model='virtio'>\
         <backend model='random'>/dev/urandom</backend></rng></devices></domain>"
    )
}

fn installed(program: &str) -> bool {
    ["/usr/sbin", "/usr/bin"]
        .iter()
        .any(|folder| std::path::Path::new(folder).join(program).exists())
}
