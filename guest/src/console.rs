//! A console: greets, then answers each line with what the command line of the guest says.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rustix::fs::{Mode, OFlags};

use crate::{facts, shell};

/// The names of the consoles that have a thread, so that an announcement that comes twice starts
/// one only.
static SERVED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Whether a name below `/dev` is that of a serial or a paravirtual console.
pub(crate) fn is_console(name: &str) -> bool {
    let number = name
        .strip_prefix("ttyS")
        .or_else(|| name.strip_prefix("hvc"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Serves the console on a thread of its own until it goes away.
pub(crate) fn serve(name: &str) {
    if !served(|served| served.insert(name.to_owned())) {
        return;
    }
    let name = name.to_owned();
    thread::spawn(move || {
        // The kernel makes nodes for serial ports that the machine does not have; they fail to
        // read or write, which ends the conversation before it began.
        let _ = converse(&name);
        served(|served| served.remove(&name));
    });
}

fn served(change: impl FnOnce(&mut BTreeSet<String>) -> bool) -> bool {
    change(&mut SERVED.lock().unwrap_or_else(PoisonError::into_inner))
}

fn converse(name: &str) -> io::Result<()> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let device = File::from(rustix::fs::open(
        format!("/dev/{name}"),
        flags,
        Mode::empty(),
    )?);
    let mut output = device.try_clone()?;
    let mut input = BufReader::new(device);
    output.write_all(greeting().as_bytes())?;
    let mut line = Vec::new();
    loop {
        output.write_all(b"guest> ")?;
        line.clear();
        // Nothing read is an end of file typed by a person, not the end of the line.
        input.read_until(b'\n', &mut line)?;
        let answer = shell::answer(String::from_utf8_lossy(&line).trim());
        output.write_all(answer.as_bytes())?;
    }
}

fn greeting() -> String {
    format!(
        "\nFerrovirt guest ready: {}, {} cpus, {} MiB\n",
        facts::kernel(),
        facts::cpus(),
        facts::memory_kib() / 1024
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consoles_are_known_by_name() {
        for name in ["ttyS0", "ttyS12", "hvc0"] {
            assert!(is_console(name), "{name}");
        }
        for name in ["tty0", "ttyS", "hvc", "console", "ttyS0x", "hwrng"] {
            assert!(!is_console(name), "{name}");
        }
    }
}
