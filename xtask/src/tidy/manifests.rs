//! One version of each outside crate and one set of lints: a member's manifest inherits both.

use toml::{Table, Value};

use super::tree::{File, Tree};
use super::{Finding, unsafe_code};
use crate::error::Error;

/// The packages outside the workspace, which have nothing to inherit from.
const APART: [&str; 2] = ["guest/Cargo.toml", "fuzz/Cargo.toml"];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let top = tree
        .manifests()
        .find(|file| file.path.as_os_str() == "Cargo.toml");
    let lints = match top {
        Some(top) => parse(top)?
            .get("workspace")
            .and_then(|table| table.get("lints"))
            .cloned(),
        None => None,
    };
    let mut findings = Vec::new();
    for file in tree.manifests() {
        let apart = APART.iter().any(|path| file.path.as_os_str() == *path);
        if file.path.as_os_str() != "Cargo.toml" && !apart {
            let table = parse(file)?;
            findings.extend(not_shared(file, &table));
            findings.extend(other_lints(file, &table, lints.as_ref()));
        }
    }
    Ok(findings)
}

fn parse(file: &File) -> Result<Table, Error> {
    file.text.parse().map_err(|source| Error::Toml {
        path: file.path.clone(),
        source,
    })
}

fn not_shared(file: &File, table: &Table) -> Vec<Finding> {
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
    let entries = sections
        .into_iter()
        .filter_map(|section| table.get(section)?.as_table());
    let own = entries.flatten().filter(|(_, value)| !inherits(value));
    own.map(|(name, _)| {
        let text =
            format!("{name}: give its version in the workspace and `{name}.workspace = true` here");
        Finding::new(&file.path, 0, text)
    })
    .collect()
}

/// A member inherits the lints; one that needs unsafe code repeats them with that one difference.
fn other_lints(file: &File, table: &Table, shared: Option<&Value>) -> Option<Finding> {
    let own = table.get("lints")?;
    let may_differ = unsafe_code::ALLOWED.iter().any(|allowed| {
        file.path
            .parent()
            .is_some_and(|p| allowed.starts_with(&format!("{}/", p.display())))
    });
    let text = if inherits(own) {
        return None;
    } else if !may_differ {
        "inherit the lints: `[lints] workspace = true`"
    } else if Some(with_unsafe_forbidden(own)) == shared.cloned() {
        return None;
    } else {
        "repeat the workspace's lints, with `unsafe_code = \"deny\"` as the one difference"
    };
    Some(Finding::new(&file.path, 0, text))
}

fn with_unsafe_forbidden(lints: &Value) -> Value {
    let mut lints = lints.clone();
    if let Some(rust) = lints.get_mut("rust").and_then(Value::as_table_mut) {
        rust.insert("unsafe_code".to_owned(), Value::String("forbid".to_owned()));
    }
    lints
}

fn inherits(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: &str = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\nmissing_docs = \"warn\"\n";

    fn check_manifest(path: &str, text: &str, expected: usize) {
        let found = check(&Tree::sample(&[("Cargo.toml", TOP), (path, text)])).unwrap();
        assert_eq!(found.len(), expected, "{text}: {found:?}");
    }

    #[test]
    fn versions_are_shared() {
        check_manifest(
            "cli/Cargo.toml",
            "[dependencies]\nbytes.workspace = true\n",
            0,
        );
        check_manifest("cli/Cargo.toml", "[dependencies]\nbytes = \"1\"\n", 1);
        check_manifest(
            "cli/Cargo.toml",
            "[dev-dependencies]\nxdr = { path = \"../xdr\" }\n",
            1,
        );
        check_manifest("guest/Cargo.toml", "[dependencies]\nbytes = \"1\"\n", 0);
    }

    #[test]
    fn lints_are_shared() {
        let exception = "[lints.rust]\nunsafe_code = \"deny\"\nmissing_docs = \"warn\"\n";
        check_manifest("cli/Cargo.toml", "[lints]\nworkspace = true\n", 0);
        check_manifest("cli/Cargo.toml", exception, 1);
        check_manifest("crates/process/Cargo.toml", exception, 0);
        check_manifest(
            "crates/process/Cargo.toml",
            "[lints.rust]\nunsafe_code = \"allow\"\n",
            1,
        );
    }

    #[test]
    fn a_manifest_that_cannot_be_read_is_named() {
        let failure = check(&Tree::sample(&[("cli/Cargo.toml", "[")])).unwrap_err();
        assert!(failure.to_string().contains("cli/Cargo.toml"), "{failure}");
    }
}
