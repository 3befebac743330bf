//! Documents that are made to cost are read or refused within bounds of memory. How long they take
//! is measured by the bench of the same name, since time means nothing in a test's build.

#![allow(
    clippy::unwrap_used,
    reason = "a test's helpers may fail as a test does"
)]

mod shapes;

use documents::domain::Domain;
use shapes::{SENDABLE, SHAPES};
use xml::{Options, parse};

/// What a document may cost at the worst moment, in KiB.
const PEAK: u64 = 64 * 1024;
/// A document that no client can send.
const TOO_LONG: usize = 10_000_000;

/// A figure of the process, in KiB.
fn status(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|it| it.starts_with(name)).unwrap();
    let number = line.split_whitespace().nth(1);
    number.and_then(|it| it.parse().ok()).unwrap()
}

/// By how much the process has grown at its worst moment since `before`, the document left out.
fn grown(before: u64, text: &str) -> u64 {
    let document = u64::try_from(text.len() / 1024).unwrap();
    status("VmHWM:").saturating_sub(before + document)
}

/// One test, since its process has one worst moment.
#[test]
fn every_shape_stays_within_bounds_and_the_longest_are_refused() {
    let before = status("VmRSS:");
    for (name, shape) in SHAPES {
        let text = shape(SENDABLE - 4096);
        assert!(text.len() <= SENDABLE, "{name} has {} bytes", text.len());
        // Strict reading does all that lenient reading does, and describes what is wrong.
        let _ = parse::<Domain>(&text, &Options::strict());
        let grown = grown(before, &text);
        println!("{name}: {grown} KiB");
        assert!(grown <= PEAK, "{name} takes {grown} KiB");
    }
    for (name, shape) in SHAPES {
        let text = shape(TOO_LONG);
        let refused = parse::<Domain>(&text, &Options::lenient());
        assert!(refused.is_err(), "{name}");
        // Making the document has taken about as much as the document has.
        let grown = grown(before + 2 * 10_000, &text);
        assert!(grown <= PEAK, "{name} takes {grown} KiB");
    }
}
