//! How much processor time a VM has used.

use std::fs;

/// The processor time of a process, user and system, in nanoseconds (`/proc/PID/stat`, fields 14 and 15). A process
/// that has just ended has used none any more.
pub(super) fn cpu_time_ns(pid: i32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let ticks = ticks(&stat).unwrap_or(0);
    ticks.saturating_mul(1_000_000_000 / rustix::param::clock_ticks_per_second().max(1))
}

/// The command's name, in parentheses, may hold anything; the fields are counted from its end.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    user.checked_add(system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_name_does_not_move_the_fields() {
        let stat = "12 (qemu) 1 (x) S 1 2 3 4 5 6 7 8 9 10 100 23 0 0 20 0";
        assert_eq!(ticks(stat), Some(123));
    }

    #[test]
    fn we_have_used_some() {
        let pid = i32::try_from(std::process::id()).unwrap();
        let before = cpu_time_ns(pid);
        assert!(cpu_time_ns(pid) >= before);
        assert_eq!(cpu_time_ns(-1), 0);
    }
}
