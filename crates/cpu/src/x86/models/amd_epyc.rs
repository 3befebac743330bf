//! AMD Zen: EPYC of Naples, Rome, Milan and Genoa.

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Amd;

pub(super) const MODELS: &[Entry] = &[
    model("EPYC")
        .vendor(Amd)
        .signatures(&[sig(23, 1)])
        .like("Skylake-Client-noTSX-IBRS")
        .with("clflushopt cr8legacy fxsr_opt misalignsse mmxext osvw pdpe1gb sha-ni sse4a svm")
        .without("erms invpcid pcid spec-ctrl tsc-deadline x2apic")
        .removed("monitor")
        .compared(),
    model("EPYC-IBPB")
        .vendor(Amd)
        .signatures(&[sig(23, 1)])
        .like("EPYC")
        .with("ibpb")
        .removed("monitor")
        .compared(),
    model("EPYC-v1")
        .version_of("EPYC")
        .decoded(HOST),
    model("EPYC-v2")
        .version_of("EPYC-IBPB")
        .decoded(HOST),
    model("EPYC-v3")
        .vendor(Amd)
        .signatures(&[sig(23, 1)])
        .like("EPYC-IBPB")
        .with("clzero npt nrip-save perfctr_core xsaveerptr xsaves")
        .decoded(HOST),
    model("EPYC-v4")
        .vendor(Amd)
        .signatures(&[sig(23, 1)])
        .like("EPYC-v3")
        .decoded(HOST),
    model("EPYC-Rome")
        .vendor(Amd)
        .signatures(&[sig(23, 49)])
        .like("EPYC-v3")
        .with("amd-stibp clwb rdpid umip wbnoinvd")
        .without("xsaves")
        .compared(),
    model("EPYC-Rome-v1")
        .version_of("EPYC-Rome")
        .decoded(HOST),
    model("EPYC-Rome-v2")
        .vendor(Amd)
        .signatures(&[sig(23, 49)])
        .like("EPYC-Rome")
        .with("amd-ssbd ibrs xsaves")
        .decoded(HOST),
    model("EPYC-Rome-v3")
        .vendor(Amd)
        .signatures(&[sig(23, 49)])
        .like("EPYC-Rome-v2")
        .decoded(HOST),
    model("EPYC-Rome-v4")
        .vendor(Amd)
        .signatures(&[sig(23, 49)])
        .like("EPYC-Rome-v2")
        .without("xsaves")
        .decoded(HOST),
    model("EPYC-Milan")
        .vendor(Amd)
        .signatures(&[sig(25, 1)])
        .like("EPYC-Rome-v2")
        .with("erms fsrm invpcid pcid pku svme-addr-chk")
        .compared(),
    model("EPYC-Milan-v1")
        .version_of("EPYC-Milan")
        .decoded(HOST),
    model("EPYC-Milan-v2")
        .vendor(Amd)
        .signatures(&[sig(25, 1)])
        .like("EPYC-Milan")
        .with("\
            amd-psfd lfence-always-serializing no-nested-data-bp null-sel-clr-base stibp-always-on vaes \
            vpclmulqdq")
        .decoded(HOST),
    model("EPYC-Genoa")
        .vendor(Amd)
        .signatures(&[sig(25, 17)])
        .like("EPYC-Milan-v2")
        .with("\
            auto-ibrs avx512-bf16 avx512-vpopcntdq avx512bitalg avx512bw avx512cd avx512dq avx512f avx512ifma \
            avx512vbmi avx512vbmi2 avx512vl avx512vnni gfni la57 vnmi")
        .compared(),
    model("EPYC-Genoa-v1")
        .version_of("EPYC-Genoa")
        .decoded(HOST),
];
