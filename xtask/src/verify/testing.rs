//! Running the tests, and what their runners say at the end.

use std::path::Path;

use super::{in_guest, in_workspace};
use crate::error::Error;
use crate::run::Run;

/// All tests of the workspace, in nextest where it is installed.
pub(super) fn run(top: &Path) -> Result<(), Error> {
    let nextest = Run::cargo().args(["nextest", "--version"]).succeeds();
    let command = if nextest {
        let run = Run::cargo().args([
            "nextest",
            "run",
            "--locked",
            "--workspace",
            "--no-fail-fast",
        ]);
        run.args(["--status-level", "slow", "--final-status-level", "fail"])
    } else {
        in_workspace("test").args([
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
            "--no-fail-fast",
        ])
    };
    counted(command.dir(top))
}

/// The examples in the documentation.
pub(super) fn doc(top: &Path) -> Result<(), Error> {
    counted(
        in_workspace("test")
            .args(["--workspace", "--doc", "--no-fail-fast", "--quiet"])
            .dir(top),
    )
}

/// The guest's own tests, run here.
pub(super) fn guest(top: &Path) -> Result<(), Error> {
    counted(in_guest("test", top).args(["--locked", "--quiet"]))
}

/// Runs it in sight and closes with the sum of what its runners counted.
fn counted(run: Run) -> Result<(), Error> {
    let mut counts = Counts::default();
    let result = run.watch(|line| counts.add(line));
    println!("{} passed, {} failed", counts.passed, counts.failed);
    result
}

#[derive(Debug, Default, Eq, PartialEq)]
struct Counts {
    passed: u64,
    failed: u64,
}

impl Counts {
    /// Takes the numbers of a closing line: cargo test's "test result: ok. 3 passed; 1 failed; …"
    /// or nextest's "Summary [1.5s] 4 tests run: 3 passed, 1 failed, 0 skipped".
    fn add(&mut self, line: &str) {
        let line = line.trim_start();
        if line.starts_with("test result: ") || line.starts_with("Summary [") {
            self.passed += before(line, "passed");
            self.failed += before(line, "failed") + before(line, "timed");
        }
    }
}

/// The number in front of a word.
fn before(line: &str, word: &str) -> u64 {
    let mut previous = "";
    for part in line
        .split([' ', ',', ';', '.', '(', ')'])
        .filter(|part| !part.is_empty())
    {
        if part == word {
            return previous.parse().unwrap_or(0);
        }
        previous = part;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], passed: u64, failed: u64) {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.add(line));
        assert_eq!(counts, Counts { passed, failed }, "{lines:?}");
    }

    #[test]
    fn closing_lines_are_counted() {
        check(
            &[
                "test result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.00s",
                "test result: FAILED. 2 passed; 1 failed; 0 ignored; finished in 0.00s",
            ],
            5,
            1,
        );
        check(
            &["     Summary [   1.534s] 4 tests run: 4 passed, 0 skipped"],
            4,
            0,
        );
        check(
            &["Summary [1s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 3 skipped"],
            6,
            3,
        );
        check(&["a test that says 3 passed"], 0, 0);
    }
}
