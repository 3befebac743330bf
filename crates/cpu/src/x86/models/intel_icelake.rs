//! Intel Ice Lake (2019) and Cooper Lake (2020).

use super::{Entry, HOST, model, sig, stepped};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("Icelake-Client")
        .vendor(Intel)
        .signatures(&[sig(6, 126)])
        .like("Skylake-Client-IBRS")
        .with("\
            avx512-vpopcntdq avx512bitalg avx512vbmi avx512vbmi2 avx512vnni gfni mpx pku ssbd umip vaes \
            vpclmulqdq wbnoinvd")
        .removed("intel-pt")
        .compared(),
    model("Icelake-Client-noTSX")
        .vendor(Intel)
        .signatures(&[sig(6, 126)])
        .like("Icelake-Client")
        .without("hle rtm")
        .removed("intel-pt")
        .compared()
        .decoded(HOST),
    model("Icelake-Server")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Icelake-Client")
        .with("avx512bw avx512cd avx512dq avx512f avx512vl clflushopt clwb la57 pdpe1gb")
        .without("mpx")
        .later_like("Haswell-noTSX")
        .not_later("vmx-eptp-switching")
        .removed("intel-pt mpx")
        .compared(),
    model("Icelake-Server-noTSX")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Icelake-Server")
        .without("hle rtm")
        .later_like("Skylake-Server-noTSX-IBRS")
        .later("vmx-page-walk-5")
        .removed("intel-pt mpx")
        .compared()
        .decoded(HOST),
    model("Icelake-Server-v1")
        .version_of("Icelake-Server")
        .decoded(HOST),
    model("Icelake-Server-v2")
        .version_of("Icelake-Server-noTSX")
        .decoded(HOST),
    model("Icelake-Server-v3")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Cascadelake-Server-v4")
        .with("\
            avx512-vpopcntdq avx512bitalg avx512vbmi avx512vbmi2 gfni la57 pschange-mc-no taa-no umip vaes \
            vpclmulqdq wbnoinvd")
        .without("vmx-eptp-switching vmx-pml vmx-rdseed-exit")
        .decoded(HOST),
    model("Icelake-Server-v4")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Icelake-Server-v3")
        .with("avx512ifma fsrm rdpid sha-ni vmx-eptp-switching vmx-pml vmx-rdseed-exit")
        .decoded(HOST),
    model("Icelake-Server-v5")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Icelake-Server-v4")
        .with("vmx-xsaves xsaves")
        .decoded(HOST),
    model("Icelake-Server-v6")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Icelake-Server-v5")
        .with("vmx-page-walk-5")
        .decoded(HOST),
    model("Icelake-Server-v7")
        .vendor(Intel)
        .signatures(&[sig(6, 106)])
        .like("Icelake-Server-v6")
        .with("hle rtm")
        .decoded(HOST),
    model("Cooperlake")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 10, 11)])
        .like("Cascadelake-Server")
        .with("\
            arch-capabilities avx512-bf16 ibrs-all mds-no pku pschange-mc-no rdctl-no skip-l1dfl-vmentry \
            stibp taa-no")
        .later_like("Skylake-Server-noTSX-IBRS")
        .compared(),
    model("Cooperlake-v1")
        .version_of("Cooperlake")
        .decoded(HOST),
    model("Cooperlake-v2")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 10, 11)])
        .like("Cascadelake-Server-v5")
        .with("avx512-bf16 hle pschange-mc-no rtm stibp taa-no")
        .decoded(HOST),
];
