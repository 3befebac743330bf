//! Replays the kept corpus of the fuzz targets, and changed copies of it, without a fuzzer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking"
)]

mod support;

use std::path::Path;

use protocol::fuzz::TARGETS;
use support::Random;

/// Changed copies of each seed.
const COPIES: u64 = 1000;

#[test]
fn no_input_upsets_a_decoder() {
    for (target, run) in TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "no seeds for {target}");
        for (index, seed) in (0..).zip(&seeds) {
            run(seed);
            for copy in 0..COPIES {
                let mut random = Random::new(index * COPIES + copy + 1);
                run(&changed(seed, &seeds, &mut random));
            }
        }
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .collect()
}

/// A copy with a few changes of the kinds that break decoders.
fn changed(seed: &[u8], seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = seed.to_vec();
    for _ in 0..=random.below(3) {
        let length = u32::try_from(input.len()).unwrap();
        let at = random.below(length) as usize;
        match random.below(6) {
            0 if length > 0 => input[at] ^= 1 << random.below(8),
            1 if length > 0 => input[at] = [0, 1, 0x7f, 0x80, 0xff][random.below(5) as usize],
            2 => input.truncate(at),
            3 => input
                .splice(at..at, random.word().to_be_bytes())
                .for_each(drop),
            4 if at + 4 <= input.len() => {
                let extreme =
                    [0, 1, u32::MAX, 1 << 31, 4_194_305, 16_385][random.below(6) as usize];
                input[at..at + 4].copy_from_slice(&extreme.to_be_bytes());
            }
            _ => {
                let other = &seeds[random.below(u32::try_from(seeds.len()).unwrap()) as usize];
                input.extend_from_slice(&other[other.len() / 2..]);
            }
        }
    }
    input
}
