//! Replays the kept inputs of the fuzz target `session`, and changed copies of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod feed;

use std::path::PathBuf;

use feed::feed;

fn kept() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/session");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 8, "the corpus is gone");
    files
}

#[test]
fn kept_inputs_end_their_conversation() {
    for (path, input) in kept() {
        println!("{}", path.display());
        feed(&input);
    }
}

#[test]
fn truncated_inputs_end_their_conversation() {
    for (_, input) in kept() {
        for length in 0..input.len().min(200) {
            feed(&input[..length]);
        }
    }
}

#[test]
fn damaged_inputs_end_their_conversation() {
    for (_, input) in kept() {
        for position in 0..input.len().min(200) {
            for value in [0, 2, 0xff] {
                let mut damaged = input.clone();
                damaged[position] = value;
                feed(&damaged);
            }
        }
    }
}
