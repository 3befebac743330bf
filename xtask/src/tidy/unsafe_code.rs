//! Unsafe code is in few files, which are named here; the compiler forbids it in every other crate.

use super::Finding;
use super::tree::Tree;
use crate::error::Error;

/// The files that may have it, each for something that no library offers in a safe form.
pub(super) const ALLOWED: [&str; 9] = [
    "crates/process/src/child.rs",
    "crates/process/src/counter.rs",
    "crates/process/src/detach.rs",
    "crates/process/src/inherited.rs",
    "crates/process/src/memory.rs",
    "crates/process/src/schedule.rs",
    "crates/process/src/tap.rs",
    "crates/process/src/vsock.rs",
    "crates/process/src/watch.rs",
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for file in tree
        .rust()
        .filter(|file| !ALLOWED.iter().any(|path| file.path.as_os_str() == *path))
    {
        for (number, line) in (1..).zip(file.text.lines()) {
            if opens_unsafe(line) {
                let text = "unsafe code belongs in the files that xtask's rule names";
                findings.push(Finding::new(&file.path, number, text));
            }
        }
    }
    Ok(findings)
}

/// Whether code, not a remark or a text, begins something unsafe on the line.
fn opens_unsafe(line: &str) -> bool {
    let code = line
        .split("//")
        .next()
        .unwrap_or_default()
        .replace("\\\"", "");
    let forms = ["{", "fn ", "impl ", "extern ", "trait "].map(|form| format!("unsafe {form}"));
    let quoted = |at: usize| {
        code.get(..at)
            .is_some_and(|before| before.matches('"').count() % 2 == 1)
    };
    let found = |form: &String| code.match_indices(form.as_str()).any(|(at, _)| !quoted(at));
    forms.iter().any(found) || (code.contains("allow(unsafe_code") && !code.contains('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_line(path: &str, line: &str, expected: usize) {
        assert_eq!(
            check(&Tree::sample(&[(path, line)])).unwrap().len(),
            expected,
            "{line}"
        );
    }

    #[test]
    fn unsafe_code_is_found_where_it_is_not_named() {
        check_line("cli/src/main.rs", "    unsafe { call() }", 1);
        check_line("cli/src/main.rs", "unsafe fn call() {}", 1);
        check_line("cli/src/main.rs", "#![allow(unsafe_code)]", 1);
        check_line("crates/process/src/child.rs", "    unsafe { call() }", 0);
    }

    #[test]
    fn talking_about_it_is_allowed() {
        check_line("cli/src/main.rs", "// unsafe { call() }", 0);
        check_line("cli/src/main.rs", "let text = \"unsafe { call() }\";", 0);
        check_line("cli/src/main.rs", "#![forbid(unsafe_code)]", 0);
    }
}
