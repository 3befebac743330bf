//! A CPU with every feature named.

use documents::domain::{Cpu, CpuFeature, CpuFeaturePolicy as Policy};

use super::Table;
use crate::definition::model_name;
use crate::{CpuError, Role};

/// Names every feature of the model beside those that the document lists, sorted by their names.
///
/// # Errors
/// When the table does not have the model.
pub fn expand(cpu: &mut Cpu, role: Role, table: &Table) -> Result<(), CpuError> {
    let Some(name) = model_name(cpu) else {
        return Ok(());
    };
    let model = table.known_model(name)?;
    let policy = |policy| (role == Role::Guest).then_some(policy);
    let listed = std::mem::take(&mut cpu.features);
    let told = |feature: &CpuFeature| {
        role == Role::Host
            || matches!(
                feature.policy,
                None | Some(Policy::Require | Policy::Disable)
            )
    };
    let mut features: Vec<CpuFeature> = listed.into_iter().filter(told).collect();
    let mut add = |name: &str, policy: Option<Policy>| {
        if !features.iter().any(|feature| feature.name == name) {
            features.push(CpuFeature {
                policy,
                name: name.to_owned(),
                ..CpuFeature::default()
            });
        }
    };
    for name in model.features.names(table) {
        add(name, policy(Policy::Require));
    }
    if role == Role::Guest {
        for name in &model.removed {
            add(name, policy(Policy::Disable));
        }
    }
    features.sort_by(|a, b| a.name.cmp(&b.name));
    cpu.features = features;
    Ok(())
}
