//! The generic processors of QEMU and KVM.

use super::{Entry, HOST, NOWHERE, model};

pub(super) const MODELS: &[Entry] = &[
    model("qemu32").like("pentiumpro").with("pni").compared(),
    model("qemu32-v1").version_of("qemu32").decoded(HOST),
    model("kvm32")
        .like("coreduo")
        .with("pse36")
        .without("monitor nx vme")
        .later_like("coreduo")
        .compared(),
    model("kvm32-v1").version_of("kvm32").decoded(HOST),
    model("cpu64-rhel5")
        .like("core2duo")
        .without("monitor ssse3 vme")
        .compared()
        .decoded(NOWHERE),
    model("cpu64-rhel6")
        .like("cpu64-rhel5")
        .with("cx16 lahf_lm")
        .compared()
        .decoded(NOWHERE),
    model("qemu64")
        .like("cpu64-rhel5")
        .with("cx16 svm")
        .compared(),
    model("qemu64-v1").version_of("qemu64").decoded(HOST),
    model("kvm64")
        .like("cpu64-rhel5")
        .with("cx16")
        .later_like("coreduo")
        .later("vmx-cr8-load-exit vmx-cr8-store-exit vmx-flexpriority")
        .not_later("vmx-msr-bitmap")
        .compared(),
    model("kvm64-v1").version_of("kvm64").decoded(HOST),
];
