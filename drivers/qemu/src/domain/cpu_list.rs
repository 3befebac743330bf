//! Lists of CPU numbers as documents write them: `1-4,^3,6`.

use std::collections::BTreeSet;

/// The most CPUs that a list may speak of.
const LIMIT: u32 = 16_384;

/// Reads a list; nothing when it is malformed.
pub(crate) fn parse(text: &str) -> Option<BTreeSet<u32>> {
    let mut cpus = BTreeSet::new();
    for item in text
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
    {
        if let Some(excluded) = item.strip_prefix('^') {
            cpus.remove(&number(excluded)?);
            continue;
        }
        let (first, last) = match item.split_once('-') {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(item)?, number(item)?),
        };
        if last < first {
            return None;
        }
        cpus.extend(first..=last);
    }
    Some(cpus)
}

/// Writes a list with ranges wherever numbers follow one another.
pub(crate) fn format(cpus: &BTreeSet<u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for cpu in cpus {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *cpu => *last = *cpu,
            _ => ranges.push((*cpu, *cpu)),
        }
    }
    let text = |(first, last): &(u32, u32)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    };
    ranges.iter().map(text).collect::<Vec<_>>().join(",")
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|number| *number < LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(
            parse(text).map(|cpus| format(&cpus)).as_deref(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn lists_are_written_in_their_shortest_form() {
        check("1,2,5-9,11,13-14", Some("1-2,5-9,11,13-14"));
        check("0-7,^3", Some("0-2,4-7"));
        check("5", Some("5"));
        check("", Some(""));
    }

    #[test]
    fn malformed_and_hostile_lists_are_refused() {
        for text in ["a", "3-1", "1-", "0-4294967295", "-1"] {
            check(text, None);
        }
    }
}
