//! A user's own daemon: `qemu:///session`, started by the C client, closed to everybody else.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the clients of another user are started by hand"
)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use e2e::{GREETING, Watched, binary, domain, processes_below, qemus_below};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// A process may take so long to end on a busy machine.
const ENDING: Duration = Duration::from_secs(60);

/// Users that no machine has; the tests run as one of them where root runs them.
const USER: u32 = 64_101;
const STRANGER: u32 = 64_102;

/// A user's directories, and everything that the user may need to read, in one folder.
struct Home {
    folder: TempDir,
    user: u32,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("fv")
            .tempdir_in("/tmp")
            .unwrap();
        let here = rustix::process::geteuid();
        let user = if here.is_root() { USER } else { here.as_raw() };
        let home = Self { folder, user };
        fs::set_permissions(home.path(), PermissionsExt::from_mode(0o755)).unwrap();
        // The workspace may lie where nobody else may look.
        fs::copy(binary("virtqemud"), home.path().join("virtqemud")).unwrap();
        for (name, mode) in [("home", 0o755), ("run", 0o700)] {
            let path = home.path().join(name);
            fs::DirBuilder::new().create(&path).unwrap();
            fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            chown(&path, Some(user), Some(user)).unwrap();
        }
        home
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn socket(&self) -> PathBuf {
        self.path().join("run/libvirt/virtqemud-sock")
    }

    /// A program as the user runs it, and nothing of our own environment.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.path().join("home"))
            .env("XDG_RUNTIME_DIR", self.path().join("run"))
            // Where the C library looks for the daemon that it starts.
            .env("VIRTD_PATH", self.path())
            .current_dir("/")
            .gid(self.user)
            .uid(self.user);
        command
    }

    fn virsh(&self, uri: &str, arguments: &[&str]) -> Output {
        let mut virsh = self.command("/usr/bin/virsh");
        let output = virsh.args(["-c", uri]).args(arguments).output();
        output.expect("this test needs /usr/bin/virsh (package libvirt-clients)")
    }

    #[track_caller]
    fn ok(&self, uri: &str, arguments: &[&str]) -> String {
        let output = self.virsh(uri, arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The user's daemon, which its pid file names.
    fn daemon(&self) -> Pid {
        let file = self.path().join("run/libvirt/virtqemud.pid");
        let number = fs::read_to_string(file)
            .expect("the pid file")
            .trim()
            .parse();
        Pid::from_raw(number.expect("a number")).expect("a process")
    }

    /// A document in a file that the user can read.
    fn document(&self, name: &str, xml: &str) -> String {
        let path = self.path().join(name);
        std::io::Write::write_all(&mut fs::File::create(&path).unwrap(), xml.as_bytes()).unwrap();
        path.display().to_string()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let daemons = processes_below(self.path(), "virtqemud");
        for pid in daemons.into_iter().chain(qemus_below(self.path())) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// The owner of a process.
fn user_of(pid: Pid) -> u32 {
    fs::metadata(format!("/proc/{}", pid.as_raw_nonzero()))
        .expect("a process")
        .uid()
}

/// The URI that makes the C library start the QEMU daemon itself, whatever it was built to prefer.
const DIRECT: &str = "qemu:///session?mode=direct";

/// Prints what the guest says until it listens, has it power off and waits for the event of its end: its console
/// closes before that.
const BOOT: &str = r#"
import libvirt, sys
libvirt.virEventRegisterDefaultImpl()
c = libvirt.open("qemu:///session")
d = c.lookupByName("g")
ended = []
def lifecycle(c, d, event, detail, opaque):
    if event == libvirt.VIR_DOMAIN_EVENT_STOPPED:
        ended.append(detail)
c.domainEventRegisterAny(d, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lifecycle, None)
def late(timer, opaque):
    sys.exit("no event told of the end")
libvirt.virEventAddTimeout(60000, late, None)
s = c.newStream(0)
d.openConsole(None, s, 0)
text = b""
while b"guest> " not in text:
    got = s.recv(4096)
    assert got, text
    text += got
print(text.decode(errors="replace"))
s.send(b"poweroff\n")
while s.recv(4096):
    pass
while not ended:
    libvirt.virEventRunDefaultImpl()
assert ended == [libvirt.VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN], ended
"#;

#[test]
fn the_c_client_starts_the_users_daemon_and_a_guest_runs_as_the_user() {
    let home = Home::new();
    assert_eq!(home.ok(DIRECT, &["uri"]), format!("{DIRECT}\n\n"));
    assert_eq!(user_of(home.daemon()), home.user);
    let first = home.daemon();

    let guest = domain("g").boots_guest(home.path());
    let file = home.document("g.xml", &guest.xml());
    // Once the daemon is there, every way of asking for the session finds it.
    home.ok("qemu:///session", &["define", &file]);
    home.ok("qemu:///session", &["start", "g"]);
    assert_eq!(home.daemon(), first, "one daemon serves all clients");
    let [qemu] = qemus_below(home.path())[..] else {
        panic!("one QEMU")
    };
    assert_eq!(user_of(qemu), home.user);
    let boot = home
        .command("/usr/bin/python3")
        .args(["-c", BOOT])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&boot.stdout);
    assert!(boot.status.success() && said.contains(GREETING), "{boot:?}");
    let state = home.ok("qemu:///session", &["domstate", "g"]);
    assert_eq!(state.trim(), "shut off");
    assert!(home.path().join("home/.config/libvirt/qemu/g.xml").exists());
    assert!(
        home.path()
            .join("home/.cache/libvirt/qemu/log/g.log")
            .exists()
    );
}

#[test]
fn nobody_else_gets_in() {
    let home = Home::new();
    home.ok(DIRECT, &["list"]);
    let mode = fs::metadata(home.socket()).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
    if rustix::process::geteuid().is_root() {
        // With the way to it wide open, the daemon itself still lets nobody in.
        fs::set_permissions(home.path().join("run"), PermissionsExt::from_mode(0o755)).unwrap();
        fs::set_permissions(
            home.path().join("run/libvirt"),
            PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        let uri = format!("qemu+unix:///session?socket={}", home.socket().display());
        let refused = Command::new("/usr/bin/virsh")
            .args(["-c", &uri, "list"])
            .gid(STRANGER)
            .uid(STRANGER)
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&refused.stderr);
        assert!(
            !refused.status.success() && words.contains("Permission denied"),
            "{refused:?}"
        );
    }
}

#[test]
fn a_daemon_that_nobody_needs_leaves_unless_a_guest_runs() {
    let home = Home::new();
    let mut child = home
        .command(home.path().join("virtqemud"))
        .args(["--timeout", "1"])
        .spawn()
        .unwrap();
    let daemon = Watched::new(Pid::from_child(&child));
    let file = home.document("a.xml", &domain("a").xml());
    // The client starts no second one: at worst it starts the first one's successor.
    home.ok(DIRECT, &["create", &file]);
    let [qemu] = qemus_below(home.path())[..] else {
        panic!("one QEMU")
    };
    let serving = home.daemon();
    assert_eq!(home.ok(DIRECT, &["domstate", "a"]).trim(), "running");
    assert_eq!(home.daemon(), serving, "a running guest keeps its daemon");
    home.ok(DIRECT, &["destroy", "a"]);
    Watched::new(qemu).ends_within(ENDING);
    daemon.ends_within(ENDING);
    assert!(child.wait().unwrap().success());
    assert!(!home.socket().exists(), "it takes its socket along");
}
