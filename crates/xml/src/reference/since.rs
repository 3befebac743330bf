//! Which of libvirt's versions brought a part of a document.
//!
//! A part is no older than what it is in. A type that several elements share is as old as the first of them.

use crate::table::{Field, Table};

/// The younger of two versions.
pub(super) fn younger(left: &'static str, right: &'static str) -> &'static str {
    if is_younger(right, left) { right } else { left }
}

/// Whether a version came after another one; nothing said is before all.
pub(super) fn is_younger(version: &str, than: &str) -> bool {
    number(version) > number(than)
}

/// What a field says, or else the type that it holds.
pub(super) fn of_field(field: &Field) -> &'static str {
    match field.prose.since {
        "" => field.content.map_or("", |it| it().prose.since),
        since => since,
    }
}

/// The types of a document, each with the version of the oldest element that holds it.
pub(super) fn of_types(root: &'static Table) -> Vec<(&'static Table, &'static str)> {
    let mut found = vec![(root, root.prose.since)];
    let mut waiting = found.clone();
    while let Some((table, since)) = waiting.pop() {
        for (inner, own) in contents(table) {
            let since = younger(since, own);
            let known = found.iter_mut().find(|(it, _)| std::ptr::eq(*it, inner));
            match known {
                Some((_, known)) if !is_younger(known, since) => continue,
                Some((_, known)) => *known = since,
                None => found.push((inner, since)),
            }
            waiting.push((inner, since));
        }
    }
    found
}

/// The types that a type holds, each with the version that its place and itself say.
fn contents(table: &'static Table) -> Vec<(&'static Table, &'static str)> {
    let fields = table.fields.iter().map(|it| (it.content, it.prose.since));
    let variants = table.variants.iter();
    let variants = variants.map(|it| (it.content, younger(table.prose.since, it.prose.since)));
    let held = fields.chain(variants).filter_map(|(content, since)| {
        let content = content?();
        Some((content, younger(since, content.prose.since)))
    });
    held.collect()
}

fn number(version: &str) -> Vec<u32> {
    let numbers = version.split('.').map(|it| it.parse().unwrap_or(0));
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_their_numbers() {
        assert_eq!(younger("0.10.0", "0.9.13"), "0.10.0");
        assert_eq!(younger("1.0.0", "11.3.0"), "11.3.0");
        assert_eq!(younger("", "0.0.1"), "0.0.1");
        assert_eq!(younger("4.1.0", "4.1.0"), "4.1.0");
    }
}
