//! Golden files of our own: `data/KIND/NAME.xml` comes back byte by byte, in both modes; what stands
//! in `NAME.in.xml` becomes it. `UPDATE_EXPECT=1` writes the files anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test's helpers may fail as a test does, and write test data"
)]

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::{env, fs};

use documents::backup::Backup;
use documents::checkpoint::Checkpoint;
use documents::domain::{Domain, Status};
use documents::interface::HostInterface;
use documents::migration_cookie::MigrationCookie;
use documents::network::Network;
use documents::node_device::NodeDevice;
use documents::nwfilter::NwFilter;
use documents::secret::Secret;
use documents::snapshot::Snapshot;
use documents::storage_pool::StoragePool;
use documents::volume::Volume;
use xml::{Options, Xml, format, parse};

/// Checks all files of a kind of document.
fn check<T: Xml + PartialEq + Debug>(kind: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(kind);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no files in {}", folder.display());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".in.xml") {
            check_file::<T>(&file, &name);
        }
    }
}

fn check_file<T: Xml + PartialEq + Debug>(file: &Path, name: &str) {
    let expected = fs::read_to_string(file).unwrap();
    let input = fs::read_to_string(file.with_extension("in.xml"));
    let input = input.as_deref().unwrap_or(&expected);
    let document: T = parse(input, &Options::lenient()).unwrap_or_else(|it| panic!("{name}: {it}"));
    let written = format(&document);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, &written).unwrap();
        return;
    }
    let differs = written
        .lines()
        .zip(expected.lines())
        .find(|(ours, theirs)| ours != theirs);
    assert!(written == expected, "{name}: {differs:?}");
    let again: T = parse(&written, &Options::strict()).unwrap_or_else(|it| panic!("{name}: {it}"));
    assert_eq!(again, document, "{name}");
}

#[test]
fn domains() {
    check::<Domain>("domain");
}

#[test]
fn snapshots() {
    check::<Snapshot>("snapshot");
}

#[test]
fn checkpoints() {
    check::<Checkpoint>("checkpoint");
}

#[test]
fn backups() {
    check::<Backup>("backup");
}

#[test]
fn migration_cookies() {
    check::<MigrationCookie>("migration_cookie");
}

#[test]
fn status_files() {
    check::<Status>("status");
}

#[test]
fn networks() {
    check::<Network>("network");
}

#[test]
fn storage_pools() {
    check::<StoragePool>("storage_pool");
}

#[test]
fn volumes() {
    check::<Volume>("volume");
}

#[test]
fn network_filters() {
    check::<NwFilter>("network_filter");
}

#[test]
fn secrets() {
    check::<Secret>("secret");
}

#[test]
fn host_interfaces() {
    check::<HostInterface>("interface");
}

#[test]
fn node_devices() {
    check::<NodeDevice>("node_device");
}
