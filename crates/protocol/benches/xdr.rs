//! How fast values are written and read.

#![allow(
    missing_docs,
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

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use protocol::{
    Header, Program,
    flags::NoFlags,
    packet::{self, Framer},
    procedure,
    remote::{ConnectListAllDomainsRet, DomainGetStateArgs, NonnullDomain},
};

fn domain(id: i32) -> NonnullDomain {
    NonnullDomain {
        name: format!("guest-{id}"),
        uuid: [7; 16],
        id,
    }
}

fn small_call(c: &mut Criterion) {
    let args = DomainGetStateArgs {
        dom: domain(3),
        flags: NoFlags,
    };
    let header = Header::call(Program::Remote, 212, 9);
    let frame = packet::encode(&header, 0, &args).expect("a legal packet");
    c.bench_function("encode a call", |b| {
        b.iter(|| packet::encode(black_box(&header), 0, black_box(&args)));
    });
    c.bench_function("frame, find and decode a call", |b| {
        b.iter(|| {
            let mut framer = Framer::new();
            framer.feed(black_box(&frame));
            let packet = framer
                .next_packet()
                .expect("a legal packet")
                .expect("a whole packet");
            let program = packet.header.known_program().expect("a known program");
            let info = procedure::find(program, packet.header.procedure);
            (info, xdr::from_bytes::<DomainGetStateArgs>(&packet.payload))
        });
    });
}

fn long_list(c: &mut Criterion) {
    let ret = ConnectListAllDomainsRet {
        domains: (0..5000).map(domain).collect(),
        ret: 5000,
    };
    let bytes = xdr::to_bytes(&ret).expect("a legal list");
    let mut group = c.benchmark_group("5,000 domains");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("encode", |b| b.iter(|| xdr::to_bytes(black_box(&ret))));
    group.bench_function("decode", |b| {
        b.iter(|| xdr::from_bytes::<ConnectListAllDomainsRet>(black_box(&bytes)));
    });
    group.finish();
}

criterion_group!(benches, small_call, long_list);
criterion_main!(benches);
