//! Intel Sandy Bridge (2011) and Ivy Bridge (2012).

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Intel;

pub(super) const MODELS: &[Entry] = &[
    model("SandyBridge")
        .vendor(Intel)
        .signatures(&[sig(6, 42), sig(6, 45)])
        .like("Westmere")
        .with("avx pclmuldq rdtscp tsc-deadline x2apic xsave")
        .later_like("Westmere")
        .compared(),
    model("SandyBridge-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 42), sig(6, 45)])
        .like("SandyBridge")
        .with("spec-ctrl")
        .later_like("Westmere")
        .compared(),
    model("SandyBridge-v1")
        .version_of("SandyBridge")
        .decoded(HOST),
    model("SandyBridge-v2")
        .version_of("SandyBridge-IBRS")
        .decoded(HOST),
    model("IvyBridge")
        .vendor(Intel)
        .signatures(&[sig(6, 58), sig(6, 62)])
        .like("SandyBridge")
        .with("erms f16c fsgsbase rdrand smep vme")
        .later_like("Westmere")
        .later("vmx-apicv-register vmx-apicv-vid vmx-posted-intr vmx-rdrand-exit")
        .compared(),
    model("IvyBridge-IBRS")
        .vendor(Intel)
        .signatures(&[sig(6, 58), sig(6, 62)])
        .like("IvyBridge")
        .with("spec-ctrl")
        .later_like("IvyBridge")
        .compared(),
    model("IvyBridge-v1").version_of("IvyBridge").decoded(HOST),
    model("IvyBridge-v2")
        .version_of("IvyBridge-IBRS")
        .decoded(HOST),
];
