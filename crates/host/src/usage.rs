//! How busy the processors have been since boot.

use crate::error::HostError;
use crate::root::Root;

/// Time that processors spent, in nanoseconds since boot (`/proc/stat`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CpuTime {
    /// In programs.
    pub user: u64,
    /// In the kernel, interrupts included.
    pub kernel: u64,
    /// With nothing to do.
    pub idle: u64,
    /// With nothing to do but wait for a device.
    pub iowait: u64,
}

/// Reads the time of all processors together, or of one; `None` when there is no such one.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn cpu_time(root: &Root, cpu: Option<u32>) -> Result<Option<CpuTime>, HostError> {
    let name = cpu.map_or_else(|| "cpu".to_owned(), |cpu| format!("cpu{cpu}"));
    let text = root.read("proc/stat")?;
    let mut lines = text.lines().map(str::split_ascii_whitespace);
    let line = lines.find_map(|mut fields| (fields.next() == Some(&name)).then_some(fields));
    Ok(line.map(|fields| time(fields.filter_map(|f| f.parse().ok()))))
}

/// `user nice system idle iowait irq softirq …`, in clock ticks.
fn time(mut ticks: impl Iterator<Item = u64>) -> CpuTime {
    let per_tick = 1_000_000_000 / rustix::param::clock_ticks_per_second().max(1);
    let mut next = || ticks.next().unwrap_or(0).saturating_mul(per_tick);
    let (user, nice, system) = (next(), next(), next());
    let (idle, iowait, irq, softirq) = (next(), next(), next(), next());
    CpuTime {
        user: user.saturating_add(nice),
        kernel: system.saturating_add(irq).saturating_add(softirq),
        idle,
        iowait,
    }
}

#[cfg(test)]
mod tests {
    use super::{CpuTime, cpu_time};
    use crate::fake::tree;

    #[test]
    fn ticks_become_nanoseconds() {
        let stat = "cpu  10 2 3 40 5 6 7 0\ncpu0 1 0 0 4 0 0 0 0\nbtime 5\n";
        let (_dir, root) = tree(&[("proc/stat", stat)]);
        let tick = 1_000_000_000 / rustix::param::clock_ticks_per_second();
        let expected = CpuTime {
            user: 12 * tick,
            kernel: 16 * tick,
            idle: 40 * tick,
            iowait: 5 * tick,
        };
        assert_eq!(cpu_time(&root, None).unwrap(), Some(expected));
        assert_eq!(cpu_time(&root, Some(0)).unwrap().unwrap().idle, 4 * tick);
        assert_eq!(cpu_time(&root, Some(1)).unwrap(), None);
    }
}
