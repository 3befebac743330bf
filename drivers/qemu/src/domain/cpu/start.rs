//! What becomes of a guest's CPU when it starts: what refers to the host is replaced by what it stands for.

use cpu::x86::{Data, Selection, table, update};
use cpu::{CpuError, Definition, Role, arm};
use documents::domain::{Cpu, CpuCheck, CpuFallback, CpuMode, CpuModel, DomainKind};

use super::hypervisor::{differences, of_accelerator};
use super::{GuestCpuError, HypervisorCpu, check, supports};
use crate::capabilities::{Accelerator, Arch, Capabilities};
use crate::domain::completion::os::word;

/// Makes a guest's CPU stand for itself. `host` is the host's own processor, where it is known.
///
/// # Errors
/// When the hypervisor cannot give it, or it names what nobody knows.
pub fn prepare(
    cpu: &mut Cpu,
    kind: DomainKind,
    capabilities: &Capabilities,
    host: Option<&Definition>,
) -> Result<(), GuestCpuError> {
    let mode = cpu.mode.unwrap_or_default();
    if mode == CpuMode::Custom && name(cpu).is_none() {
        return Ok(());
    }
    if !supports(capabilities, kind, mode) {
        return Err(GuestCpuError::Mode {
            mode: word(mode),
            arch: capabilities.arch.name(),
            kind: word(kind),
            host: Arch::native().map_or("unknown", Arch::name),
        });
    }
    if cpu.deprecated_features.is_some() {
        return Err(GuestCpuError::DeprecatedFeatures);
    }
    if !capabilities.arch.is_x86() {
        return settle_elsewhere(cpu, capabilities.arch, capabilities.accelerator(kind));
    }
    if let Some(unknown) = cpu
        .features
        .iter()
        .find(|feature| table().feature(&feature.name).is_none())
    {
        let name = unknown.name.clone();
        return Err(CpuError::FeatureOfGuest { name }.into());
    }
    let hypervisor = HypervisorCpu::of(capabilities, kind)?;
    if cpu.check == Some(CpuCheck::Partial)
        && let Some(hypervisor) = &hypervisor
    {
        check::partial(cpu, kind, capabilities, hypervisor, host)?;
    }
    if matches!(mode, CpuMode::HostPassthrough | CpuMode::Maximum) {
        return Ok(());
    }
    let migratable = hypervisor.as_ref().map(|hypervisor| &hypervisor.migratable);
    update::update(cpu, migratable, table())?;
    if let Some(accelerator) = capabilities.accelerator(kind) {
        translate(cpu, accelerator)?;
    }
    if let Some(model) = &mut cpu.model {
        model.fallback = Some(CpuFallback::Forbid);
    }
    Ok(())
}

/// Where nothing is known beside the hypervisor, a CPU is what the hypervisor has under its name.
fn settle_elsewhere(
    cpu: &Cpu,
    arch: Arch,
    accelerator: Option<&Accelerator>,
) -> Result<(), GuestCpuError> {
    let unknown = cpu
        .features
        .iter()
        .find(|feature| arch.is_arm() && !arm::FEATURES.contains(&feature.name.as_str()));
    if let Some(feature) = unknown {
        let name = feature.name.clone();
        return Err(CpuError::FeatureOfGuest { name }.into());
    }
    let known = |model: &&str| accelerator.is_none_or(|it| it.cpu_model(model).is_some());
    let Some(model) = name(cpu).filter(|model| !known(model)) else {
        return Ok(());
    };
    let model = model.to_owned();
    let fallback = cpu.model.as_ref().and_then(|model| model.fallback);
    Err(match fallback {
        Some(CpuFallback::Forbid) => CpuError::ModelNotInHypervisor { model },
        _ => CpuError::NoTranslation { model },
    }
    .into())
}

fn name(cpu: &Cpu) -> Option<&str> {
    cpu.model.as_ref()?.name.as_deref()
}

/// A model that the hypervisor does not have is replaced by the nearest one, where the document allows that.
fn translate(cpu: &mut Cpu, accelerator: &Accelerator) -> Result<(), CpuError> {
    let Some(wanted) = name(cpu).filter(|name| accelerator.cpu_model(name).is_none()) else {
        return Ok(());
    };
    let wanted = wanted.to_owned();
    let fallback = cpu.model.as_ref().and_then(|model| model.fallback);
    if fallback == Some(CpuFallback::Forbid) {
        return Err(CpuError::ModelNotInHypervisor { model: wanted });
    }
    let model = table().known_model(&wanted)?;
    let definition = Definition {
        role: Role::Guest,
        cpu: cpu.clone(),
    };
    let data = Data {
        features: Selection::of(&definition, table())?.all,
        vendor: model.vendor,
        signature: model.first_signature(),
    };
    let description = of_accelerator(&data, accelerator)?;
    let listed = std::mem::replace(&mut cpu.features, differences(&description));
    for feature in listed {
        update::set_feature(cpu, &feature.name, feature.policy.unwrap_or_default());
    }
    cpu.model = Some(CpuModel {
        name: Some(description.model.to_owned()),
        ..cpu.model.take().unwrap_or_default()
    });
    Ok(())
}
