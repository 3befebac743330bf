//! Virtio ports (`<channel>`), found by the name that the host gave them.
//!
//! A port whose other end nobody holds takes no bytes; that is an answer, not a reason to wait.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};

use super::words;
use crate::shell::{Failure, Outcome};
use crate::sys;

/// How long a line may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn read(rest: &str) -> Outcome {
    let [name] = words(rest)?;
    let mut port = open(name)?;
    let deadline = Instant::now() + PATIENCE;
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        let left = deadline.saturating_duration_since(Instant::now());
        if !readable(&port, left).map_err(Failure::system(name))? {
            return Err(Failure::Absent {
                what: format!("line on {name} in 10 seconds"),
            });
        }
        let mut byte = [0];
        match port.read(&mut byte) {
            Ok(0) => {
                return Err(Failure::Absent {
                    what: format!("other end of {name}"),
                });
            }
            Ok(_) => line.extend(byte),
            Err(cause) if cause.kind() == ErrorKind::WouldBlock => {}
            Err(cause) => return Err(Failure::system(name)(cause)),
        }
    }
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

pub(super) fn write(rest: &str) -> Outcome {
    let (name, text) = rest.split_once(' ').ok_or(Failure::Usage(""))?;
    let mut port = open(name)?;
    port.write_all(format!("{text}\n").as_bytes())
        .map_err(Failure::system(name))?;
    Ok(String::new())
}

fn readable(port: &File, left: Duration) -> std::io::Result<bool> {
    let left = Timespec::try_from(left).unwrap_or_default();
    Ok(poll(&mut [PollFd::new(port, PollFlags::IN)], Some(&left))? > 0)
}

fn open(name: &str) -> Result<File, Failure> {
    let named = |port: &String| {
        sys::text(format!("/sys/class/virtio-ports/{port}/name")).as_deref() == Some(name)
    };
    let port = sys::names("/sys/class/virtio-ports")
        .into_iter()
        .find(named);
    let port = port.ok_or_else(|| Failure::Absent {
        what: format!("channel {name}"),
    })?;
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let port = rustix::fs::open(format!("/dev/{port}"), flags, Mode::empty());
    Ok(File::from(
        port.map_err(|cause| Failure::system(name)(cause.into()))?,
    ))
}
