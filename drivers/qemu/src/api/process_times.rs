//! How much processor time a VM and its threads have used, and where they ran.

use std::fs;
use std::path::PathBuf;

/// The processor time of a process or thread, in nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Times {
    /// Outside the kernel; a guest's own time counts as such.
    pub(super) user: u64,
    /// In the kernel.
    pub(super) system: u64,
    /// The processor that it ran on last.
    pub(super) cpu: i32,
}

impl Times {
    /// Both together.
    pub(super) fn total(self) -> u64 {
        self.user.saturating_add(self.system)
    }
}

/// What a thread waited for, in nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waits {
    /// For input and output and the like, where the kernel counts it.
    pub(super) wait: u64,
    /// For a processor, although it could have run.
    pub(super) delay: u64,
}

/// The processor time of a process, user and system, in nanoseconds (`/proc/PID/stat`). A process that has just
/// ended has used none any more.
pub(super) fn cpu_time_ns(pid: i32) -> u64 {
    process(pid).total()
}

/// The times of a process.
pub(super) fn process(pid: i32) -> Times {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    parse(&stat).unwrap_or_default()
}

/// The times of a thread of a process; nothing when it is gone.
pub(super) fn thread(pid: i32, thread: i32) -> Option<Times> {
    parse(&fs::read_to_string(task(pid, thread, "stat")).ok()?)
}

/// What a thread has waited for; what the kernel does not count is nothing.
pub(super) fn waits(pid: i32, thread: i32) -> Waits {
    let read = |file| fs::read_to_string(task(pid, thread, file)).unwrap_or_default();
    Waits {
        wait: wait_sum(&read("sched")).unwrap_or(0),
        delay: run_delay(&read("schedstat")).unwrap_or(0),
    }
}

/// The most memory of a process that is in RAM now, in KiB (`/proc/PID/status`, `VmRSS`).
pub(super) fn resident_kib(pid: i32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The processors that a thread may run on (`/proc/PID/task/TID/status`).
pub(super) fn allowed_cpus(pid: i32, thread: i32) -> Option<host::CpuList> {
    let status = fs::read_to_string(task(pid, thread, "status")).ok()?;
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    list.trim().parse().ok()
}

fn task(pid: i32, thread: i32, file: &str) -> PathBuf {
    format!("/proc/{pid}/task/{thread}/{file}").into()
}

/// Fields 14, 15 and 39. The command's name, in parentheses, may hold anything; the fields are counted from its end.
fn parse(stat: &str) -> Option<Times> {
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let per_tick = 1_000_000_000 / rustix::param::clock_ticks_per_second().max(1);
    let time = |index: usize| -> Option<u64> {
        let ticks: u64 = fields.get(index)?.parse().ok()?;
        Some(ticks.saturating_mul(per_tick))
    };
    Some(Times {
        user: time(11)?,
        system: time(12)?,
        cpu: fields
            .get(36)
            .and_then(|cpu| cpu.parse().ok())
            .unwrap_or(-1),
    })
}

/// `se.statistics.wait_sum : MILLISECONDS`, of kernels that count it.
fn wait_sum(sched: &str) -> Option<u64> {
    let line = sched.lines().find(|line| line.contains("wait_sum"))?;
    let (_, value) = line.split_once(':')?;
    let (whole, part) = value.trim().split_once('.')?;
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = format!("{part:0<6}").get(..6)?.parse().ok()?;
    Some(whole.saturating_mul(1_000_000).saturating_add(part))
}

/// The second of three numbers, in nanoseconds.
fn run_delay(schedstat: &str) -> Option<u64> {
    schedstat.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_name_does_not_move_the_fields() {
        let mut stat = "12 (qemu) 1 (x) S 1 2 3 4 5 6 7 8 9 10 100 23 0 0 20 0".to_owned();
        stat.push_str(&" 0".repeat(19));
        stat.push_str(" 3 0");
        let tick = 1_000_000_000 / rustix::param::clock_ticks_per_second();
        let times = parse(&stat).unwrap();
        assert_eq!((times.user, times.system), (100 * tick, 23 * tick));
        assert_eq!(times.cpu, 3);
    }

    #[test]
    fn waits_are_nanoseconds() {
        let sched = "qemu (12, #threads: 3)\nse.statistics.wait_sum    :    12.500000\n";
        assert_eq!(wait_sum(sched), Some(12_500_000));
        assert_eq!(run_delay("5 18354024 7\n"), Some(18_354_024));
        assert_eq!(wait_sum(""), None);
    }

    #[test]
    fn we_have_used_some() {
        let pid = i32::try_from(std::process::id()).unwrap();
        let before = cpu_time_ns(pid);
        assert!(cpu_time_ns(pid) >= before);
        assert_eq!(cpu_time_ns(-1), 0);
        assert!(resident_kib(pid).is_some_and(|kib| kib > 0));
        assert!(allowed_cpus(pid, pid).is_some_and(|cpus| !cpus.is_empty()));
    }
}
