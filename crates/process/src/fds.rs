//! Which descriptors the program gets, and under which numbers.

use std::os::fd::{OwnedFd, RawFd};

/// What one of the three standard descriptors is.
#[derive(Debug, Default)]
pub enum Stdio {
    /// `/dev/null`.
    #[default]
    Null,
    /// The one that we have ourselves.
    Inherit,
    /// This descriptor.
    Fd(OwnedFd),
}

/// The number chosen for a descriptor belongs to another one already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("descriptor number {0} is already taken (0 to 2 are the standard ones): choose another")]
pub struct NumberTaken(
    /// The number.
    pub RawFd,
);

/// The first number that is not one of the standard descriptors.
const FIRST: RawFd = 3;

/// The descriptors beyond the standard ones, each with its number in the program.
#[derive(Debug, Default)]
pub(crate) struct Passed(Vec<(OwnedFd, RawFd)>);

impl Passed {
    /// Adds a descriptor under the lowest free number and tells it.
    pub(crate) fn pass(&mut self, fd: OwnedFd) -> RawFd {
        let number = (FIRST..).find(|n| !self.has(*n)).unwrap_or(FIRST);
        self.0.push((fd, number));
        number
    }

    /// Adds a descriptor under a chosen number.
    pub(crate) fn pass_at(&mut self, fd: OwnedFd, number: RawFd) -> Result<(), NumberTaken> {
        if number < FIRST || self.has(number) {
            return Err(NumberTaken(number));
        }
        self.0.push((fd, number));
        Ok(())
    }

    pub(crate) fn into_inner(self) -> Vec<(OwnedFd, RawFd)> {
        self.0
    }

    fn has(&self, number: RawFd) -> bool {
        self.0.iter().any(|(_, n)| *n == number)
    }
}

/// The ranges of numbers, both ends included, that lie between the `taken` ones: what has to be
/// closed when the program starts.
pub(crate) fn gaps(taken: impl IntoIterator<Item = RawFd>) -> Vec<(u32, u32)> {
    let mut numbers: Vec<u32> = taken
        .into_iter()
        .filter_map(|n| u32::try_from(n).ok())
        .collect();
    numbers.sort_unstable();
    let mut gaps = Vec::new();
    let mut next = 0;
    for number in numbers {
        if number > next {
            gaps.push((next, number - 1));
        }
        next = number + 1;
    }
    gaps.push((next, u32::MAX));
    gaps
}

#[cfg(test)]
mod tests {
    use super::{NumberTaken, Passed, gaps};
    use std::os::fd::OwnedFd;

    fn fd() -> OwnedFd {
        std::fs::File::open("/dev/null").unwrap().into()
    }

    #[test]
    fn automatic_numbers_avoid_chosen_ones() {
        let mut passed = Passed::default();
        passed.pass_at(fd(), 4).unwrap();
        assert_eq!(passed.pass(fd()), 3);
        assert_eq!(passed.pass(fd()), 5);
        assert_eq!(passed.pass_at(fd(), 5), Err(NumberTaken(5)));
        assert_eq!(passed.pass_at(fd(), 2), Err(NumberTaken(2)));
    }

    #[test]
    fn gaps_are_all_that_is_not_taken() {
        assert_eq!(gaps([0, 1, 2]), [(3, u32::MAX)]);
        assert_eq!(gaps([2, 0, 1, 5, 3]), [(4, 4), (6, u32::MAX)]);
        assert_eq!(gaps([]), [(0, u32::MAX)]);
    }
}
