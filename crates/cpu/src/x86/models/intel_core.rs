//! Intel Core, from Conroe (2006) to Westmere (2010).

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("Conroe")
        .vendor(Intel)
        .signatures(&[sig(6, 15), sig(6, 22)])
        .like("cpu64-rhel5")
        .with("lahf_lm ssse3")
        .later_like("core2duo")
        .compared(),
    model("Conroe-v1")
        .version_of("Conroe")
        .decoded(HOST),
    model("Penryn")
        .vendor(Intel)
        .signatures(&[sig(6, 23), sig(6, 29)])
        .like("cpu64-rhel6")
        .with("sse4.1 ssse3")
        .later_like("core2duo")
        .later("vmx-entry-load-perf-global-ctrl vmx-exit-load-perf-global-ctrl vmx-wbinvd-exit")
        .compared(),
    model("Penryn-v1")
        .version_of("Penryn")
        .decoded(HOST),
    model("Nehalem")
        .vendor(Intel)
        .signatures(&[sig(6, 26), sig(6, 30), sig(6, 31), sig(6, 46)])
        .like("Penryn")
        .with("popcnt sse4.2")
        .later_like("Penryn")
        .later("\
            vmx-apicv-x2apic vmx-cr3-load-noexit vmx-cr3-store-noexit vmx-desc-exit vmx-entry-load-efer \
            vmx-entry-load-pat vmx-entry-noload-debugctl vmx-ept vmx-ept-1gb vmx-ept-2mb vmx-ept-execonly \
            vmx-exit-load-efer vmx-exit-load-pat vmx-exit-nosave-debugctl vmx-exit-save-efer \
            vmx-exit-save-pat vmx-exit-save-preemption-timer vmx-invept vmx-invept-all-context \
            vmx-invept-single-context vmx-invvpid vmx-invvpid-all-context vmx-invvpid-single-addr \
            vmx-invvpid-single-context-noglobals vmx-mtf vmx-page-walk-4 vmx-preemption-timer vmx-rdtscp-exit \
            vmx-true-ctls vmx-vpid")
        .compared(),
    model("Nehalem-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 26), sig(6, 30), sig(6, 31), sig(6, 46)])
        .like("Nehalem")
        .with("spec-ctrl")
        .later_like("Nehalem")
        .compared(),
    model("Nehalem-v1")
        .version_of("Nehalem")
        .decoded(HOST),
    model("Nehalem-v2")
        .version_of("Nehalem-IBRS")
        .decoded(HOST),
    model("Westmere")
        .vendor(Intel)
        .signatures(&[sig(6, 44), sig(6, 47), sig(6, 37)])
        .like("Nehalem")
        .with("aes")
        .later_like("Nehalem")
        .later("vmx-store-lma vmx-unrestricted-guest")
        .compared(),
    model("Westmere-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 44)])
        .like("Nehalem-IBRS")
        .with("aes")
        .later_like("Westmere")
        .compared(),
    model("Westmere-v1")
        .version_of("Westmere")
        .decoded(HOST),
    model("Westmere-v2")
        .version_of("Westmere-IBRS")
        .decoded(HOST),
];
