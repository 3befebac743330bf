//! Intel Sierra Forest (2024), Denverton (2017) and Knights Mill (2017).

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("SierraForest")
        .vendor(Intel)
        .signatures(&[sig(6, 175)])
        .like("Icelake-Server-v5")
        .with("\
            avx-ifma avx-ne-convert avx-vnni avx-vnni-int8 bus-lock-detect cmpccxadd fbsdp-no fsrs mcdt-no \
            pbrsb-no psdp-no sbdr-ssdp-no serialize vmx-invvpid")
        .without("\
            avx512-vpopcntdq avx512bitalg avx512bw avx512cd avx512dq avx512f avx512ifma avx512vbmi \
            avx512vbmi2 avx512vl avx512vnni la57 taa-no")
        .compared(),
    model("SierraForest-v1")
        .version_of("SierraForest")
        .decoded(HOST),
    model("Denverton")
        .vendor(Intel)
        .signatures(&[sig(6, 95)])
        .like("Snowridge-v2")
        .with("mpx rdctl-no skip-l1dfl-vmentry")
        .without("cldemote clwb core-capability gfni movdir64b movdiri split-lock-detect umip"),
    model("Denverton-v1")
        .version_of("Denverton")
        .decoded(HOST),
    model("Denverton-v2")
        .vendor(Intel)
        .signatures(&[sig(6, 95)])
        .like("Denverton")
        .without("mpx")
        .decoded(HOST),
    model("Denverton-v3")
        .vendor(Intel)
        .signatures(&[sig(6, 95)])
        .like("Denverton-v2")
        .with("vmx-xsaves xsaves")
        .decoded(HOST),
    model("KnightsMill")
        .vendor(Intel)
        .signatures(&[sig(6, 133)])
        .like("Skylake-Client-noTSX-IBRS")
        .with("avx512-4fmaps avx512-4vnniw avx512-vpopcntdq avx512cd avx512er avx512f avx512pf pdpe1gb ss")
        .without("invpcid pcid smap spec-ctrl xgetbv1 xsavec"),
    model("KnightsMill-v1")
        .version_of("KnightsMill")
        .decoded(HOST),
];
