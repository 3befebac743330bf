//! The ACPI power button: pressing it powers the guest off, as a desktop or server would.

use std::fs::File;
use std::io::{self, Read};
use std::thread;

use crate::{power, sys};

/// One `struct input_event` on a 64-bit machine: time (16), type (2), code (2), value (4).
const EVENT_LENGTH: usize = 24;
const KEY_TYPE: u16 = 1;
const POWER_KEY: u16 = 116;

/// Whether a name below `/dev` is that of an input device.
pub(crate) fn is_input(name: &str) -> bool {
    name.starts_with("input/event")
}

/// Waits on a thread of its own for the device's power key, if it is a power button. The device is
/// open when this returns: a press from here on counts.
pub(crate) fn watch(name: &str) {
    let event = name.trim_start_matches("input/").to_owned();
    if label(&event).as_deref() != Some("Power Button") {
        return;
    }
    let device = File::open(format!("/dev/input/{event}"));
    thread::spawn(move || match device.and_then(wait) {
        Ok(()) => {
            eprintln!("guest: power button pressed");
            if let Err(cause) = power::off() {
                eprintln!("guest: cannot power off: {cause}");
            }
        }
        Err(cause) => eprintln!("guest: power button {event}: {cause}"),
    });
}

/// What the input device calls itself.
pub(crate) fn label(event: &str) -> Option<String> {
    sys::text(format!("/sys/class/input/{event}/device/name"))
}

fn wait(mut device: File) -> io::Result<()> {
    let mut record = [0; EVENT_LENGTH];
    loop {
        device.read_exact(&mut record)?;
        if is_power_press(&record) {
            return Ok(());
        }
    }
}

fn is_power_press(record: &[u8; EVENT_LENGTH]) -> bool {
    let [.., t0, t1, c0, c1, v0, v1, v2, v3] = *record;
    u16::from_ne_bytes([t0, t1]) == KEY_TYPE
        && u16::from_ne_bytes([c0, c1]) == POWER_KEY
        && i32::from_ne_bytes([v0, v1, v2, v3]) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, code: u16, value: i32) -> [u8; EVENT_LENGTH] {
        let mut record = [0; EVENT_LENGTH];
        record[16..18].copy_from_slice(&kind.to_ne_bytes());
        record[18..20].copy_from_slice(&code.to_ne_bytes());
        record[20..].copy_from_slice(&value.to_ne_bytes());
        record
    }

    #[test]
    fn only_the_press_of_the_power_key_counts() {
        assert!(is_power_press(&record(1, 116, 1)));
        assert!(!is_power_press(&record(1, 116, 0)), "the release");
        assert!(!is_power_press(&record(1, 142, 1)), "the sleep key");
        assert!(!is_power_press(&record(0, 0, 0)), "a report mark");
    }
}
