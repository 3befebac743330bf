//! What the host's processor can do for guests that do not trust the host.

use serde::{Deserialize, Serialize};

/// AMD's memory encryption (`query-sev-capabilities`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sev {
    /// The key of the platform.
    pub pdh: String,
    /// The certificates of the platform.
    pub cert_chain: String,
    /// The key of the processor.
    #[serde(default)]
    pub cpu0_id: String,
    /// Which bit of an address says that memory is encrypted.
    pub cbitpos: u32,
    /// By how many bits addresses are shorter.
    pub reduced_phys_bits: u32,
}

/// Intel's enclaves (`query-sgx-capabilities`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sgx {
    /// Flexible launch control.
    pub flc: bool,
    /// Version 1.
    pub sgx1: bool,
    /// Version 2.
    pub sgx2: bool,
    /// The memory for enclaves, by node.
    #[serde(default)]
    pub sections: Vec<SgxSection>,
}

/// Memory for enclaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SgxSection {
    /// The NUMA node of the host that it is on.
    pub node: u32,
    /// Its size in bytes.
    pub size: u64,
}

/// An interrupt controller of ARM that can be had (`query-gic-capabilities`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gic {
    /// The version of the GIC architecture: 2 or 3.
    pub version: u32,
    /// Whether QEMU emulates it.
    pub emulated: bool,
    /// Whether KVM gives it.
    pub kernel: bool,
}
