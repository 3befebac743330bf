//! Processor models and the guest's processors.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::command::command;

command! {
    /// The processor models (QMP: `query-cpu-definitions`).
    QueryCpuDefinitions = "query-cpu-definitions" -> Vec<CpuDefinition>
}
command! {
    /// What a processor model consists of (QMP: `query-cpu-model-expansion`).
    QueryCpuModelExpansion = "query-cpu-model-expansion" {
        /// `static` or `full`.
        r#type: &'static str,
        /// The model.
        model: CpuModel,
    } -> CpuModelExpansion
}
command! {
    /// The guest's processors, without interrupting them (QMP: `query-cpus-fast`).
    QueryCpusFast = "query-cpus-fast" -> Vec<CpuInfoFast>
}

command! {
    /// The places of processors, whether one is there or can be plugged (QMP: `query-hotpluggable-cpus`).
    QueryHotpluggableCpus = "query-hotpluggable-cpus" -> Vec<HotpluggableCpu>
}

/// A place of a processor (QMP: `HotpluggableCPU`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HotpluggableCpu {
    /// The model to be plugged there.
    pub r#type: String,
    /// Where that is: socket, core, thread …
    pub props: Map<String, Value>,
    /// The object, when one is there.
    pub qom_path: Option<String>,
}

/// A processor model (QMP: `CpuDefinitionInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CpuDefinition {
    /// Its name.
    pub name: String,
    /// Its QOM type.
    pub typename: String,
    /// What this host lacks to run it; empty when it can, missing when it is not known.
    pub unavailable_features: Option<Vec<String>>,
    /// Whether migration to another version of QEMU is safe.
    pub migration_safe: Option<bool>,
    /// Whether it never changes with the machine type.
    pub r#static: bool,
    /// The versioned model that the name stands for.
    pub alias_of: Option<String>,
    /// Whether it will be removed from a later QEMU.
    #[serde(default)]
    pub deprecated: bool,
}

/// A processor model with properties (QMP: `CpuModelInfo`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CpuModel {
    /// The model's name.
    pub name: String,
    /// Its properties: true and false for features.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub props: Option<Map<String, Value>>,
}

/// What a model consists of (QMP: `CpuModelExpansionInfo`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CpuModelExpansion {
    /// The model and all its properties.
    pub model: CpuModel,
}

/// One of the guest's processors (QMP: `CpuInfoFast`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CpuInfoFast {
    /// Its number.
    pub cpu_index: u32,
    /// Its object.
    pub qom_path: String,
    /// The host's thread that runs it.
    pub thread_id: i32,
    /// Where it sits: socket, core, thread …
    #[serde(default)]
    pub props: Map<String, Value>,
    /// The architecture.
    pub target: String,
}

/// The features that one register of CPUID tells (QMP: `X86CPUFeatureWordInfo`, the elements of a processor's
/// properties `feature-words` and `filtered-features`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CpuFeatureWord {
    /// The leaf.
    pub cpuid_input_eax: u32,
    /// The sub-leaf, where the leaf has some.
    pub cpuid_input_ecx: Option<u32>,
    /// The register: `EAX`, `EBX`, `ECX`, `EDX` …
    pub cpuid_register: String,
    /// Its bits.
    pub features: u32,
}
