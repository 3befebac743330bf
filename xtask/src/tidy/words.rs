//! Words that do not belong in the tree, and addresses of hosts that nobody vouched for.

use super::Finding;
use super::tree::{File, Tree};
use crate::error::Error;

/// The list itself, and this module's tests, hold the words.
const EXEMPT: [&str; 2] = ["xtask/src/tidy/words.txt", "xtask/src/tidy/words.rs"];

/// The homes of the public documents that texts and comments may point to, and names that the
/// standards and the documentation of libvirt keep for examples.
const HOSTS: [&str; 11] = [
    "libvirt.org",
    "qemu.org",
    "kernel.org",
    "ietf.org",
    "relaxng.org",
    "w3.org",
    "rust-lang.org",
    "keepachangelog.com",
    "example.com",
    "example.org",
    "app.org",
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let words = words(include_str!("words.txt"));
    let files = tree
        .files
        .iter()
        .filter(|file| !EXEMPT.iter().any(|path| file.path.ends_with(path)));
    Ok(files.flat_map(|file| in_file(file, &words)).collect())
}

/// The words with what to do instead.
fn words(list: &'static str) -> Vec<(&'static str, &'static str)> {
    let lines = list.lines().filter(|line| !line.starts_with("# "));
    lines.filter_map(|line| line.split_once('\t')).collect()
}

fn in_file(file: &File, words: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        for (word, instead) in words.iter().filter(|(word, _)| contains(line, word)) {
            let text = format!("'{}': {instead}", word.trim_start_matches('#'));
            findings.push(Finding::new(&file.path, number, text));
        }
        for host in hosts(line).filter(|host| !vouched(host)) {
            let text = format!("the host {host} is not one that the project points to");
            findings.push(Finding::new(&file.path, number, text));
        }
    }
    findings
}

/// Whether a line has the word: with nothing of a name around it when it is made of letters.
fn contains(line: &str, word: &str) -> bool {
    let part_of_name = |other: Option<char>| other.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let letters = word.chars().all(char::is_alphabetic);
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        !letters || !(part_of_name(before) || part_of_name(after))
    })
}

/// The host names of web addresses in a line.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("://").filter_map(|(at, mark)| {
        let (scheme, rest) = (line.get(..at)?, line.get(at + mark.len()..)?);
        let web = scheme.ends_with("http") || scheme.ends_with("https");
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c)));
        let host = rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches('.');
        // Names without a dot are of this machine or of an example.
        (web && host.contains('.') && host.chars().any(char::is_alphabetic)).then_some(host)
    })
}

fn vouched(host: &str) -> bool {
    HOSTS.iter().any(|known| {
        host.strip_suffix(known)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_line(line: &str, expected: usize) {
        let found = check(&Tree::sample(&[("a.rs", line)])).unwrap();
        assert_eq!(found.len(), expected, "{line}: {found:?}");
    }

    #[test]
    fn words_are_found_as_words() {
        check_line("fn f() { todo!() }", 1);
        check_line("// TODO later", 1);
        check_line("// FIXME", 1);
        check_line("#[ignore = \"slow\"]", 1);
        check_line("#[ignore]", 1);
        check_line("std::thread::sleep(second);", 1);
        check_line("let AUTODOC = 1; // the TODOS", 0);
        check_line("let uuid = \"XXXX\";", 0);
        check_line("'a name <in> /homework/'", 0);
    }

    #[test]
    fn hosts_are_vouched_for() {
        check_line("see https://libvirt.org/formatdomain.html", 0);
        check_line("see https://www.qemu.org/docs", 0);
        check_line("http://libvirt.org.evil.net/", 1);
        check_line("fetch https://registry.somewhere.dev/x", 1);
        check_line(
            "http://host/debian and http://192.0.2.1/ and qemu+tcp://a.b.c/system",
            0,
        );
    }

    #[test]
    fn the_list_is_read() {
        assert!(words(include_str!("words.txt")).len() >= 9);
        assert_eq!(words("# a\n#[b\tdo c\n"), [("#[b", "do c")]);
    }
}
