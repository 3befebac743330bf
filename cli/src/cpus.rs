//! Sets of the host's processors, for people.

use ferrovirt::CpuSet;

/// A letter for each of `count` processors: `y` for one in the set.
pub(crate) fn letters(cpus: &CpuSet, count: u32) -> String {
    (0..count)
        .map(|cpu| if cpus.contains(&cpu) { 'y' } else { '-' })
        .collect()
}

/// Numbers and ranges: `0-3,8`.
pub(crate) fn ranges(cpus: &CpuSet) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &cpu in cpus {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(cpu) => *last = cpu,
            _ => ranges.push((cpu, cpu)),
        }
    }
    let words = ranges.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    words.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::{letters, ranges};
    use ferrovirt::CpuSet;

    #[test]
    fn sets_are_letters_or_ranges() {
        let cpus = CpuSet::from([0, 1, 2, 5]);
        assert_eq!(letters(&cpus, 7), "yyy--y-");
        assert_eq!(ranges(&cpus), "0-2,5");
        assert_eq!(ranges(&CpuSet::new()), "");
    }
}
