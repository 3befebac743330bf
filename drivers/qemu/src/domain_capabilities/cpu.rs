//! The CPUs that a guest can have.

use cpu::CpuError;
use cpu::x86::{Vendor, table};
use documents::domain::{CpuFeature, CpuMode, DomainKind, MaxPhysAddr, MaxPhysAddrMode};
use documents::domain_capabilities::{
    Capability, CpuCapability, CpuModeCapability, CustomCapability, CustomEntry,
    HostModelCapability, ModelBlockers, NamedModel, Usable,
};

use super::Question;
use crate::capabilities::CpuModel;
use crate::domain::cpu::{HypervisorCpu, supports};

pub(super) fn capability(question: &Question<'_>) -> Result<CpuCapability, CpuError> {
    let supported = |mode| supports(question.capabilities, question.kind, mode);
    let passing = |mode, name: &str| Capability::when(supported(mode)).with(name, ["on", "off"]);
    let modes = vec![
        CpuModeCapability::HostPassthrough(passing(
            CpuMode::HostPassthrough,
            "hostPassthroughMigratable",
        )),
        CpuModeCapability::Maximum(passing(CpuMode::Maximum, "maximumMigratable")),
        CpuModeCapability::HostModel(host_model(question)?),
        CpuModeCapability::Custom(CustomCapability {
            supported: supported(CpuMode::Custom),
            entries: match supported(CpuMode::Custom) {
                true => custom(question),
                false => Vec::new(),
            },
        }),
    ];
    Ok(CpuCapability { modes })
}

fn host_model(question: &Question<'_>) -> Result<HostModelCapability, CpuError> {
    let Some(hypervisor) = HypervisorCpu::of(question.capabilities, question.kind)? else {
        return Ok(HostModelCapability::default());
    };
    let cpu = hypervisor.all.cpu;
    // Only KVM's guests have the host's own addresses.
    let bits = question
        .host
        .address_bits
        .filter(|_| question.kind == DomainKind::Kvm);
    Ok(HostModelCapability {
        supported: true,
        model: cpu.model,
        vendor: cpu.vendor,
        maxphysaddr: bits.map(|bits| MaxPhysAddr {
            mode: MaxPhysAddrMode::Passthrough,
            bits: None,
            limit: Some(bits),
        }),
        features: cpu.features,
    })
}

/// The models by their names, each that cannot be used with its reasons. On x86 only those that documents may name.
fn custom(question: &Question<'_>) -> Vec<CustomEntry> {
    let x86 = question.capabilities.arch.is_x86();
    let accelerator = question.capabilities.accelerator(question.kind);
    let mut models: Vec<&CpuModel> = accelerator
        .iter()
        .flat_map(|accelerator| &accelerator.cpu_models)
        .filter(|model| !x86 || table().model(&model.name).is_some())
        .filter(|model| model.name != "host")
        .collect();
    models.sort_by(|a, b| a.name.cmp(&b.name));
    models.into_iter().flat_map(entries).collect()
}

fn entries(model: &CpuModel) -> impl Iterator<Item = CustomEntry> {
    let vendor = table().model(&model.name).and_then(|known| known.vendor);
    let named = CustomEntry::Model(NamedModel {
        usable: match model.usable() {
            Some(true) => Usable::Yes,
            Some(false) => Usable::No,
            None => Usable::Unknown,
        },
        deprecated: model.deprecated.then_some(true),
        vendor: Some(vendor.map_or("unknown", Vendor::name).to_owned()),
        canonical: model.alias_of.clone(),
        name: model.name.clone(),
    });
    let mut names: Vec<&str> = model.blocking().collect();
    names.sort_unstable();
    let feature = |name: &str| CpuFeature {
        name: name.to_owned(),
        ..CpuFeature::default()
    };
    let blockers = (!names.is_empty()).then(|| {
        CustomEntry::Blockers(ModelBlockers {
            model: model.name.clone(),
            features: names.into_iter().map(feature).collect(),
        })
    });
    [Some(named), blockers].into_iter().flatten()
}
