//! `check='partial'`: whether the hypervisor can give the CPU, as far as that can be told before it runs.

use cpu::x86::{Selection, table};
use cpu::{Comparison, CpuError, Definition, Role};
use documents::domain::{Cpu, CpuFeaturePolicy as Policy, DomainKind};

use super::HypervisorCpu;
use crate::capabilities::{Accelerator, Capabilities};

/// Checks a guest's CPU. `host` is the host's own processor, which KVM's guests are compared with.
///
/// # Errors
/// When the hypervisor cannot give it.
pub(super) fn partial(
    cpu: &Cpu,
    kind: DomainKind,
    capabilities: &Capabilities,
    hypervisor: &HypervisorCpu,
    host: Option<&Definition>,
) -> Result<(), CpuError> {
    let Some(accelerator) = capabilities.accelerator(kind) else {
        return Ok(());
    };
    let guest = Definition {
        role: Role::Guest,
        cpu: cpu.clone(),
    };
    if usable(&guest, accelerator, hypervisor)? {
        return Ok(());
    }
    let compared = match guest.model() {
        Some(name) => table().known_model(name)?.compared || accelerator.cpu_model(name).is_none(),
        None => true,
    };
    let found = if compared {
        compare(&guest, kind, capabilities, hypervisor, host)?
    } else {
        blocked(&guest, accelerator, hypervisor)?
    };
    match found {
        Comparison::Incompatible(reason) => Err(CpuError::Incompatible { reason }),
        Comparison::Identical | Comparison::Superset => Ok(()),
    }
}

/// Whether the hypervisor can give a CPU, by what QEMU says of its models where it has the one that is asked for.
///
/// # Errors
/// When the CPU names what nobody knows.
pub fn hypervisor_gives(
    cpu: &Definition,
    kind: DomainKind,
    capabilities: &Capabilities,
    hypervisor: &HypervisorCpu,
) -> Result<Comparison, CpuError> {
    let accelerator = capabilities.accelerator(kind);
    let known = |accelerator: &&Accelerator| {
        cpu.model()
            .is_some_and(|name| accelerator.cpu_model(name).is_some())
    };
    match accelerator.filter(known) {
        Some(accelerator) => blocked(cpu, accelerator, hypervisor),
        None => cpu::compare(capabilities.arch.name(), Some(&hypervisor.all), cpu),
    }
}

fn compare(
    guest: &Definition,
    kind: DomainKind,
    capabilities: &Capabilities,
    hypervisor: &HypervisorCpu,
    host: Option<&Definition>,
) -> Result<Comparison, CpuError> {
    let whole;
    let with = match host.filter(|_| kind == DomainKind::Kvm) {
        Some(host) => {
            whole = joined(host, hypervisor);
            &whole
        }
        None => &hypervisor.all,
    };
    cpu::compare(capabilities.arch.name(), Some(with), guest)
}

/// QEMU says that it has the model, and nothing that the document lists beside it speaks against that.
fn usable(
    guest: &Definition,
    accelerator: &Accelerator,
    hypervisor: &HypervisorCpu,
) -> Result<bool, CpuError> {
    let Some(model) = guest.model().and_then(|name| accelerator.cpu_model(name)) else {
        return Ok(false);
    };
    if model.usable() != Some(true) {
        return Ok(false);
    }
    let has = Selection::of(&hypervisor.all, table())?.all;
    for (name, policy) in guest.features() {
        let there = has.contains(table().known_feature(name)?);
        let fits = match policy {
            Policy::Require => there,
            Policy::Forbid => !there,
            Policy::Force | Policy::Optional | Policy::Disable => true,
        };
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The features that QEMU says are missing, without those that the document turns off, and those that it adds.
fn blocked(
    guest: &Definition,
    accelerator: &Accelerator,
    hypervisor: &HypervisorCpu,
) -> Result<Comparison, CpuError> {
    let has = Selection::of(&hypervisor.all, table())?.all;
    let model = guest.model().and_then(|name| accelerator.cpu_model(name));
    let off = |name: &&str| {
        let policy = guest.features().find(|(listed, _)| listed == name);
        matches!(policy, Some((_, Policy::Disable | Policy::Forbid)))
    };
    let mut missing: Vec<&str> = model
        .into_iter()
        .flat_map(crate::capabilities::CpuModel::blocking)
        .filter(|name| !off(name))
        .collect();
    for (name, policy) in guest.features() {
        let lacks = !has.contains(table().known_feature(name)?);
        if policy == Policy::Require && lacks && !missing.contains(&name) {
            missing.push(name);
        }
    }
    if missing.is_empty() {
        return Ok(Comparison::Superset);
    }
    Ok(Comparison::Incompatible(format!(
        "Host CPU does not provide required features: {}",
        missing.join(", ")
    )))
}

/// The host's processor with what KVM adds to it.
fn joined(host: &Definition, hypervisor: &HypervisorCpu) -> Definition {
    let mut whole = host.clone();
    for feature in &hypervisor.all.cpu.features {
        let known = whole
            .cpu
            .features
            .iter()
            .any(|own| own.name == feature.name);
        if feature.policy == Some(Policy::Require) && !known {
            whole.cpu.features.push(feature.clone());
        }
    }
    whole
}
