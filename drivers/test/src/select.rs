//! Choosing what a list shows: flags that come in pairs, limits, counts.

/// Whether a thing fits flags that come in pairs: a pair without either flag takes all.
///
/// A pair is what is asked for (either flag) and whether the thing has the property.
pub(crate) fn fits(pairs: &[Pair]) -> bool {
    pairs
        .iter()
        .all(|pair| pair.yes == pair.no || pair.yes == pair.holds)
}

/// One property that a list may be asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    /// Those that have it are asked for.
    pub(crate) yes: bool,
    /// Those that have it not are asked for.
    pub(crate) no: bool,
    /// Whether the thing has it.
    pub(crate) holds: bool,
}

/// Whether a thing is one of the kinds that are asked for; no kind asks for all.
pub(crate) fn is_of<K: PartialEq>(kinds: impl Iterator<Item = K>, is: impl Fn(&K) -> bool) -> bool {
    let mut kinds = kinds.peekable();
    kinds.peek().is_none() || kinds.any(|kind| is(&kind))
}

/// What a client allows for, as a length.
pub(crate) fn at_most(limit: i32) -> usize {
    usize::try_from(limit).unwrap_or(0)
}

/// A length as the wire counts.
pub(crate) fn count(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// A list as `…ListAll…` answers it: empty where only the number is asked for.
pub(crate) fn answer<T>(mut list: Vec<T>, need_results: i32) -> (Vec<T>, u32) {
    let number = u32::try_from(list.len()).unwrap_or(u32::MAX);
    if need_results == 0 {
        list.clear();
    }
    (list, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_with_one_flag_decides_and_with_none_or_both_takes_all() {
        let fit = |yes, no, holds| fits(&[Pair { yes, no, holds }]);
        assert!(fit(false, false, true) && fit(true, true, false));
        assert!(fit(true, false, true) && !fit(true, false, false));
        assert!(fit(false, true, false) && !fit(false, true, true));
    }

    #[test]
    fn no_kind_is_every_kind() {
        let is = |kinds: &[u8]| is_of(kinds.iter().copied(), |kind| *kind == 1);
        assert!(is(&[]) && is(&[2, 1]) && !is(&[2]));
    }
}
