//! Hygon Dhyana, of Zen.

use super::{Entry, HOST, model, sig};
use crate::x86::Vendor::Hygon;

pub(super) const MODELS: &[Entry] = &[
    model("Dhyana")
        .vendor(Hygon)
        .signatures(&[sig(24, 0)])
        .like("EPYC-IBPB")
        .without("aes pclmuldq sha-ni")
        .removed("monitor")
        .compared(),
    model("Dhyana-v1").version_of("Dhyana").decoded(HOST),
    model("Dhyana-v2")
        .vendor(Hygon)
        .signatures(&[sig(24, 0)])
        .like("Dhyana")
        .with("npt nrip-save xsaves")
        .decoded(HOST),
];
