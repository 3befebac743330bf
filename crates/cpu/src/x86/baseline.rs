//! The CPU that all of some hosts can give.

use documents::domain::{Cpu, CpuFallback, CpuFeature, CpuMatch, CpuMode, CpuModel};

use super::decode::{Hypervisor, Wish, decode};
use super::selection::model;
use super::{Data, FeatureSet, Selection, Table, Vendor};
use crate::{CpuError, Definition, Role};

/// Limits of a baseline.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits<'a> {
    /// Only models of this hypervisor.
    pub hypervisor: Option<&'a dyn Hypervisor>,
    /// Only these features.
    pub features: Option<FeatureSet>,
    /// Only features that a guest can take along.
    pub migratable: bool,
}

/// Computes the CPU that all of these can give.
///
/// # Errors
/// When they have nothing in common, their makers differ, or one names what the table does not have.
pub fn baseline(cpus: &[Definition], limits: &Limits<'_>, table: &Table) -> Result<Cpu, CpuError> {
    let mut common: Option<FeatureSet> = None;
    let mut names: Vec<&str> = Vec::new();
    let mut vendors = Vendors::default();
    for cpu in cpus {
        let features = Selection::of(cpu, table)?.all;
        vendors.add(cpu, common.is_none(), table)?;
        common = Some(common.map_or(features, |common| common.intersection(features)));
        if let Some(name) = cpu.model().filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    let common = common.unwrap_or_default();
    let features = limits
        .features
        .map_or(common, |known| common.intersection(known));
    if features.is_empty() {
        return Err(CpuError::NothingInCommon);
    }
    let data = Data {
        features,
        vendor: vendors.vendor,
        signature: None,
    };
    let wish = Wish {
        role: Role::Guest,
        hypervisor: limits.hypervisor,
        preferred: &names,
        migratable: limits.migratable,
    };
    let description = decode(&data, &wish, table)?;
    let same = names == [description.model];
    Ok(Cpu {
        mode: Some(CpuMode::Custom),
        matching: Some(CpuMatch::Exact),
        model: Some(CpuModel {
            fallback: Some(if same {
                CpuFallback::Forbid
            } else {
                CpuFallback::Allow
            }),
            name: Some(description.model.to_owned()),
            ..CpuModel::default()
        }),
        vendor: description
            .vendor
            .filter(|_| vendors.all_say)
            .map(|vendor| vendor.name().to_owned()),
        features: description
            .features
            .into_iter()
            .map(|(name, policy)| CpuFeature {
                policy: Some(policy),
                name: name.to_owned(),
                ..CpuFeature::default()
            })
            .collect(),
        ..Cpu::default()
    })
}

/// The one maker of all CPUs.
struct Vendors {
    vendor: Option<Vendor>,
    /// Whether every document names it.
    all_say: bool,
}

impl Default for Vendors {
    fn default() -> Self {
        Self {
            vendor: None,
            all_say: true,
        }
    }
}

impl Vendors {
    /// The first document's model may be of another maker than it says: libvirt takes its word.
    fn add(&mut self, cpu: &Definition, first: bool, table: &Table) -> Result<(), CpuError> {
        let of_model = model(cpu, table)?.and_then(|model| Some((model.name, model.vendor?)));
        let said = match &cpu.cpu.vendor {
            None => {
                self.all_say = false;
                of_model.filter(|_| !first).map(|(_, vendor)| vendor)
            }
            Some(name) => {
                if let Some((model, vendor)) = of_model.filter(|_| !first)
                    && vendor.name() != name
                {
                    return Err(CpuError::VendorOfModel {
                        actual: vendor.name(),
                        model: model.to_owned(),
                        asked: name.clone(),
                    });
                }
                let unknown = || CpuError::UnknownVendor { name: name.clone() };
                Some(Vendor::from_name(name).ok_or_else(unknown)?)
            }
        };
        match (self.vendor, said) {
            (Some(one), Some(other)) if one != other => Err(CpuError::VendorsDiffer),
            (known, said) => {
                self.vendor = known.or(said);
                Ok(())
            }
        }
    }
}
