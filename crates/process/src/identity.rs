//! What tells one process from a later one that got the same number: its start time.

use std::io;
use std::path::Path;

use rustix::process::Pid;

/// When the process started, in clock ticks since boot (`/proc/PID/stat`, field 22).
///
/// # Errors
/// When there is no such process, or `/proc` is not mounted.
pub fn start_time(pid: Pid) -> io::Result<u64> {
    start_time_in(Path::new("/proc"), pid)
}

/// [`start_time`] in a given `/proc`.
///
/// # Errors
/// As [`start_time`].
pub fn start_time_in(proc: &Path, pid: Pid) -> io::Result<u64> {
    let path = proc.join(pid.as_raw_nonzero().to_string()).join("stat");
    let stat = std::fs::read(path)?;
    parse(&stat).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "malformed stat file"))
}

/// The threads of a process (`/proc/PID/task`).
///
/// # Errors
/// When there is no such process, or `/proc` is not mounted.
pub fn threads(pid: Pid) -> io::Result<Vec<Pid>> {
    let entries = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero()))?;
    let number = |entry: io::Result<std::fs::DirEntry>| {
        let name = entry.ok()?.file_name();
        Pid::from_raw(name.to_str()?.parse().ok()?)
    };
    Ok(entries.filter_map(number).collect())
}

/// The command name in parentheses may hold anything, parentheses and spaces included; so fields
/// are counted from the last closing one. Field 22 is the 20th after the name.
fn parse(stat: &[u8]) -> Option<u64> {
    let end = stat.iter().rposition(|&b| b == b')')?;
    let rest = std::str::from_utf8(stat.get(end + 1..)?).ok()?;
    rest.split_ascii_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{parse, start_time, threads};

    #[test]
    fn the_start_time_is_found_behind_any_command_name() {
        let stat = b"42 (a) b (c)) S 1 42 42 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 777 0 0";
        assert_eq!(parse(stat), Some(777));
        assert_eq!(parse(b""), None);
        assert_eq!(parse(b"42 (x) S 1"), None);
    }

    #[test]
    fn we_are_among_our_own_threads() {
        let threads = threads(rustix::process::getpid()).unwrap();
        assert!(threads.contains(&rustix::thread::gettid()));
    }

    #[test]
    fn our_own_start_time_is_stable() {
        let me = rustix::process::getpid();
        assert_eq!(start_time(me).unwrap(), start_time(me).unwrap());
    }
}
