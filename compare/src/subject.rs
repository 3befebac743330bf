//! The daemons that are measured, each with empty state of its own.

use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::failure::Failure;

/// How long a daemon may take until it serves.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// Which daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// This project's `virtqemud`.
    Ferrovirt,
    /// The C `libvirtd`.
    Libvirt,
}

impl Kind {
    /// The daemons that are installed, in the order in which they alternate.
    pub(crate) fn installed() -> Vec<Self> {
        let c = Path::new(LIBVIRTD).exists().then_some(Self::Libvirt);
        std::iter::once(Self::Ferrovirt).chain(c).collect()
    }
}

/// The peer.
const LIBVIRTD: &str = "/usr/sbin/libvirtd";

/// The folders that a C daemon gets empty ones of, in its namespace.
const C_FOLDERS: [&str; 5] = [
    "/run/libvirt",
    "/etc/libvirt",
    "/var/lib/libvirt",
    "/var/log/libvirt",
    "/var/cache/libvirt",
];

/// A running daemon and its state.
#[derive(Debug)]
pub(crate) struct Subject {
    kind: Kind,
    root: TempDir,
    process: Option<Child>,
    /// From the start of the process until it served.
    pub(crate) ready_after: Duration,
}

impl Subject {
    /// Starts a daemon with empty state.
    pub(crate) fn start(kind: Kind) -> Result<Self, Failure> {
        let root = tempfile::Builder::new()
            .prefix("fvcmp")
            .tempdir_in("/var/tmp")
            .map_err(Failure::io("make a folder in /var/tmp"))?;
        let mut subject = Self {
            kind,
            root,
            process: None,
            ready_after: Duration::ZERO,
        };
        subject.spawn()?;
        Ok(subject)
    }

    /// Stops the daemon and starts it again on the same state.
    pub(crate) fn restart(&mut self) -> Result<(), Failure> {
        self.end()?;
        self.spawn()
    }

    /// The URI by which a client reaches it.
    pub(crate) fn uri(&self) -> String {
        format!("qemu+unix:///system?socket={}", self.socket().display())
    }

    /// Where the daemon keeps its persistent definitions.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// What the daemon wrote, with its own folders as those of a host's only daemon.
    pub(crate) fn as_on_a_host(&self, text: &str) -> String {
        // The C daemon sees its folders at their usual places.
        if self.kind == Kind::Libvirt {
            return text.to_owned();
        }
        let root = self.root.path().display();
        let folders = ["run", "etc", "lib", "log", "cache"];
        let pairs = folders.into_iter().zip(C_FOLDERS);
        pairs.fold(text.to_owned(), |text, (own, usual)| {
            text.replace(&format!("{root}/{own}/"), &format!("{usual}/"))
        })
    }

    /// The daemon's process.
    pub(crate) fn pid(&self) -> Option<Pid> {
        let child = self.process.as_ref()?;
        match self.kind {
            Kind::Ferrovirt => Some(Pid::from_child(child)),
            Kind::Libvirt => only_child_named(Pid::from_child(child), "libvirtd"),
        }
    }

    fn socket(&self) -> PathBuf {
        match self.kind {
            Kind::Ferrovirt => self.root.path().join("run/virtqemud-sock"),
            Kind::Libvirt => self.root.path().join("_run_libvirt/libvirt-sock"),
        }
    }

    fn spawn(&mut self) -> Result<(), Failure> {
        match self.kind {
            Kind::Ferrovirt => self.spawn_ours(),
            Kind::Libvirt => self.spawn_theirs(),
        }
    }

    /// Ready is when the daemon says so; asked right then, it answers.
    fn spawn_ours(&mut self) -> Result<(), Failure> {
        let address = self.root.path().join("notify");
        let _ = std::fs::remove_file(&address);
        let notify = UnixDatagram::bind(&address).map_err(Failure::io("bind a socket"))?;
        notify
            .set_read_timeout(Some(READY_WITHIN))
            .map_err(Failure::io("set a deadline"))?;
        let begun = Instant::now();
        let mut command = Command::new(beside_us("virtqemud")?);
        command
            .arg("--root")
            .arg(self.root.path())
            .env("NOTIFY_SOCKET", &address);
        self.process = Some(quiet(&mut command, self.root.path())?);
        let mut message = [0; 1024];
        loop {
            let length = notify
                .recv(&mut message)
                .map_err(|_| self.not_ready("virtqemud"))?;
            let text = message.get(..length).unwrap_or_default();
            if text.starts_with(b"READY=1") {
                break;
            }
        }
        self.ready_after = begun.elapsed();
        Ok(())
    }

    /// The C daemon is ready when its socket accepts and answers. It says READY=1 too, but only
    /// inside the namespace, so the socket is tried.
    fn spawn_theirs(&mut self) -> Result<(), Failure> {
        let script = self.namespace_script();
        let begun = Instant::now();
        let mut command = Command::new("unshare");
        // What cargo tells its own programs is none of a daemon's business: it would hand it on to QEMU.
        command.env_remove("LD_LIBRARY_PATH");
        command
            .args(["-m", "-n", "--propagation", "private", "sh", "-c"])
            .arg(script);
        let _ = std::fs::remove_file(self.socket());
        self.process = Some(quiet(&mut command, self.root.path())?);
        while UnixStream::connect(self.socket()).is_err() {
            if begun.elapsed() > READY_WITHIN {
                return Err(self.not_ready("libvirtd"));
            }
            std::thread::yield_now();
        }
        self.ready_after = begun.elapsed();
        Ok(())
    }

    fn namespace_script(&self) -> String {
        let mut script = String::from("ip link set lo up; ");
        // Of a TPM's state the C daemon deletes the folder around the path that a document names, whatever is in it:
        // nothing of the host but temporary files can be written.
        for writable in ["/tmp", "/var/tmp"] {
            script.push_str(&format!("mount --bind {writable} {writable}; "));
        }
        for folder in C_FOLDERS {
            let own = self.root.path().join(folder.replace('/', "_"));
            let own = own.display();
            script.push_str(&format!("mkdir -p {own} {folder}; "));
            if folder == "/etc/libvirt" {
                script.push_str(&format!("cp -an {folder}/*.conf {own}/ 2>/dev/null; "));
            }
            script.push_str(&format!("mount --bind {own} {folder}; "));
        }
        script.push_str("mkdir -p /var/cache/libvirt/qemu /var/lib/libvirt/qemu; ");
        script.push_str("mount -o remount,bind,ro /; ");
        let pids = self.root.path().display();
        script.push_str(&format!(
            "/usr/sbin/virtlogd -p {pids}/virtlogd.pid & logd=$!; \
             {LIBVIRTD} --timeout 0 -p {pids}/libvirtd.pid & wait $!; kill $logd"
        ));
        script
    }

    fn not_ready(&self, what: &'static str) -> Failure {
        let words = std::fs::read_to_string(self.root.path().join("stderr")).unwrap_or_default();
        Failure::NotReady { what, words }
    }

    fn end(&mut self) -> Result<(), Failure> {
        if let Some(pid) = self.pid() {
            let _ = kill_process(pid, Signal::TERM);
        }
        if let Some(mut child) = self.process.take() {
            child.wait().map_err(Failure::io("wait for the daemon"))?;
        }
        Ok(())
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        let _ = self.end();
        for pid in processes_naming(self.root.path()) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// A binary of the same build.
pub(crate) fn beside_us(name: &str) -> Result<PathBuf, Failure> {
    let own = std::env::current_exe().map_err(Failure::io("find the own binary"))?;
    let path = own.with_file_name(name);
    std::fs::metadata(&path).map_err(Failure::io(format!(
        "find {}; build it with: cargo build --release -p ferrovirt-daemons",
        path.display()
    )))?;
    Ok(path)
}

fn quiet(command: &mut Command, root: &Path) -> Result<Child, Failure> {
    let words = std::fs::File::options()
        .create(true)
        .append(true)
        .open(root.join("stderr"))
        .map_err(Failure::io("make a file for the daemon's words"))?;
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(words)
        .spawn()
        .map_err(Failure::io("start the daemon"))
}

fn only_child_named(parent: Pid, name: &str) -> Option<Pid> {
    let parent = parent.as_raw_nonzero();
    let path = format!("/proc/{parent}/task/{parent}/children");
    let children = std::fs::read_to_string(path).ok()?;
    children
        .split_whitespace()
        .filter_map(|word| word.parse::<i32>().ok())
        .find(|pid| {
            std::fs::read_to_string(format!("/proc/{pid}/comm"))
                .is_ok_and(|comm| comm.trim() == name)
        })
        .and_then(Pid::from_raw)
}

/// Processes that were started below `root` and are still there, QEMUs for example.
fn processes_naming(root: &Path) -> Vec<Pid> {
    let needle = root.display().to_string();
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
            let line = std::fs::read(entry.path().join("cmdline")).ok()?;
            String::from_utf8_lossy(&line)
                .contains(&needle)
                .then_some(pid)
        })
        .filter_map(Pid::from_raw)
        .collect()
}
