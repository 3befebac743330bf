//! A `virtqemud` under a root of its own.

use std::io::Read;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::binaries::binary;
use crate::clients::{Answer, virsh};
use crate::processes::processes_below;

/// How long the daemon may take to say that it is ready, on a busy machine.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// A running daemon and the folder that holds all of its state. Dropping it ends the daemon and
/// every QEMU that it started.
#[derive(Debug)]
pub struct Daemon {
    child: Child,
    root: TempDir,
    /// The command that it is started by.
    within: Vec<String>,
}

impl Daemon {
    /// Starts `virtqemud --root` on a new, empty folder and waits until it serves.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[], |_| ())
    }

    /// As [`Daemon::start`], with further arguments and after `prepare` has filled the root.
    ///
    /// # Panics
    ///
    /// When the daemon does not become ready; its standard error follows.
    #[must_use]
    pub fn start_with(arguments: &[&str], prepare: impl FnOnce(&Path)) -> Self {
        let root = root();
        prepare(root.path());
        let within = Vec::new();
        let child = spawn(root.path(), arguments, &within);
        Self {
            child,
            root,
            within,
        }
    }

    /// As [`Daemon::start`], by a command that executes the one that follows it: in a namespace.
    #[must_use]
    pub fn start_within(within: Vec<String>) -> Self {
        let root = root();
        let child = spawn(root.path(), &[], &within);
        Self {
            child,
            root,
            within,
        }
    }

    /// The folder under which the daemon keeps everything.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The read-write socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.root.path().join("run/virtqemud-sock")
    }

    /// The read-only socket.
    #[must_use]
    pub fn read_only_socket(&self) -> PathBuf {
        self.root.path().join("run/virtqemud-sock-ro")
    }

    /// The URI by which any client of the public API reaches this daemon.
    #[must_use]
    pub fn uri(&self) -> String {
        format!("qemu+unix:///system?socket={}", self.socket().display())
    }

    /// Runs the C `virsh` against this daemon.
    #[must_use]
    pub fn virsh(&self, arguments: &[&str]) -> Answer {
        virsh(&self.uri(), arguments)
    }

    /// Writes `xml` below the root and returns its path, for commands that take a file.
    #[must_use]
    pub fn file(&self, name: &str, xml: &str) -> String {
        let path = self.root.path().join(name);
        std::fs::File::create(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, xml.as_bytes()))
            .expect("a file below the root");
        path.display().to_string()
    }

    /// The daemon's process.
    ///
    /// # Panics
    ///
    /// Never: a child has a process id.
    #[must_use]
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Ends the daemon as a crash would: no handler runs.
    pub fn kill(&mut self) {
        kill_process(self.pid(), Signal::KILL).expect("kill the daemon");
        self.child.wait().expect("reap the daemon");
    }

    /// Asks the daemon to stop and waits for it.
    ///
    /// # Panics
    ///
    /// When it ends with an error.
    pub fn stop(&mut self) {
        kill_process(self.pid(), Signal::TERM).expect("terminate the daemon");
        let status = self.child.wait().expect("reap the daemon");
        assert!(status.success(), "the daemon ended with {status}");
    }

    /// Starts the daemon again on the same root, after [`Daemon::kill`] or [`Daemon::stop`].
    pub fn restart(&mut self) {
        self.child = spawn(self.root.path(), &[], &self.within);
    }

    /// The processes below this root whose program's name holds `word`.
    #[must_use]
    pub fn processes(&self, word: &str) -> Vec<Pid> {
        processes_below(self.root.path(), word)
    }

    /// The QEMU processes that run below this root.
    #[must_use]
    pub fn qemus(&self) -> Vec<Pid> {
        self.processes("qemu-system-")
    }

    /// What a failed test leaves for its reader: the words of the daemon and of each QEMU, which go with the root.
    #[allow(
        clippy::print_stderr,
        reason = "the test's own output, which its runner keeps for failures"
    )]
    fn tell(&self) {
        let logs = std::fs::read_dir(self.root().join("log/qemu"));
        let logs = logs.into_iter().flatten().flatten();
        let daemon = self.root().join("daemon.stderr");
        for path in logs.map(|entry| entry.path()).chain([daemon]) {
            let words = std::fs::read(&path).unwrap_or_default();
            let words = String::from_utf8_lossy(&words);
            eprintln!("--- {}\n{words}", path.display());
        }
        eprintln!("--- {} QEMU processes run", self.qemus().len());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.tell();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        for pid in self.qemus() {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

fn root() -> TempDir {
    tempfile::Builder::new()
        .prefix("fv")
        .tempdir_in("/tmp")
        .expect("a temporary root")
}

fn spawn(root: &Path, arguments: &[&str], within: &[String]) -> Child {
    let address = root.join("notify");
    let _ = std::fs::remove_file(&address);
    let notify = UnixDatagram::bind(&address).expect("the readiness socket");
    notify
        .set_read_timeout(Some(READY_WITHIN))
        .expect("a deadline for readiness");
    let mut words = within
        .iter()
        .map(PathBuf::from)
        .chain([binary("virtqemud")]);
    let mut child = Command::new(words.next().expect("a program"))
        .args(words)
        .arg("--root")
        .arg(root)
        .args(arguments)
        .env("NOTIFY_SOCKET", &address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::from(
            std::fs::File::options()
                .create(true)
                .append(true)
                .open(root.join("daemon.stderr"))
                .expect("a file for the daemon's words"),
        ))
        .spawn()
        .expect("start virtqemud");
    if !ready(&notify) {
        let _ = child.kill();
        let _ = child.wait();
        let mut words = String::new();
        let _ = std::fs::File::open(root.join("daemon.stderr"))
            .and_then(|mut file| file.read_to_string(&mut words));
        panic!("virtqemud did not become ready within {READY_WITHIN:?}: {words}");
    }
    child
}

/// Waits for `READY=1`; other notifications may come before it.
fn ready(notify: &UnixDatagram) -> bool {
    let mut message = [0; 4096];
    while let Ok(length) = notify.recv(&mut message) {
        let text = String::from_utf8_lossy(message.get(..length).unwrap_or_default());
        if text.lines().any(|line| line == "READY=1") {
            return true;
        }
    }
    false
}
