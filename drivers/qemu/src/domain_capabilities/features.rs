//! Features of the whole guest, and what the driver can do with it.

use documents::domain_capabilities::{
    Capability, FeatureCapabilities, SevCapability, SgxCapability, SgxSectionCapability,
};

use super::Question;
use crate::capabilities::{Arch, Feature};
use crate::domain::machine::Family;

/// How many guests can have encrypted memory (CPUID 8000001Fh).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Encryption {
    /// How many with readable state.
    pub guests: u32,
    /// How many with encrypted state.
    pub es_guests: u32,
}

pub(super) fn capabilities(question: &Question<'_>) -> FeatureCapabilities {
    let capabilities = question.capabilities;
    let x86 = capabilities.arch.is_x86();
    let has = |device: &str| capabilities.has_device(device);
    FeatureCapabilities {
        gic: Some(gic(question)),
        vmcoreinfo: Some(Capability::when(has("vmcoreinfo"))),
        genid: Some(Capability::when(has("vmgenid"))),
        backing_store_input: Some(Capability::when(true)),
        backup: Some(Capability::when(true)),
        async_teardown: Some(Capability::when(
            capabilities.has(Feature::RunWithAsyncTeardown),
        )),
        s390_pv: (capabilities.arch == Arch::S390x)
            .then(|| Capability::when(capabilities.has_object("s390-pv-guest"))),
        ps2: Some(Capability::when(has_ps2(question))),
        sev: Some(sev(question)),
        sgx: Some(sgx(question)),
        hyperv: x86.then(|| hyperv(question)),
        launch_security: Some(launch_security(question)),
    }
}

fn has_ps2(question: &Question<'_>) -> bool {
    question.capabilities.has_device("i8042") && question.family().is_some_and(Family::has_ps2)
}

fn gic(question: &Question<'_>) -> Capability {
    let kvm = question.kind == documents::domain::DomainKind::Kvm;
    let known = question.capabilities.gic.iter();
    let mut versions: Vec<_> = known
        .filter(|_| question.family() == Some(Family::ArmVirt))
        .filter(|gic| if kvm { gic.kernel } else { gic.emulated })
        .map(|gic| gic.version)
        .collect();
    versions.sort_unstable();
    let versions = versions.iter().map(u32::to_string);
    let versions: Vec<_> = versions.collect();
    Capability::when(!versions.is_empty()).with("version", versions)
}

fn sev(question: &Question<'_>) -> SevCapability {
    let Some(sev) = &question.capabilities.sev else {
        return SevCapability::default();
    };
    let limit = question.host.encryption.unwrap_or_default();
    SevCapability {
        supported: true,
        cbitpos: Some(sev.cbitpos),
        reduced_phys_bits: Some(sev.reduced_phys_bits),
        max_guests: Some(limit.guests),
        max_es_guests: Some(limit.es_guests),
        cpu0_id: Some(sev.cpu0_id.clone()).filter(|id| !id.is_empty()),
    }
}

fn sgx(question: &Question<'_>) -> SgxCapability {
    let Some(sgx) = &question.capabilities.sgx else {
        return SgxCapability::default();
    };
    let word = |yes: bool| Some(if yes { "yes" } else { "no" }.to_owned());
    let kib = |bytes: u64| bytes / 1024;
    SgxCapability {
        supported: true,
        flc: word(sgx.flc),
        sgx1: word(sgx.sgx1),
        sgx2: word(sgx.sgx2),
        section_size: Some(sgx.sections.iter().map(|section| kib(section.size)).sum()),
        sections: sgx
            .sections
            .iter()
            .map(|section| SgxSectionCapability {
                node: section.node,
                size: kib(section.size),
                unit: "KiB".to_owned(),
            })
            .collect(),
    }
}

/// What a guest that expects Hyper-V can be given: what the host's model has, and what needs nothing of the host.
fn hyperv(question: &Question<'_>) -> Capability {
    /// The words of documents, in their order; QEMU writes dashes.
    const WORDS: &[&str] = &[
        "relaxed",
        "vapic",
        "spinlocks",
        "vpindex",
        "runtime",
        "synic",
        "stimer",
        "reset",
        "vendor_id",
        "frequencies",
        "reenlightenment",
        "tlbflush",
        "ipi",
        "evmcs",
        "avic",
        "emsr_bitmap",
        "xmm_input",
    ];
    let accelerator = question.capabilities.accelerator(question.kind);
    let given = |word: &str| {
        let name = word.replace('_', "-");
        matches!(word, "spinlocks" | "vendor_id")
            || accelerator.is_some_and(|accelerator| accelerator.hyperv.contains(&name))
    };
    let words = WORDS.iter().copied().filter(|word| given(word));
    Capability::when(true).with("features", words)
}

fn launch_security(question: &Question<'_>) -> Capability {
    let capabilities = question.capabilities;
    let kinds = [
        ("sev", capabilities.sev.is_some()),
        (
            "sev-snp",
            capabilities.sev.is_some() && capabilities.has_object("sev-snp-guest"),
        ),
        ("s390-pv", capabilities.has_object("s390-pv-guest")),
    ];
    let there: Vec<_> = kinds
        .iter()
        .filter(|(_, there)| *there)
        .map(|(kind, _)| *kind)
        .collect();
    Capability::when(!there.is_empty()).with("sectype", there)
}
