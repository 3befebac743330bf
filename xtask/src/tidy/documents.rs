//! What the documentation points to and quotes is really there.

use std::path::Path;

use super::Finding;
use super::tree::{File, Tree};
use crate::error::Error;

/// A page that shows a whole program, and the program.
const QUOTED: [(&str, &str); 1] = [("README.md", "crates/ferrovirt/examples/embed.rs")];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let pages = tree
        .files
        .iter()
        .filter(|file| file.path.extension().is_some_and(|end| end == "md"));
    let mut findings: Vec<Finding> = pages.flat_map(|page| dead_links(page, tree)).collect();
    findings.extend(
        QUOTED
            .into_iter()
            .filter_map(|(page, program)| misquoted(page, program, tree)),
    );
    Ok(findings)
}

/// Links to files of the tree that are not there.
fn dead_links(page: &File, tree: &Tree) -> Vec<Finding> {
    let directory = page.path.parent().unwrap_or(Path::new(""));
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(page.text.lines()) {
        for link in links(line).filter(|link| !exists(&directory.join(link), tree)) {
            findings.push(Finding::new(
                &page.path,
                number,
                format!("links to {link}, which is not there"),
            ));
        }
    }
    findings
}

/// The targets of a line's links, without those to other hosts and within the page.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

fn exists(path: &Path, tree: &Tree) -> bool {
    // The licences are of the tree, though not among the files that the other rules look at.
    let known = tree
        .files
        .iter()
        .any(|file| file.path == path || file.path.starts_with(path));
    known
        || path
            .to_str()
            .is_some_and(|name| name.starts_with("LICENSE-"))
}

/// The program must stand in the page word for word, so that what readers try is what is tested.
fn misquoted(page: &str, program: &str, tree: &Tree) -> Option<Finding> {
    let find = |name: &str| tree.files.iter().find(|file| file.path.as_os_str() == name);
    let source = find(program)?;
    let quoted = find(page).is_some_and(|page| page.text.contains(source.text.trim()));
    (!quoted).then(|| Finding::new(page, 0, format!("does not show {program} word for word")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "crates/ferrovirt/examples/embed.rs";

    fn check_page(text: &str, expected: usize) {
        let tree = Tree::sample(&[
            ("README.md", text),
            (PROGRAM, "fn main() {}\n"),
            ("docs/a.md", ""),
        ]);
        let found = check(&tree).unwrap();
        assert_eq!(found.len(), expected, "{text}: {found:?}");
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        let quoted = "```\nfn main() {}\n```\n";
        check_page(
            &format!("{quoted}[a](docs/a.md) [b](docs) [c](https://libvirt.org/x) [d](#top)"),
            0,
        );
        check_page(&format!("{quoted}[a](docs/b.md#part) and [c](gone)"), 2);
        check_page(&format!("{quoted}[licence](LICENSE-MIT)"), 0);
    }

    #[test]
    fn a_program_that_is_quoted_otherwise_is_found() {
        check_page("```\nfn main() { old(); }\n```\n", 1);
    }
}
