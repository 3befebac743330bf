//! What the guest sees of its machine: the numbers of the greeting and of the query commands.

use crate::sys;

/// The kernel's name and release, as "Linux 6.1.0".
pub(crate) fn kernel() -> String {
    let name = rustix::system::uname();
    format!(
        "{} {}",
        name.sysname().to_string_lossy(),
        name.release().to_string_lossy()
    )
}

/// How many CPUs are online.
pub(crate) fn cpus() -> usize {
    let online = sys::text("/sys/devices/system/cpu/online").unwrap_or_default();
    online.split(',').filter_map(range_length).sum()
}

/// `MemTotal` in KiB: what the machine has without what the kernel keeps, after ballooning.
pub(crate) fn memory_kib() -> u64 {
    meminfo("MemTotal:").unwrap_or(0)
}

/// One number of `/proc/meminfo`, in KiB.
pub(crate) fn meminfo(field: &str) -> Option<u64> {
    let text = sys::text("/proc/meminfo")?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Seconds since the kernel started.
pub(crate) fn uptime() -> String {
    let text = sys::text("/proc/uptime").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn range_length(range: &str) -> Option<usize> {
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    Some(last.checked_sub(first)? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_both_ends() {
        assert_eq!(range_length("0"), Some(1));
        assert_eq!(range_length("2-5"), Some(4));
        assert_eq!(range_length("5-2"), None);
        assert_eq!(range_length(""), None);
    }
}
