//! Files are short: one subject each, found by its name.

use super::Finding;
use super::tree::Tree;
use crate::error::Error;

/// No file by hand is longer.
const LONGEST: usize = 1000;
/// Half of all files are no longer.
const MEDIAN: usize = 200;

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let lines = file.text.lines().count();
        if lines > LONGEST {
            let text = format!("{lines} lines, more than {LONGEST}: split it by subject");
            findings.push(Finding::new(&file.path, lines, text));
        }
    }
    let median = median(tree);
    if median > MEDIAN {
        let text = format!("the median file has {median} lines, more than {MEDIAN}");
        findings.push(Finding::new(".", 0, text));
    }
    Ok(findings)
}

/// The length of the file in the middle.
pub(super) fn median(tree: &Tree) -> usize {
    let mut lengths: Vec<usize> = tree.rust().map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_lengths(lengths: &[usize]) -> Vec<String> {
        let texts: Vec<String> = lengths.iter().map(|length| "x\n".repeat(*length)).collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|text| ("a.rs", text.as_str())).collect();
        check(&Tree::sample(&files))
            .unwrap()
            .into_iter()
            .map(|finding| finding.text)
            .collect()
    }

    #[test]
    fn a_long_file_and_a_long_median_are_found() {
        assert!(check_lengths(&[10, 20, 1000]).is_empty());
        assert_eq!(
            check_lengths(&[10, 20, 1001]),
            ["1001 lines, more than 1000: split it by subject"]
        );
        let median = ["the median file has 201 lines, more than 200"];
        assert_eq!(check_lengths(&[10, 201, 300]), median);
    }
}
