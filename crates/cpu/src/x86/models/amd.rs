//! AMD before Zen.

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Amd;

pub(super) const MODELS: &[Entry] = &[
    model("athlon")
        .vendor(Amd)
        .like("pentium3")
        .with("3dnow 3dnowext apic mmxext sse2")
        .without("mca")
        .compared(),
    model("athlon-v1").version_of("athlon").decoded(HOST),
    model("phenom")
        .vendor(Amd)
        .like("cpu64-rhel5")
        .with("3dnow 3dnowext fxsr_opt mmxext monitor svm")
        .compared(),
    model("phenom-v1").version_of("phenom").decoded(HOST),
    model("Opteron_G1")
        .vendor(Amd)
        .signatures(&[sig(15, 6)])
        .like("cpu64-rhel5")
        .compared(),
    model("Opteron_G1-v1")
        .version_of("Opteron_G1")
        .decoded(HOST),
    model("Opteron_G2")
        .vendor(Amd)
        .signatures(&[sig(15, 6)])
        .like("cpu64-rhel6")
        .with("rdtscp svm")
        .compared(),
    model("Opteron_G2-v1")
        .version_of("Opteron_G2")
        .decoded(HOST),
    model("Opteron_G3")
        .vendor(Amd)
        .signatures(&[sig(15, 6)])
        .like("Opteron_G2")
        .with("abm misalignsse popcnt sse4a")
        .removed("monitor")
        .compared(),
    model("Opteron_G3-v1")
        .version_of("Opteron_G3")
        .decoded(HOST),
    model("Opteron_G4")
        .vendor(Amd)
        .signatures(&[sig(21, 1)])
        .like("SandyBridge")
        .with("3dnowprefetch abm fma4 misalignsse pdpe1gb sse4a svm xop")
        .without("tsc-deadline x2apic")
        .compared(),
    model("Opteron_G4-v1")
        .version_of("Opteron_G4")
        .decoded(HOST),
    model("Opteron_G5")
        .vendor(Amd)
        .signatures(&[sig(21, 2)])
        .like("Opteron_G4")
        .with("f16c fma tbm")
        .compared(),
    model("Opteron_G5-v1")
        .version_of("Opteron_G5")
        .decoded(HOST),
];
