//! Replays the kept corpus of the fuzz targets, and changed copies of it, without a fuzzer.

#![allow(
    clippy::unwrap_used,
    reason = "a test's helpers may fail as a test does"
)]

use std::path::Path;

use documents::fuzz::TARGETS;

/// Changed copies of each seed.
const COPIES: u64 = 300;

#[test]
fn no_input_upsets_a_decoder() {
    for (target, run) in TARGETS {
        let seeds = seeds(target);
        assert!(seeds.len() > 4, "few seeds for {target}");
        for seed in &seeds {
            run(seed);
            for copy in 1..=COPIES {
                run(&changed(seed, copy));
            }
        }
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|it| it.unwrap().path());
    paths.map(|it| std::fs::read(it).unwrap()).collect()
}

/// A copy with a few bytes replaced by others of it, left out or said twice, or with its end cut off.
fn changed(seed: &[u8], number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(end.max(1)).unwrap()).unwrap()
    };
    let mut copy = seed.to_vec();
    for _ in 0..=below(3) {
        let (at, from) = (below(copy.len()), below(copy.len()));
        let other = copy.get(from).copied().unwrap_or_default();
        match below(5) {
            0 | 1 => copy.iter_mut().skip(at).take(1).for_each(|it| *it = other),
            2 => drop(copy.splice(at..copy.len().min(at + 1 + below(8)), [])),
            3 => copy.insert(at, other),
            _ if below(4) == 0 => copy.truncate(at),
            _ => copy.iter_mut().skip(at).take(1).for_each(|it| *it ^= 1),
        }
    }
    copy
}
