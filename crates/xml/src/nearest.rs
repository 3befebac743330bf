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
        .filter(|it| !it.is_empty())
        .map(|it| (distance(name, it), it))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// Levenshtein's distance, letter case counting nothing.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let change = usize::from(!left.eq_ignore_ascii_case(right));
            before = (diagonal + change).min(before + 1).min(above + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let names = ["source", "target", "readonly"];
        assert_eq!(nearest("sorce", names.into_iter()), Some("source"));
        assert_eq!(nearest("readOnly", names.into_iter()), Some("readonly"));
        assert_eq!(nearest("alias", names.into_iter()), None);
    }
}
