//! How long documents take that are made to cost: each shape as long as a client can send it, in
//! both modes, and of 10 MB, which is longer. The budget is 50 ms each.

#![allow(missing_docs, reason = "the macros of the benchmark are not ours")]

#[path = "../tests/hostile/shapes.rs"]
mod shapes;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use documents::domain::Domain;
use shapes::{SENDABLE, SHAPES};
use xml::{Options, parse};

fn hostile(criterion: &mut Criterion) {
    for (name, shape) in SHAPES {
        let text = shape(SENDABLE - 4096);
        for (mode, options) in [
            ("lenient", Options::lenient()),
            ("strict", Options::strict()),
        ] {
            criterion.bench_function(&format!("{name}, {mode}"), |it| {
                it.iter(|| parse::<Domain>(black_box(&text), &options).is_ok());
            });
        }
        let text = shape(10_000_000);
        criterion.bench_function(&format!("{name}, 10 MB"), |it| {
            it.iter(|| parse::<Domain>(black_box(&text), &Options::strict()).is_ok());
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = hostile
}
criterion_main!(benches);
