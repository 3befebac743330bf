//! Intel Haswell (2013) and Broadwell (2014).

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("Haswell-noTSX")
        .vendor(Intel)
        .signatures(&[sig(6, 60), sig(6, 63), sig(6, 69), sig(6, 70)])
        .like("SandyBridge")
        .with("avx2 bmi1 bmi2 erms fma fsgsbase invpcid movbe pcid smep")
        .later_like("IvyBridge")
        .later(
            "\
            vmx-eptad vmx-eptp-switching vmx-invpcid-exit vmx-shadow-vmcs vmx-vmfunc \
            vmx-vmwrite-vmexit-fields",
        )
        .compared(),
    model("Haswell-noTSX-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 60), sig(6, 63), sig(6, 69), sig(6, 70)])
        .like("Haswell-noTSX")
        .with("spec-ctrl")
        .later_like("Haswell-noTSX")
        .compared(),
    model("Haswell")
        .vendor(Intel)
        .signatures(&[sig(6, 60), sig(6, 63), sig(6, 69), sig(6, 70)])
        .like("Haswell-noTSX")
        .with("hle rtm")
        .later_like("Haswell-noTSX")
        .compared(),
    model("Haswell-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 60), sig(6, 63), sig(6, 69), sig(6, 70)])
        .like("Haswell")
        .with("spec-ctrl")
        .later_like("Haswell-noTSX")
        .compared(),
    model("Haswell-v1").version_of("Haswell").decoded(HOST),
    model("Haswell-v2")
        .version_of("Haswell-noTSX")
        .decoded(HOST),
    model("Haswell-v3").version_of("Haswell-IBRS").decoded(HOST),
    model("Haswell-v4")
        .version_of("Haswell-noTSX-IBRS")
        .decoded(HOST),
    model("Broadwell-noTSX")
        .vendor(Intel)
        .signatures(&[sig(6, 61), sig(6, 71), sig(6, 79), sig(6, 86)])
        .like("Haswell-noTSX")
        .with("3dnowprefetch adx rdseed smap")
        .later_like("Haswell-noTSX")
        .later("vmx-pml vmx-rdseed-exit")
        .compared(),
    model("Broadwell-noTSX-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 61), sig(6, 71), sig(6, 79), sig(6, 86)])
        .like("Broadwell-noTSX")
        .with("spec-ctrl")
        .later_like("Broadwell-noTSX")
        .compared(),
    model("Broadwell")
        .vendor(Intel)
        .signatures(&[sig(6, 61), sig(6, 71), sig(6, 79), sig(6, 86)])
        .like("Broadwell-noTSX")
        .with("hle rtm")
        .later_like("Broadwell-noTSX")
        .compared(),
    model("Broadwell-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 61), sig(6, 71), sig(6, 79), sig(6, 86)])
        .like("Broadwell")
        .with("spec-ctrl")
        .later_like("Broadwell-noTSX")
        .compared(),
    model("Broadwell-v1").version_of("Broadwell").decoded(HOST),
    model("Broadwell-v2")
        .version_of("Broadwell-noTSX")
        .decoded(HOST),
    model("Broadwell-v3")
        .version_of("Broadwell-IBRS")
        .decoded(HOST),
    model("Broadwell-v4")
        .version_of("Broadwell-noTSX-IBRS")
        .decoded(HOST),
];
