//! `cargo xtask tidy`: the house rules, each one a module with its own tests.

mod documents;
mod layers;
mod length;
mod licences;
mod manifests;
mod map;
mod modules;
mod tree;
mod unsafe_code;
mod words;

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::files;
use tree::Tree;

/// A place where a rule is broken.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Finding {
    path: PathBuf,
    /// Counted from 1; 0 when the whole file is meant.
    line: usize,
    /// What is wrong and what to do.
    text: String,
}

impl Finding {
    fn new(path: impl AsRef<Path>, line: usize, text: impl Into<String>) -> Self {
        Self {
            path: path.as_ref().to_owned(),
            line,
            text: text.into(),
        }
    }
}

/// A rule: its name and what it finds.
struct Rule {
    name: &'static str,
    check: fn(&Tree) -> Result<Vec<Finding>, Error>,
}

const RULES: [Rule; 9] = [
    Rule {
        name: "every module opens with a //! line",
        check: modules::check,
    },
    Rule {
        name: "files are short",
        check: length::check,
    },
    Rule {
        name: "words that do not belong here",
        check: words::check,
    },
    Rule {
        name: "a crate imports only from floors below",
        check: layers::check,
    },
    Rule {
        name: "the map names every room",
        check: map::check,
    },
    Rule {
        name: "pages link and quote what is there",
        check: documents::check,
    },
    Rule {
        name: "manifests share versions and lints",
        check: manifests::check,
    },
    Rule {
        name: "unsafe code only where it is named",
        check: unsafe_code::check,
    },
    Rule {
        name: "licences are allowed",
        check: licences::check,
    },
];

/// Checks every rule and prints what they find.
pub(crate) fn run() -> Result<(), Error> {
    let tree = Tree::read(&files::top())?;
    let mut count = 0;
    for rule in RULES {
        let findings = (rule.check)(&tree)?;
        println!(
            "{:>4} {}",
            if findings.is_empty() { "ok" } else { "FAIL" },
            rule.name
        );
        for Finding { path, line, text } in &findings {
            println!("     {}:{line}: {text}", path.display());
        }
        count += findings.len();
    }
    println!(
        "     {} files, median {} lines",
        tree.rust().count(),
        length::median(&tree)
    );
    if count == 0 {
        Ok(())
    } else {
        Err(Error::Findings(count))
    }
}
