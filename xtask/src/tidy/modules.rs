//! Every module says on its first line what it is for.

use super::Finding;
use super::tree::Tree;
use crate::error::Error;

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let silent = tree.rust().filter(|file| !opens_with_purpose(&file.text));
    let text = "open the module with a `//!` line that says what it is for";
    Ok(silent
        .map(|file| Finding::new(&file.path, 1, text))
        .collect())
}

fn opens_with_purpose(text: &str) -> bool {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    first
        .strip_prefix("//!")
        .is_some_and(|purpose| !purpose.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_module_is_found() {
        let tree = Tree::sample(&[
            ("a.rs", "//! Does a.\n"),
            ("b.rs", "use std::fmt;\n//! Too late.\n"),
            ("c.rs", "//!\n"),
            ("d.rs", ""),
            ("e.md", "text"),
        ]);
        let found = check(&tree).unwrap();
        let paths: Vec<_> = found
            .iter()
            .map(|finding| finding.path.to_str().unwrap())
            .collect();
        assert_eq!(paths, ["b.rs", "c.rs", "d.rs"]);
    }
}
