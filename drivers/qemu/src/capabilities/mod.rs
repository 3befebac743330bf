//! What each QEMU binary can do: asked of the binary itself, cached in memory and on disk.
//!
//! A binary is probed over one QMP session, lazily, when something first depends on it. The answer is kept under
//! a key of all facts that could change it, so that a changed binary or kernel is noticed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use documents::domain::DomainKind;
use serde::{Deserialize, Serialize};

mod accelerator;
mod cache;
mod confidential;
mod cpu_replies;
mod error;
mod feature;
mod find;
mod host_processor;
mod key;
mod probe;
mod replies;
mod schema;

pub use accelerator::{Accelerator, CpuModel, FeatureState, HostCpu};
pub use cache::Cache;
pub use confidential::{Gic, Sev, Sgx, SgxSection};
pub use error::ProbeError;
pub use feature::Feature;
pub use find::emulator as find_emulator;
pub use host_processor::HostProcessor;

pub use ::cpu::Arch;

/// What one QEMU binary can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// The binary that was asked.
    pub emulator: PathBuf,
    /// QEMU's version, without what distributions add.
    pub version: Version,
    /// The architecture that it emulates.
    pub arch: Arch,
    /// CPUs with KVM, where that can be used on this host.
    pub kvm: Option<Accelerator>,
    /// CPUs that QEMU translates, where it was built with that.
    pub tcg: Option<Accelerator>,
    /// Its machines, the default one first.
    pub machines: Vec<Machine>,
    /// The abilities that differ between versions and builds.
    pub features: BTreeSet<Feature>,
    /// The monitor commands that it knows.
    pub commands: BTreeSet<String>,
    /// The device models that it has.
    pub devices: BTreeSet<String>,
    /// The types that `-object` can create.
    pub objects: BTreeSet<String>,
    /// Models of TPM front-ends, as `query-tpm-models` names them.
    pub tpm_models: Vec<String>,
    /// Types of TPM back-ends, as `query-tpm-types` names them.
    pub tpm_types: Vec<String>,
    /// AMD's memory encryption, where the host has it.
    pub sev: Option<Sev>,
    /// Intel's enclaves, where the host has them.
    pub sgx: Option<Sgx>,
    /// Interrupt controllers of ARM.
    pub gic: Vec<Gic>,
}

/// The version of a QEMU binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// First number.
    pub major: u32,
    /// Second number.
    pub minor: u32,
    /// Third number.
    pub micro: u32,
    /// The distributor's own version, or nothing.
    pub package: String,
}

/// A machine type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The versioned name, such as `pc-q35-10.0`.
    pub name: String,
    /// The short name that stands for this version, such as `q35`.
    pub alias: Option<String>,
    /// Whether QEMU takes it when none is named.
    pub is_default: bool,
    /// The most virtual CPUs.
    pub max_cpus: u32,
    /// Whether CPUs can be added to a running guest.
    pub hotplug_cpus: bool,
    /// Whether NUMA cells may be given sizes without a memory back-end.
    pub numa_memory: bool,
    /// Whether QEMU means to drop it.
    pub deprecated: bool,
    /// Whether it can have ACPI tables.
    pub acpi: bool,
    /// The CPU model of a guest that names none.
    pub default_cpu: Option<String>,
    /// The name of the memory region that a main memory back-end replaces.
    pub default_ram_id: Option<String>,
}

/// The machine that most guests of an architecture are made for. QEMU's own default is often an older board, or none.
fn preferred_machine(arch: Arch) -> Option<&'static str> {
    match arch {
        Arch::I686 | Arch::X86_64 => Some("pc"),
        Arch::Loongarch64 => Some("virt"),
        arch if arch.is_arm() || arch.is_riscv() => Some("virt"),
        _ => None,
    }
}

impl Version {
    /// The version as one number: major × 1,000,000 + minor × 1,000 + micro.
    pub fn number(&self) -> u64 {
        u64::from(self.major) * 1_000_000 + u64::from(self.minor) * 1_000 + u64::from(self.micro)
    }
}

impl Capabilities {
    /// Whether the binary has `feature`.
    pub fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    /// Whether the binary has the device model `name`.
    pub fn has_device(&self, name: &str) -> bool {
        self.devices.contains(name)
    }

    /// Whether the binary knows the monitor command `name`.
    pub fn has_command(&self, name: &str) -> bool {
        self.commands.contains(name)
    }

    /// Whether `-object` can create `name`.
    pub fn has_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    /// The machine with this name or alias.
    pub fn machine(&self, name: &str) -> Option<&Machine> {
        self.machines
            .iter()
            .find(|m| m.name == name || m.alias.as_deref() == Some(name))
    }

    /// The versioned name of a machine: `pc` becomes `pc-i440fx-10.0`.
    pub fn canonical_machine(&self, name: &str) -> Option<&str> {
        self.machine(name).map(|machine| machine.name.as_str())
    }

    /// The machine of a guest that names none: the one that its architecture is known for, or else QEMU's own default.
    pub fn default_machine(&self) -> Option<&Machine> {
        let preferred = preferred_machine(self.arch).and_then(|name| self.machine(name));
        preferred.or_else(|| self.machines.iter().find(|m| m.is_default))
    }

    /// CPUs as a guest of this kind gets them: KVM's, or else translated ones.
    pub fn accelerator(&self, kind: DomainKind) -> Option<&Accelerator> {
        match kind {
            DomainKind::Kvm => self.kvm.as_ref(),
            _ => self.tcg.as_ref(),
        }
    }

    /// Whether guests can use KVM.
    pub fn has_kvm(&self) -> bool {
        self.kvm.is_some()
    }
}
