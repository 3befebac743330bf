//! That nothing is missing here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names behind `prefix` in all files of a folder, without `except`.
fn names(folder: &Path, prefix: &str, except: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != except) {
                found.extend(names(&path, prefix, except));
            }
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let starts = text.match_indices(prefix).map(|(at, _)| at + prefix.len());
        found.extend(starts.filter_map(|at| {
            let name = text.get(at..)?.split(['(', '<']).next()?;
            Some(name.to_owned())
        }));
    }
    found
}

#[test]
fn every_asynchronous_method_has_its_twin() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let wanted = names(&sources, "pub async fn ", "blocking");
    let here = names(&sources.join("blocking"), "fn ", "");
    assert!(wanted.len() > 60, "the search finds them: {wanted:?}");
    let missing: Vec<_> = wanted.difference(&here).collect();
    assert!(missing.is_empty(), "without a blocking twin: {missing:?}");
}
