//! Intel's first mobile processors with two cores.

use super::{Entry, HOST, model};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("coreduo")
        .vendor(Intel)
        .like("pentium3")
        .with("apic clflush monitor nx pni sse2")
        .without("pse36")
        .later("\
            vmx-activity-hlt vmx-entry-ia32e-mode vmx-exit-ack-intr vmx-hlt-exit vmx-intr-exit \
            vmx-invlpg-exit vmx-io-bitmap vmx-io-exit vmx-monitor-exit vmx-movdr-exit vmx-msr-bitmap \
            vmx-mwait-exit vmx-nmi-exit vmx-pause-exit vmx-rdpmc-exit vmx-rdtsc-exit vmx-tsc-offset \
            vmx-vintr-pending")
        .compared(),
    model("coreduo-v1")
        .version_of("coreduo")
        .decoded(HOST),
    model("n270")
        .vendor(Intel)
        .like("coreduo")
        .with("ssse3")
        .compared(),
    model("n270-v1")
        .version_of("n270")
        .decoded(HOST),
    model("core2duo")
        .vendor(Intel)
        .like("n270")
        .with("lm pse36 syscall")
        .later_like("coreduo")
        .later("\
            vmx-apicv-xapic vmx-cr8-load-exit vmx-cr8-store-exit vmx-flexpriority vmx-ins-outs \
            vmx-secondary-ctls vmx-vnmi vmx-vnmi-pending")
        .compared(),
    model("core2duo-v1")
        .version_of("core2duo")
        .decoded(HOST),
];
