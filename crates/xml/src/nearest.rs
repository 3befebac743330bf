//! The nearest name to a misspelt one.

/// The candidate nearest to `name`, if one is near enough to be meant.
pub(crate) fn nearest(
    name: &str,
    candidates: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    if name.len() > 64 {
        return None;
    }
    let most = (name.chars().count() / 3).max(1);
    candidates
        .filter(|it| !it.is_empty() && *it != name)
        .map(|it| (distance(name, it), it))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// How many letters must be changed, put in, left out or swapped with the next; case counts nothing.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut above_that: Vec<usize> = Vec::new();
    let mut last = None;
    for (i, left) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
            let change = usize::from(!left.eq_ignore_ascii_case(right));
            let mut best = at(&above, j)
                .saturating_add(change)
                .min(at(&row, j).saturating_add(1))
                .min(at(&above, j + 1).saturating_add(1));
            let before = j.checked_sub(1).and_then(|it| b.get(it));
            if last == Some(*right) && before == Some(&left) {
                best = best.min(at(&above_that, j - 1).saturating_add(1));
            }
            row.push(best);
        }
        above_that = std::mem::replace(&mut above, row);
        last = Some(left);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let names = ["source", "target", "readonly"];
        assert_eq!(nearest("sorce", names.into_iter()), Some("source"));
        assert_eq!(nearest("taregt", names.into_iter()), Some("target"));
        assert_eq!(nearest("readOnly", names.into_iter()), Some("readonly"));
        assert_eq!(nearest("alias", names.into_iter()), None);
    }
}
