//! Intel Skylake (2015), its servers, and Cascade Lake (2019).

use super::{Entry, HOST, model, sig, stepped};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("Skylake-Client")
        .vendor(Intel)
        .signatures(&[sig(6, 94), sig(6, 78), sig(6, 142), sig(6, 158)])
        .like("Broadwell")
        .with("abm arat f16c rdrand vme xgetbv1 xsavec xsaveopt")
        .later_like("Broadwell-noTSX")
        .not_later("vmx-apicv-register vmx-apicv-vid vmx-apicv-x2apic vmx-posted-intr")
        .removed("mpx")
        .compared(),
    model("Skylake-Client-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 94), sig(6, 78), sig(6, 142), sig(6, 158)])
        .like("Skylake-Client")
        .with("spec-ctrl")
        .later_like("Skylake-Client")
        .removed("mpx")
        .compared(),
    model("Skylake-Client-noTSX-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 94), sig(6, 78), sig(6, 142), sig(6, 158)])
        .like("Skylake-Client-IBRS")
        .without("hle rtm")
        .later_like("Skylake-Client")
        .later("vmx-xsaves")
        .removed("mpx")
        .compared()
        .decoded(HOST),
    model("Skylake-Client-v1")
        .version_of("Skylake-Client")
        .decoded(HOST),
    model("Skylake-Client-v2")
        .version_of("Skylake-Client-IBRS")
        .decoded(HOST),
    model("Skylake-Client-v3")
        .version_of("Skylake-Client-noTSX-IBRS")
        .decoded(HOST),
    model("Skylake-Client-v4")
        .vendor(Intel)
        .signatures(&[sig(6, 94), sig(6, 78), sig(6, 142), sig(6, 158)])
        .like("Skylake-Client-noTSX-IBRS")
        .with("\
            vmx-activity-hlt vmx-apicv-xapic vmx-cr3-load-noexit vmx-cr3-store-noexit vmx-cr8-load-exit \
            vmx-cr8-store-exit vmx-desc-exit vmx-entry-ia32e-mode vmx-entry-load-efer vmx-entry-load-pat \
            vmx-entry-load-perf-global-ctrl vmx-entry-noload-debugctl vmx-ept vmx-ept-1gb vmx-ept-2mb \
            vmx-ept-execonly vmx-eptad vmx-eptp-switching vmx-exit-ack-intr vmx-exit-load-efer \
            vmx-exit-load-pat vmx-exit-load-perf-global-ctrl vmx-exit-nosave-debugctl vmx-exit-save-efer \
            vmx-exit-save-pat vmx-exit-save-preemption-timer vmx-flexpriority vmx-hlt-exit vmx-ins-outs \
            vmx-intr-exit vmx-invept vmx-invept-all-context vmx-invept-single-context vmx-invlpg-exit \
            vmx-invpcid-exit vmx-invvpid-all-context vmx-invvpid-single-addr \
            vmx-invvpid-single-context-noglobals vmx-io-bitmap vmx-io-exit vmx-monitor-exit vmx-movdr-exit \
            vmx-msr-bitmap vmx-mtf vmx-mwait-exit vmx-nmi-exit vmx-page-walk-4 vmx-pause-exit vmx-pml \
            vmx-preemption-timer vmx-rdpmc-exit vmx-rdrand-exit vmx-rdseed-exit vmx-rdtsc-exit \
            vmx-rdtscp-exit vmx-secondary-ctls vmx-shadow-vmcs vmx-store-lma vmx-true-ctls vmx-tsc-offset \
            vmx-unrestricted-guest vmx-vintr-pending vmx-vmfunc vmx-vmwrite-vmexit-fields vmx-vnmi \
            vmx-vnmi-pending vmx-vpid vmx-wbinvd-exit vmx-xsaves xsaves")
        .decoded(HOST),
    model("Skylake-Server")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 0, 4)])
        .like("Skylake-Client")
        .with("avx512bw avx512cd avx512dq avx512f avx512vl clwb pdpe1gb")
        .later_like("Broadwell-noTSX")
        .not_later("vmx-eptp-switching")
        .removed("mpx")
        .compared(),
    model("Skylake-Server-IBRS")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 0, 4)])
        .like("Skylake-Server")
        .with("spec-ctrl")
        .later_like("Skylake-Server")
        .removed("mpx")
        .compared(),
    model("Skylake-Server-noTSX-IBRS")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 0, 4)])
        .like("Skylake-Server-IBRS")
        .without("hle rtm")
        .later_like("Broadwell-noTSX")
        .later("vmx-xsaves")
        .removed("mpx")
        .compared()
        .decoded(HOST),
    model("Skylake-Server-v1")
        .version_of("Skylake-Server")
        .decoded(HOST),
    model("Skylake-Server-v2")
        .version_of("Skylake-Server-IBRS")
        .decoded(HOST),
    model("Skylake-Server-v3")
        .version_of("Skylake-Server-noTSX-IBRS")
        .decoded(HOST),
    model("Skylake-Server-v4")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 0, 4)])
        .like("Skylake-Client-v4")
        .with("\
            avx512bw avx512cd avx512dq avx512f avx512vl clwb pdpe1gb pku vmx-apicv-register vmx-apicv-vid \
            vmx-apicv-x2apic vmx-posted-intr")
        .without("vmx-xsaves xsaves")
        .decoded(HOST),
    model("Skylake-Server-v5")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 0, 4)])
        .like("Skylake-Server-v4")
        .with("vmx-xsaves xsaves")
        .decoded(HOST),
    model("Cascadelake-Server")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 5, 7)])
        .like("Skylake-Server-IBRS")
        .with("avx512vnni clflushopt ssbd")
        .later_like("Skylake-Server")
        .removed("mpx")
        .compared(),
    model("Cascadelake-Server-noTSX")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 5, 7)])
        .like("Cascadelake-Server")
        .without("hle rtm")
        .later_like("Skylake-Server-noTSX-IBRS")
        .removed("mpx")
        .compared()
        .decoded(HOST),
    model("Cascadelake-Server-v1")
        .version_of("Cascadelake-Server")
        .decoded(HOST),
    model("Cascadelake-Server-v2")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 5, 7)])
        .like("Skylake-Server-v4")
        .with("arch-capabilities avx512vnni clflushopt hle ibrs-all mds-no rdctl-no rtm skip-l1dfl-vmentry ssbd")
        .without("vmx-eptp-switching")
        .decoded(HOST),
    model("Cascadelake-Server-v3")
        .version_of("Cascadelake-Server-noTSX")
        .decoded(HOST),
    model("Cascadelake-Server-v4")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 5, 7)])
        .like("Cascadelake-Server-v2")
        .with("vmx-eptp-switching")
        .without("hle rtm")
        .decoded(HOST),
    model("Cascadelake-Server-v5")
        .vendor(Intel)
        .signatures(&[stepped(6, 85, 5, 7)])
        .like("Cascadelake-Server-v4")
        .with("vmx-xsaves xsaves")
        .decoded(HOST),
];
