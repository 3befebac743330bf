//! The clients that exist today, run as their users run them.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::binaries::binary;

/// What a client said and how it ended.
#[derive(Debug)]
pub struct Answer {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
}

impl Answer {
    /// The output of a client that must succeed.
    ///
    /// # Panics
    ///
    /// When it failed; its words follow.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "the client failed: {self:#?}");
        self.out
    }

    /// The error text of a client that must fail.
    ///
    /// # Panics
    ///
    /// When it succeeded.
    #[track_caller]
    pub fn fails(self) -> String {
        assert_ne!(self.code, Some(0), "the client succeeded: {self:#?}");
        self.err
    }
}

/// Runs the C `virsh` (package libvirt-clients) on `uri`.
///
/// # Panics
///
/// When it is not installed.
#[must_use]
pub fn virsh(uri: &str, arguments: &[&str]) -> Answer {
    answer(
        Command::new("/usr/bin/virsh")
            .args(["-c", uri])
            .args(arguments),
        "/usr/bin/virsh (package libvirt-clients)",
    )
}

/// Runs our own `virsh` on `uri`.
///
/// # Panics
///
/// When it has not been built.
#[must_use]
pub fn our_virsh(uri: &str, arguments: &[&str]) -> Answer {
    answer(
        Command::new(binary("virsh"))
            .args(["-c", uri])
            .args(arguments),
        "the workspace's own virsh",
    )
}

/// Runs a Python program that imports `libvirt` (package python3-libvirt), with `arguments` as
/// `sys.argv[1:]`.
///
/// # Panics
///
/// When the interpreter is not installed.
#[must_use]
pub fn python(program: &str, arguments: &[&str]) -> Answer {
    answer(
        Command::new("/usr/bin/python3")
            .arg("-c")
            .arg(program)
            .args(arguments),
        "/usr/bin/python3 (package python3-libvirt)",
    )
}

fn answer(command: &mut Command, needs: &str) -> Answer {
    let output = command
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("this test needs {needs}: {error}"));
    Answer {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    }
}

/// A C `virsh event --loop` that runs beside the test; its lines are read one by one.
#[derive(Debug)]
pub struct VirshLoop {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl VirshLoop {
    /// Starts `virsh ARGUMENTS` on `uri` with its output piped.
    ///
    /// # Panics
    ///
    /// When it is not installed.
    #[must_use]
    pub fn start(uri: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new("/usr/bin/stdbuf")
            .args(["-oL", "/usr/bin/virsh", "-c", uri])
            .args(arguments)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("this test needs /usr/bin/virsh (package libvirt-clients)");
        let lines = BufReader::new(child.stdout.take().expect("a piped output"));
        Self { child, lines }
    }

    /// The next line that is not empty.
    ///
    /// # Panics
    ///
    /// When the client ended.
    #[must_use]
    #[track_caller]
    pub fn line(&mut self) -> String {
        loop {
            let mut line = String::new();
            let length = self.lines.read_line(&mut line).expect("read virsh");
            assert_ne!(length, 0, "virsh ended before the line was there");
            if !line.trim().is_empty() {
                return line.trim_end().to_owned();
            }
        }
    }
}

impl Drop for VirshLoop {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
