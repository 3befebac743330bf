//! Sets of processors and nodes as the kernel writes them: `0-3,8`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// More processors than any kernel numbers; a list that names more is no list.
const MAX: u32 = 65_536;

/// A set of processor or node numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuList(BTreeSet<u32>);

/// The text is no list of numbers and ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of numbers and ranges such as 0-3,8")]
pub struct NotAList;

impl CpuList {
    /// The numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }

    /// Whether a number is in it.
    #[must_use]
    pub fn contains(&self, number: u32) -> bool {
        self.0.contains(&number)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<u32> for CpuList {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        CpuList(numbers.into_iter().collect())
    }
}

impl FromStr for CpuList {
    type Err = NotAList;

    fn from_str(text: &str) -> Result<Self, NotAList> {
        let mut numbers = BTreeSet::new();
        for part in text.trim().split(',').filter(|p| !p.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let first: u32 = first.parse().map_err(|_| NotAList)?;
            let last: u32 = last.parse().map_err(|_| NotAList)?;
            if first > last || last >= MAX {
                return Err(NotAList);
            }
            numbers.extend(first..=last);
        }
        Ok(CpuList(numbers))
    }
}

impl fmt::Display for CpuList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.iter().copied().peekable();
        let mut separator = "";
        while let Some(first) = rest.next() {
            let mut last = first;
            while let Some(next) = rest.next_if(|n| *n == last + 1) {
                last = next;
            }
            match last - first {
                0 => write!(f, "{separator}{first}")?,
                _ => write!(f, "{separator}{first}-{last}")?,
            }
            separator = ",";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::CpuList;

    #[test]
    fn lists_are_read_and_written() {
        for (text, written) in [("0-3,8\n", "0-3,8"), ("1,0", "0-1"), ("", ""), ("5-5", "5")] {
            assert_eq!(text.parse::<CpuList>().unwrap().to_string(), written);
        }
        for wrong in ["a", "3-1", "0-99999999", "1-", "-1"] {
            assert!(wrong.parse::<CpuList>().is_err(), "{wrong}");
        }
    }
}
