//! QEMU without anyone between: started with the arguments that the daemon generates for the same
//! domain, told to continue, killed. What a management layer adds is measured against this.

use std::io::{BufRead, BufReader, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::io::{FdFlags, fcntl_setfd};

use crate::domain::QEMU;
use crate::failure::Failure;

/// From `exec` to a running guest, and from the kill until the process is gone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Life {
    pub(crate) start: Duration,
    pub(crate) stop: Duration,
}

/// Runs one life of QEMU with `arguments` (those of the daemon without its monitor).
pub(crate) fn life(folder: &Path, arguments: &[String]) -> Result<Life, Failure> {
    let path = folder.join("raw.sock");
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).map_err(Failure::io("bind the monitor socket"))?;
    let begun = Instant::now();
    let mut qemu = spawn(&listener.into(), arguments)?;
    let resumed = resume(&path);
    let start = begun.elapsed();
    let killed = Instant::now();
    qemu.kill().map_err(Failure::io("kill QEMU"))?;
    qemu.wait().map_err(Failure::io("wait for QEMU"))?;
    resumed?;
    Ok(Life {
        start,
        stop: killed.elapsed(),
    })
}

fn spawn(listener: &OwnedFd, arguments: &[String]) -> Result<Child, Failure> {
    fcntl_setfd(listener, FdFlags::empty())
        .map_err(|error| Failure::io("pass the monitor socket")(error.into()))?;
    Command::new(QEMU)
        .arg("-S")
        .args(arguments)
        .arg("-chardev")
        .arg(format!(
            "socket,id=charmonitor,fd={},server=on,wait=off",
            listener.as_raw_fd()
        ))
        .args(["-mon", "chardev=charmonitor,id=monitor,mode=control"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Failure::io(format!("start {QEMU}")))
}

fn resume(path: &Path) -> Result<(), Failure> {
    let socket = UnixStream::connect(path).map_err(Failure::io("connect to the monitor"))?;
    let mut lines = BufReader::new(socket.try_clone().map_err(Failure::io("use the monitor"))?);
    let mut monitor = socket;
    let mut greeting = String::new();
    lines
        .read_line(&mut greeting)
        .map_err(Failure::io("read the monitor's greeting"))?;
    for command in ["qmp_capabilities", "cont"] {
        writeln!(monitor, "{{\"execute\":\"{command}\"}}")
            .map_err(Failure::io("write to the monitor"))?;
        answer(&mut lines)?;
    }
    Ok(())
}

fn answer(lines: &mut impl BufRead) -> Result<(), Failure> {
    loop {
        let mut line = String::new();
        lines
            .read_line(&mut line)
            .map_err(Failure::io("read from the monitor"))?;
        if line.contains("\"return\"") {
            return Ok(());
        }
        if line.is_empty() || line.contains("\"error\"") {
            return Err(Failure::Monitor(line));
        }
    }
}
