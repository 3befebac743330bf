//! Intel Snow Ridge (2020), of the Atom line.

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("Snowridge")
        .vendor(Intel)
        .signatures(&[sig(6, 134)])
        .like("IvyBridge-IBRS")
        .with("\
            3dnowprefetch arat arch-capabilities cldemote clflushopt clwb core-capability gfni movbe \
            movdir64b movdiri pdpe1gb rdseed sha-ni smap split-lock-detect ssbd umip xgetbv1 xsavec xsaveopt")
        .without("avx f16c")
        .later_like("Skylake-Server-noTSX-IBRS")
        .compared(),
    model("Snowridge-v1")
        .version_of("Snowridge")
        .decoded(HOST),
    model("Snowridge-v2")
        .vendor(Intel)
        .signatures(&[sig(6, 134)])
        .like("Skylake-Server-v4")
        .with("\
            arch-capabilities cldemote clflushopt core-capability gfni movdir64b movdiri sha-ni \
            split-lock-detect ssbd umip")
        .without("abm adx avx avx2 avx512bw avx512cd avx512dq avx512f avx512vl bmi1 bmi2 f16c fma invpcid pcid pku")
        .decoded(HOST),
    model("Snowridge-v3")
        .vendor(Intel)
        .signatures(&[sig(6, 134)])
        .like("Snowridge-v2")
        .with("vmx-xsaves xsaves")
        .decoded(HOST),
    model("Snowridge-v4")
        .vendor(Intel)
        .signatures(&[sig(6, 134)])
        .like("Snowridge-v3")
        .without("core-capability split-lock-detect")
        .decoded(HOST),
];
