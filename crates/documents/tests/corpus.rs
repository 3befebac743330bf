//! Foreign documents, where they are at hand: all that libvirt accepts is read, and comes back
//! from libvirt's own output just as libvirt wrote it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test's helpers may fail as a test does"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use documents::interface::HostInterface;
use documents::network::Network;
use documents::node_device::NodeDevice;
use documents::nwfilter::NwFilter;
use documents::secret::Secret;
use documents::snapshot::Snapshot;
use documents::storage_pool::StoragePool;
use documents::volume::Volume;
use xml::{Options, Xml, format, parse};

/// Domains of which libvirt's output comes back byte by byte; may only rise.
const DOMAINS_FLOOR: usize = 331;

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

/// All that libvirt accepted is read; what it wrote of it comes back, byte by byte for `floor` of them.
fn check<T: Xml + PartialEq + std::fmt::Debug>(kind: &str, floor: usize) {
    let Some(folder) = corpus() else {
        println!("skipped: the corpus is not at hand");
        return;
    };
    let mut failures = BTreeMap::new();
    let (mut same, mut all) = (0, 0);
    for record in oracle(&folder, kind) {
        let name = record["name"].as_str().unwrap();
        let file = folder.join(format!("{kind}/{name}.xml"));
        let accepted = record["define"]["ok"] == true;
        if let Err(error) = comes_back::<T>(&fs::read_to_string(file).unwrap())
            && accepted
        {
            failures.insert(name.to_owned(), error);
        }
        for text in dumps(&record) {
            all += 1;
            match comes_back::<T>(text) {
                Ok(written) if written.trim_end() == text.trim_end() => same += 1,
                Ok(written) => println!("{name}: {:?}", first_difference(&written, text)),
                Err(error) => drop(failures.insert(format!("{name} of libvirt"), error)),
            }
        }
    }
    println!("{kind}: {same} of {all} come back byte by byte");
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(same >= floor, "only {same} of {all}");
}

/// What libvirt wrote of a document, once or with several flags.
fn dumps(record: &serde_json::Value) -> Vec<&str> {
    let fields = record.as_object().into_iter().flatten();
    fields
        .filter(|(key, _)| key.ends_with("dumpxml"))
        .filter_map(|(_, it)| it.as_str())
        .collect()
}

/// What a document is written as, once it is sure that reading that gives the same again.
fn comes_back<T: Xml + PartialEq + std::fmt::Debug>(text: &str) -> Result<String, String> {
    let document = parse::<T>(text, &Options::lenient()).map_err(|errors| errors.to_string())?;
    let written = format(&document);
    let again = parse::<T>(&written, &Options::lenient()).map_err(|errors| errors.to_string())?;
    if again == document {
        Ok(written)
    } else {
        Err(format!("does not come back: {written}"))
    }
}

/// The first line that differs.
fn first_difference<'a>(ours: &'a str, theirs: &'a str) -> Option<(&'a str, &'a str)> {
    ours.lines()
        .zip(theirs.lines())
        .find(|(ours, theirs)| ours != theirs)
}

#[test]
fn domains() {
    check::<Domain>("domain", DOMAINS_FLOOR);
}

#[test]
fn networks() {
    check::<Network>("network", 23);
}

#[test]
fn pools() {
    check::<StoragePool>("pool", 9);
}

#[test]
fn volumes() {
    check::<Volume>("volume", 8);
}

#[test]
fn secrets() {
    check::<Secret>("secret", 4);
}

#[test]
fn interfaces() {
    check::<HostInterface>("interface", 0);
}

#[test]
fn snapshots() {
    check::<Snapshot>("snapshot", 3);
}

#[test]
fn node_devices() {
    check::<NodeDevice>("nodedev", 3);
}

#[test]
fn network_filters() {
    check::<NwFilter>("nwfilter", 14);
}
