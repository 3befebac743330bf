//! What a guest of one emulator, architecture and machine can have, as a document (formatdomaincaps).
//!
//! Everything comes from what the emulator answered and a few facts about the host, so that the same function serves a
//! client and a test.

mod cpu;
mod devices;
mod features;
mod os;

use documents::domain::DomainKind;
use documents::domain_capabilities::{Capability, DomainCapabilities};

use crate::capabilities::{Arch, Capabilities};
use crate::domain::kind_name;
use crate::domain::machine::Family;
use crate::firmware::{Firmware, KNOWN};

pub use features::Encryption;

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What the emulator can do.
    pub capabilities: &'a Capabilities,
    /// The guests' architecture.
    pub arch: Arch,
    /// The machine's own name; nothing where the emulator has no default one.
    pub machine: Option<&'a str>,
    /// The kind of guest.
    pub kind: DomainKind,
    /// The facts about this host that guests depend on.
    pub host: &'a Host,
}

impl Question<'_> {
    /// The family of the machine.
    fn family(&self) -> Option<Family> {
        self.machine.map(|machine| Family::of(self.arch, machine))
    }
}

/// The facts about the host that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Host {
    /// How many bits a physical address has.
    pub address_bits: Option<u32>,
    /// The most virtual CPUs of a guest with KVM.
    pub kvm_vcpus: Option<u32>,
    /// Whether devices can be given to guests.
    pub iommu: bool,
    /// The versions of a TPM that can be emulated.
    pub tpm_versions: Vec<&'static str>,
    /// The firmware that is installed.
    pub firmware: Vec<Firmware>,
    /// Those files of firmware that exist, of what is installed and of what distributions install.
    pub firmware_files: Vec<String>,
    /// How many guests can have encrypted memory.
    pub encryption: Option<Encryption>,
}

impl Host {
    /// Says which firmware is installed; `exists` whether a file is there.
    #[must_use]
    pub fn with_firmware(self, firmware: Vec<Firmware>, exists: impl Fn(&str) -> bool) -> Self {
        let described = firmware.iter().filter_map(os::file);
        let known = KNOWN.iter().map(|(code, _)| *code);
        let mut files: Vec<_> = described.chain(known).filter(|file| exists(file)).collect();
        files.sort_unstable();
        files.dedup();
        let firmware_files = files.into_iter().map(str::to_owned).collect();
        Self {
            firmware_files,
            firmware,
            ..self
        }
    }
}

/// Makes the document.
///
/// # Errors
/// When the hypervisor's CPU cannot be described.
pub fn document(question: &Question<'_>) -> Result<DomainCapabilities, ::cpu::CpuError> {
    let capabilities = question.capabilities;
    let machine = question.machine.and_then(|name| capabilities.machine(name));
    let most = machine
        .map(|machine| machine.max_cpus)
        .filter(|most| *most > 0);
    let of_kvm = question.host.kvm_vcpus;
    let vcpu = match question.kind {
        DomainKind::Kvm => most.map(|most| of_kvm.map_or(most, |limit| most.min(limit))),
        _ => most,
    };
    let memfd = capabilities.has_object("memory-backend-memfd");
    let memory = ["file", "anonymous"]
        .into_iter()
        .chain(memfd.then_some("memfd"));
    Ok(DomainCapabilities {
        path: Some(capabilities.emulator.to_string_lossy().into_owned()),
        domain: kind_name(question.kind).to_owned(),
        machine: question.machine.map(str::to_owned),
        arch: question.arch.name().to_owned(),
        vcpu,
        iothreads: Some(capabilities.has_object("iothread")),
        os: Some(os::capability(question)),
        cpu: cpu::capability(question)?,
        memory_backing: Some(Capability::when(true).with("sourceType", memory)),
        devices: devices::capabilities(question),
        features: features::capabilities(question),
    })
}
