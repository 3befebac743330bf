//! What becomes of a guest's CPU when it meets a host, and when it runs.

use documents::domain::{
    Cpu, CpuCheck, CpuFallback, CpuFeature, CpuFeaturePolicy as Policy, CpuMatch, CpuMode, CpuModel,
};

use super::{FeatureSet, Selection, Table};
use crate::definition::model_name;
use crate::{CpuError, Definition, Role};

/// Sets what a feature is to be, whether it was listed or not.
pub fn set_feature(cpu: &mut Cpu, name: &str, policy: Policy) {
    match cpu.features.iter_mut().find(|feature| feature.name == name) {
        Some(feature) => feature.policy = Some(policy),
        None => cpu.features.push(CpuFeature {
            policy: Some(policy),
            name: name.to_owned(),
            ..CpuFeature::default()
        }),
    }
}

/// Says of the features that the model had once that they are off, where nothing is said of them.
///
/// # Errors
/// When the table does not have the model.
pub fn disable_removed(cpu: &mut Cpu, table: &Table) -> Result<(), CpuError> {
    let Some(name) = model_name(cpu) else {
        return Ok(());
    };
    for name in &table.known_model(name)?.removed {
        if !cpu.features.iter().any(|feature| feature.name == *name) {
            set_feature(cpu, name, Policy::Disable);
        }
    }
    Ok(())
}

/// Turns a guest's CPU that refers to the host into one that stands for itself: optional features are decided, the
/// host's model and `match='minimum'` become the host's model with the guest's wishes.
///
/// # Errors
/// When it refers to a host that is not known, or one of them names what the table does not have.
pub fn update(guest: &mut Cpu, host: Option<&Definition>, table: &Table) -> Result<(), CpuError> {
    let optional = |feature: &CpuFeature| feature.policy == Some(Policy::Optional);
    let of_host =
        guest.mode == Some(CpuMode::HostModel) || guest.matching == Some(CpuMatch::Minimum);
    if of_host || guest.features.iter().any(optional) {
        refer(
            guest,
            host.ok_or(CpuError::UnknownHostModel)?,
            of_host,
            table,
        )?;
    }
    disable_removed(guest, table)
}

fn refer(guest: &mut Cpu, host: &Definition, of_host: bool, table: &Table) -> Result<(), CpuError> {
    let has = Selection::of(host, table)?.all;
    for feature in &mut guest.features {
        if feature.policy == Some(Policy::Optional) {
            let known = table.known_feature(&feature.name)?;
            feature.policy = Some(if has.contains(known) {
                Policy::Require
            } else {
                Policy::Disable
            });
        }
    }
    if of_host {
        take_host_model(guest, &host.cpu);
    }
    Ok(())
}

fn take_host_model(guest: &mut Cpu, host: &Cpu) {
    let vendor_id = guest
        .model
        .as_ref()
        .and_then(|model| model.vendor_id.clone());
    let wishes = std::mem::take(&mut guest.features);
    let custom = guest.mode != Some(CpuMode::HostModel);
    if !custom {
        guest.vendor.clone_from(&host.vendor);
    }
    guest.model = Some(CpuModel {
        fallback: Some(CpuFallback::Forbid),
        vendor_id,
        name: host.model.as_ref().and_then(|model| model.name.clone()),
    });
    guest.features.clone_from(&host.features);
    for feature in &mut guest.features {
        feature.policy.get_or_insert(Policy::Require);
    }
    for wish in wishes {
        set_feature(guest, &wish.name, wish.policy.unwrap_or(Policy::Require));
    }
    guest.mode = Some(CpuMode::Custom);
    guest.matching = Some(CpuMatch::Exact);
}

/// What a running hypervisor told of a guest's CPU.
#[derive(Debug, Clone, Copy, Default)]
pub struct Observed {
    /// The features that it speaks of.
    pub told: FeatureSet,
    /// What it has.
    pub enabled: FeatureSet,
    /// What was asked for and could not be given.
    pub missing: FeatureSet,
}

/// Writes what the hypervisor gave into the guest's document; `check='full'` makes each difference an error.
///
/// # Errors
/// When the CPU differs and the document demands that it does not, or names what the table does not have.
pub fn update_live(cpu: &mut Cpu, observed: &Observed, table: &Table) -> Result<(), CpuError> {
    let passes = matches!(cpu.mode, Some(CpuMode::HostPassthrough | CpuMode::Maximum));
    let definition = Definition {
        role: Role::Guest,
        cpu: cpu.clone(),
    };
    let asked = Selection::of(&definition, table)?;
    let full = cpu.check == Some(CpuCheck::Full);
    let (mut extra, mut missing) = (Vec::new(), Vec::new());
    for feature in table.features() {
        if !observed.told.contains(feature) {
            continue;
        }
        let name = table.name(feature);
        let required = asked.all.contains(feature);
        let off = !required && (!passes || asked.disabled.contains(feature));
        let enabled = observed.enabled.contains(feature);
        if off && enabled {
            if full {
                extra.push(name);
            } else {
                set_feature(cpu, name, Policy::Require);
            }
        }
        if observed.missing.contains(feature) || (required && !enabled) {
            if full {
                missing.push(name);
            } else {
                set_feature(cpu, name, Policy::Disable);
            }
        }
    }
    disable_removed(cpu, table)?;
    if extra.is_empty() && missing.is_empty() {
        Ok(())
    } else {
        Err(CpuError::NotAsSpecified { extra, missing })
    }
}
