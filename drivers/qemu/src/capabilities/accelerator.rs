//! What a binary can give of CPUs under one accelerator.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a binary can give of CPUs under one accelerator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accelerator {
    /// The CPU models, in QEMU's order.
    pub cpu_models: Vec<CpuModel>,
    /// The CPU with all that the accelerator can give on this host; missing where QEMU cannot say.
    pub host_cpu: Option<HostCpu>,
    /// The enlightenments for guests that expect Hyper-V which this host can give, in QEMU's words without `hv-`.
    pub hyperv: Vec<String>,
}

/// A CPU model that QEMU can give to a guest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CpuModel {
    /// QEMU's name for it (QMP: query-cpu-definitions).
    pub name: String,
    /// The versioned model that it stands for.
    pub alias_of: Option<String>,
    /// Features that this host lacks for it, in QEMU's order, separated by spaces, in the words of documents; nothing
    /// where QEMU cannot say.
    pub blockers: Option<String>,
    /// Whether QEMU means to drop it.
    pub deprecated: bool,
}

/// A CPU as QEMU describes it: by properties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCpu {
    /// The maker's twelve letters.
    pub vendor: Option<String>,
    /// Family, model and stepping.
    pub signature: (u32, u32, u32),
    /// The features that QEMU knows, in the words of documents.
    pub features: BTreeMap<String, FeatureState>,
}

/// Whether a feature is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeatureState {
    /// It is not.
    Off,
    /// It is.
    On,
    /// It is, but a guest that has it cannot be migrated.
    NotMigratable,
}

impl Accelerator {
    /// The model of this name.
    pub fn cpu_model(&self, name: &str) -> Option<&CpuModel> {
        self.cpu_models.iter().find(|model| model.name == name)
    }
}

impl CpuModel {
    /// The features that this host lacks for it.
    pub fn blocking(&self) -> impl Iterator<Item = &str> {
        self.blockers
            .iter()
            .flat_map(|names| names.split_ascii_whitespace())
    }

    /// Whether a guest can have it here; nothing where QEMU cannot say.
    pub fn usable(&self) -> Option<bool> {
        self.blockers.as_ref().map(String::is_empty)
    }
}

impl HostCpu {
    /// The names of the features that are there.
    pub fn enabled(&self, migratable: bool) -> impl Iterator<Item = &str> {
        self.features
            .iter()
            .filter_map(move |(name, state)| match state {
                FeatureState::On => Some(name.as_str()),
                FeatureState::NotMigratable if !migratable => Some(name.as_str()),
                FeatureState::NotMigratable | FeatureState::Off => None,
            })
    }

    /// The names of the features that a guest could have or lack.
    pub fn known(&self, migratable: bool) -> impl Iterator<Item = &str> {
        self.features
            .iter()
            .filter(move |(_, state)| !migratable || **state != FeatureState::NotMigratable)
            .map(|(name, _)| name.as_str())
    }
}
