//! Sets of the host's processors, for people.

use ferrovirt::CpuSet;

use crate::failure::Failure;

/// A letter for each of `count` processors: `y` for one in the set.
pub(crate) fn letters(cpus: &CpuSet, count: u32) -> String {
    (0..count)
        .map(|cpu| if cpus.contains(&cpu) { 'y' } else { '-' })
        .collect()
}

/// Reads numbers and ranges, some of them taken out again (`0-3,^2`), or `r` for all, of a host
/// with `count` processors.
pub(crate) fn parse(word: &str, count: u32) -> Result<CpuSet, Failure> {
    if word.starts_with('r') {
        return Ok((0..count).collect());
    }
    let invalid = || Failure::CpuList {
        word: word.to_owned(),
    };
    let mut cpus = CpuSet::new();
    for part in word.split(',') {
        let (taken_out, part) = match part.strip_prefix('^') {
            Some(part) => (true, part),
            None => (false, part),
        };
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<u16>().map_err(|_| invalid());
        let range = u32::from(number(first)?)..=u32::from(number(last)?);
        if range.is_empty() {
            return Err(invalid());
        }
        if taken_out {
            cpus.retain(|cpu| !range.contains(cpu));
        } else {
            cpus.extend(range);
        }
    }
    match cpus.last() {
        None => Err(invalid()),
        Some(&cpu) if cpu >= count => Err(Failure::CpuListBeyond {
            cpu,
            word: word.to_owned(),
            count,
        }),
        Some(_) => Ok(cpus),
    }
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
    use super::{letters, parse, ranges};
    use ferrovirt::CpuSet;

    #[test]
    fn lists_are_read_as_they_are_written() {
        let read = |word| parse(word, 8).map_err(|failure| failure.to_string());
        assert_eq!(read("0-3,^1-2,7"), Ok(CpuSet::from([0, 3, 7])));
        assert_eq!(read("r"), Ok((0..8).collect()));
        for word in ["", "x", "3-1", "1-", "0,^0"] {
            assert_eq!(read(word), Err(format!("Invalid cpulist '{word}'")));
        }
        assert_eq!(
            read("4-9"),
            Err("CPU 9 in cpulist '4-9' exceed the maxcpu 8".to_owned())
        );
    }

    #[test]
    fn sets_are_letters_or_ranges() {
        let cpus = CpuSet::from([0, 1, 2, 5]);
        assert_eq!(letters(&cpus, 7), "yyy--y-");
        assert_eq!(ranges(&cpus), "0-2,5");
        assert_eq!(ranges(&CpuSet::new()), "");
    }
}
