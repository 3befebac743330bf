//! Documents: a large one on its way through the driver, and those that are made to cost.

use std::time::Instant;

use documents::domain::{Domain, PciAddress};
use layout::Layout;
use qemu_driver::capabilities::{Arch, Cache, Capabilities, find_emulator};
use qemu_driver::domain::{Context, Host, RandomIds, complete};
use qemu_driver::firmware::Firmware;
use xml::{Options, format, parse};

use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::statistics::Samples;

#[path = "../../../drivers/qemu/benches/document/large.rs"]
mod large;
#[path = "../../../crates/documents/tests/hostile/shapes.rs"]
mod shapes;

const ROUNDS: u32 = 50;
/// Rounds of each hostile shape.
const HOSTILE_ROUNDS: u32 = 3;
/// Bytes of a document that no client can send.
const TOO_LONG: usize = 10_000_000;

/// A host without firmware and devices.
#[derive(Debug)]
struct Bare;

impl Host for Bare {
    fn layout(&self) -> Layout {
        Layout::system()
    }

    fn firmware(&self) -> Vec<Firmware> {
        Vec::new()
    }

    fn address_bits(&self) -> Option<u32> {
        None
    }

    fn is_conventional(&self, _: &PciAddress) -> bool {
        false
    }
}

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let emulator = find_emulator(Arch::X86_64).ok_or(Failure::Missing("QEMU for x86_64"))?;
    let capabilities = Cache::new(None).get(&emulator).await?;
    Ok(vec![
        figure(
            "read, complete and write a document of 120 devices",
            large_document(&capabilities)?,
            Budget::AtMost(1.0),
        ),
        figure(
            "refuse 10 MB, the worst of 19 hostile shapes",
            slowest(TOO_LONG),
            Budget::AtMost(50.0),
        ),
        figure(
            "read or refuse 4 MiB, the most that can be sent, the worst of 19 hostile shapes",
            slowest(shapes::SENDABLE - 4096),
            Budget::AtMost(50.0),
        ),
    ])
}

/// What only we do has no figure of the C daemon.
fn figure(what: &str, ours: Samples, budget: Budget) -> Figure {
    Figure {
        what: what.to_owned(),
        unit: "ms",
        ours,
        theirs: Samples::default(),
        base: None,
        budget,
    }
}

fn large_document(capabilities: &Capabilities) -> Result<Samples, Failure> {
    let text = large::document();
    let context = Context {
        capabilities,
        ids: &RandomIds,
        host: &Bare,
    };
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let domain: Domain = parse(&text, &Options::lenient())?;
        let completed = complete(domain, &context)?;
        let written = format(completed.document());
        samples.push_ms(begun.elapsed());
        drop(written);
    }
    Ok(samples)
}

/// The samples of the shape whose median is the highest.
fn slowest(bytes: usize) -> Samples {
    let of = |shape: fn(usize) -> String| {
        let text = shape(bytes);
        let mut samples = Samples::default();
        for _ in 0..HOSTILE_ROUNDS {
            let begun = Instant::now();
            let read = parse::<Domain>(&text, &Options::strict());
            samples.push_ms(begun.elapsed());
            drop(read);
        }
        samples
    };
    let all = shapes::SHAPES.into_iter().map(|(_, shape)| of(shape));
    let median = |it: &Samples| it.median().unwrap_or_default();
    all.max_by(|a, b| median(a).total_cmp(&median(b)))
        .unwrap_or_default()
}
