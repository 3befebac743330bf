//! ARM's CPUs, as far as anything is known of them beside the hypervisor.

/// The features that a document may turn (libvirt's CPU map): the lengths of SVE's vectors, and signed pointers.
pub const FEATURES: &[&str] = &[
    "pauth", "sve", "sve128", "sve256", "sve384", "sve512", "sve640", "sve768", "sve896",
    "sve1024", "sve1152", "sve1280", "sve1408", "sve1536", "sve1664", "sve1792", "sve1920",
    "sve2048",
];
