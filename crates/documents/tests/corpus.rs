//! Foreign documents, where they are at hand: all that libvirt accepts is read, and comes back
//! from libvirt's own output just as libvirt wrote it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use xml::{Options, format, parse};

/// Documents of which libvirt's output comes back byte by byte; may only rise.
const SAME_FLOOR: usize = 0;

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    folder.is_dir().then_some(folder)
}

fn oracle(folder: &Path, kind: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(folder.join(format!("oracle/{kind}.jsonl"))).unwrap();
    text.lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect()
}

#[test]
fn accepted_domains_are_read_and_come_back() {
    let Some(folder) = corpus() else {
        println!("skipped: the corpus is not at hand");
        return;
    };
    let mut failures = BTreeMap::new();
    for record in oracle(&folder, "domain") {
        let name = record["name"].as_str().unwrap();
        let accepted = record["define"]["ok"] == true;
        let text = fs::read_to_string(folder.join(format!("domain/{name}.xml"))).unwrap();
        match parse::<Domain>(&text, &Options::lenient()) {
            Ok(domain) => {
                let once = format(&domain);
                let again = parse::<Domain>(&once, &Options::lenient());
                if again.as_ref() != Ok(&domain) {
                    failures.insert(name.to_owned(), "does not come back".to_owned());
                }
            }
            Err(errors) if accepted => {
                failures.insert(name.to_owned(), errors.to_string());
            }
            Err(_) => {}
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn what_libvirt_wrote_is_written_alike() {
    let Some(folder) = corpus() else {
        println!("skipped: the corpus is not at hand");
        return;
    };
    let (mut same, mut all) = (0, 0);
    for record in oracle(&folder, "domain") {
        let Some(text) = record["dumpxml"].as_str() else {
            continue;
        };
        all += 1;
        let domain = parse::<Domain>(text, &Options::lenient()).unwrap();
        let written = format(&domain);
        if written == text {
            same += 1;
        } else if let Some((ours, theirs)) = first_difference(&written, text) {
            println!("{}: ours {ours} theirs {theirs}", record["name"]);
        }
    }
    println!("{same} of {all} come back byte by byte");
    assert!(same >= SAME_FLOOR, "only {same} of {all}");
}

fn first_difference<'a>(ours: &'a str, theirs: &'a str) -> Option<(&'a str, &'a str)> {
    ours.lines()
        .zip(theirs.lines())
        .find(|(ours, theirs)| ours != theirs)
}
