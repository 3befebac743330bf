//! Virtio ports (`<channel>`), found by the name that the host gave them.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};

use super::words;
use crate::shell::{Failure, Outcome};
use crate::sys;

pub(super) fn read(rest: &str) -> Outcome {
    let [name] = words(rest)?;
    let mut line = Vec::new();
    let port = open(name, File::options().read(true))?;
    BufReader::new(port)
        .read_until(b'\n', &mut line)
        .map_err(Failure::system(name))?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

pub(super) fn write(rest: &str) -> Outcome {
    let (name, text) = rest.split_once(' ').ok_or(Failure::Usage(""))?;
    let mut port = open(name, File::options().write(true))?;
    port.write_all(format!("{text}\n").as_bytes())
        .map_err(Failure::system(name))?;
    Ok(String::new())
}

fn open(name: &str, options: &std::fs::OpenOptions) -> Result<File, Failure> {
    let named = |port: &String| {
        sys::text(format!("/sys/class/virtio-ports/{port}/name")).as_deref() == Some(name)
    };
    let port = sys::names("/sys/class/virtio-ports")
        .into_iter()
        .find(named);
    let port = port.ok_or_else(|| Failure::Absent {
        what: format!("channel {name}"),
    })?;
    options
        .open(format!("/dev/{port}"))
        .map_err(Failure::system(name))
}
