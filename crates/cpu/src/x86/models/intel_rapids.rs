//! Intel Sapphire Rapids (2023) and Granite Rapids (2024).

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("SapphireRapids")
        .vendor(Intel)
        .signatures(&[sig(6, 143)])
        .like("Icelake-Server")
        .with("\
            amx-bf16 amx-int8 amx-tile arch-capabilities avx-vnni avx512-bf16 avx512-fp16 avx512ifma \
            bus-lock-detect fsrc fsrm fsrs fzrm ibrs-all mds-no pschange-mc-no rdctl-no rdpid serialize \
            sha-ni skip-l1dfl-vmentry taa-no tsx-ldtrk xfd xsaves")
        .later_like("Icelake-Server-noTSX")
        .compared(),
    model("SapphireRapids-v1")
        .version_of("SapphireRapids")
        .decoded(HOST),
    model("SapphireRapids-v2")
        .vendor(Intel)
        .signatures(&[sig(6, 143)])
        .like("Icelake-Server-v7")
        .with("\
            amx-bf16 amx-int8 amx-tile avx-vnni avx512-bf16 avx512-fp16 bus-lock-detect fbsdp-no fsrc fsrs \
            fzrm psdp-no sbdr-ssdp-no serialize tsx-ldtrk xfd")
        .decoded(HOST),
    model("SapphireRapids-v3")
        .vendor(Intel)
        .signatures(&[sig(6, 143)])
        .like("SapphireRapids-v2")
        .with("cldemote movdir64b movdiri ss tsc_adjust")
        .decoded(HOST),
    model("GraniteRapids")
        .vendor(Intel)
        .signatures(&[sig(6, 173)])
        .like("SapphireRapids-v2")
        .with("amx-fp16 mcdt-no pbrsb-no prefetchiti vmx-invvpid")
        .compared(),
    model("GraniteRapids-v1")
        .version_of("GraniteRapids")
        .decoded(HOST),
    model("GraniteRapids-v2")
        .vendor(Intel)
        .signatures(&[sig(6, 173)])
        .like("SapphireRapids-v3")
        .with("amx-fp16 avx10 avx10-128 avx10-256 avx10-512 mcdt-no pbrsb-no prefetchiti")
        .decoded(HOST),
];
