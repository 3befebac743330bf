//! What stands in a list twice.

/// The first item whose key one before it has.
pub(crate) fn repeated<'a, T, K: PartialEq>(
    items: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Option<&'a T> {
    let mut seen = Vec::with_capacity(items.len());
    items.iter().find(|item| {
        let key = key(item);
        let known = seen.contains(&key);
        seen.push(key);
        known
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_is_found() {
        let items = [(1, 'a'), (2, 'b'), (1, 'c'), (2, 'd')];
        assert_eq!(repeated(&items, |item| item.0), Some(&(1, 'c')));
        assert_eq!(repeated(&items, |item| item.1), None);
    }
}
