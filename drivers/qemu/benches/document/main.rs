//! The way of a domain's document with 120 devices through the driver: read, completed, written;
//! and on to QEMU's arguments. The budget of the first is 1 ms.
#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark may fail as a test does, and its macros are not ours"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use documents::domain::Domain;
use qemu_driver::capabilities::Capabilities;
use qemu_driver::domain::{Completed, Context, complete};
use xml::{Options, format, parse};

#[path = "../../tests/common/mod.rs"]
mod common;
mod large;

use common::{FixedHost, FixedIds, arguments, capabilities, define};

fn completed(domain: Domain, capabilities: &Capabilities) -> Completed {
    let context = Context {
        capabilities,
        ids: &FixedIds,
        host: &FixedHost,
    };
    complete(domain, &context).expect("a document that can be completed")
}

fn benches(criterion: &mut Criterion) {
    let capabilities = capabilities();
    let text = large::document();
    let read = |text: &str| parse::<Domain>(text, &Options::lenient()).expect("a document");
    let domain = read(&text);
    criterion.bench_function("read 120 devices", |it| {
        it.iter(|| read(black_box(&text)));
    });
    criterion.bench_function("complete 120 devices", |it| {
        it.iter(|| completed(black_box(domain.clone()), &capabilities));
    });
    let whole = completed(domain.clone(), &capabilities);
    criterion.bench_function("write 120 devices", |it| {
        it.iter(|| format(black_box(whole.document())));
    });
    criterion.bench_function("read, complete and write 120 devices", |it| {
        it.iter(|| format(completed(read(black_box(&text)), &capabilities).document()));
    });
    let checked = define(&text, &capabilities).expect("a document that can be run");
    criterion.bench_function("arguments of 120 devices", |it| {
        it.iter(|| arguments(black_box(&checked), &capabilities).is_ok());
    });
}

criterion_group!(all, benches);
criterion_main!(all);
