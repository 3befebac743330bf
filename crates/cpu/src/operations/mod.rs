//! What can be asked of CPUs of any architecture.

use documents::domain::{Cpu, CpuFallback, CpuMatch, CpuMode, CpuModel};

use crate::arch::{Knowledge, PPC_MODELS, knowledge};
use crate::x86::baseline::Limits;
use crate::x86::{self, table};
use crate::{CpuError, Definition, Failure};

pub use crate::x86::compare::Comparison;

/// Whether a host of an architecture can give a CPU. A host that is not known gives none.
///
/// # Errors
/// When nothing is known about the architecture, or a model or feature is not.
pub fn compare(
    arch: &str,
    host: Option<&Definition>,
    cpu: &Definition,
) -> Result<Comparison, CpuError> {
    match known(arch)? {
        Knowledge::X86 => match host.filter(|host| host.model().is_some()) {
            Some(host) => x86::compare::compare(host, cpu, table()),
            None => Ok(Comparison::Incompatible("unknown host CPU".to_owned())),
        },
        Knowledge::Ppc => compare_names(host, cpu),
        // Every guest's CPU is made by the hypervisor: nothing here speaks against one.
        Knowledge::Arm => Ok(Comparison::Identical),
        Knowledge::Opaque => Err(CpuError::NoComparison {
            arch: arch.to_owned(),
        }),
    }
}

fn compare_names(host: Option<&Definition>, cpu: &Definition) -> Result<Comparison, CpuError> {
    let name = cpu.model();
    if let Some(name) = name.filter(|name| !PPC_MODELS.contains(name)) {
        return Err(CpuError::UnknownModel {
            name: name.to_owned(),
        });
    }
    Ok(
        if name.is_none() || host.and_then(Definition::model) == name {
            Comparison::Identical
        } else {
            Comparison::Incompatible("host CPU model does not match required CPU model".to_owned())
        },
    )
}

/// Computes the CPU that all of these hosts can give, for the architecture of the first.
///
/// # Errors
/// As [`x86::baseline::baseline`], and when the architecture knows no such thing.
pub fn baseline(cpus: &[Definition], limits: &Limits<'_>) -> Result<Cpu, CpuError> {
    let first = cpus.first().ok_or(CpuError::NothingInCommon)?;
    let arch = first.cpu.arch.as_deref().ok_or(CpuError::NoArch)?;
    match known(arch)? {
        Knowledge::X86 => x86::baseline::baseline(cpus, limits, table()),
        Knowledge::Ppc => {
            for cpu in cpus {
                let name = cpu.model().ok_or(CpuError::NoModel)?;
                if !PPC_MODELS.contains(&name) {
                    return Err(CpuError::UnknownModel {
                        name: name.to_owned(),
                    });
                }
            }
            if cpus.iter().any(|cpu| cpu.model() != first.model()) {
                return Err(CpuError::NothingInCommon);
            }
            Ok(named(first, CpuFallback::Forbid))
        }
        Knowledge::Arm => Ok(named(first, CpuFallback::Allow)),
        Knowledge::Opaque => Err(CpuError::NoBaseline {
            arch: arch.to_owned(),
        }),
    }
}

fn named(cpu: &Definition, fallback: CpuFallback) -> Cpu {
    Cpu {
        mode: Some(CpuMode::Custom),
        matching: Some(CpuMatch::Exact),
        model: Some(CpuModel {
            fallback: Some(fallback),
            name: cpu.model().map(str::to_owned),
            ..CpuModel::default()
        }),
        ..Cpu::default()
    }
}

/// Names every feature of a guest's CPU, where models have features.
///
/// # Errors
/// When the model is not known.
pub fn expand(arch: &str, cpu: &mut Cpu) -> Result<(), CpuError> {
    match known(arch)? {
        Knowledge::X86 => x86::expand::expand(cpu, crate::Role::Guest, table()),
        Knowledge::Ppc | Knowledge::Arm | Knowledge::Opaque => Ok(()),
    }
}

/// The document of the CPU that all of the hosts of these documents can give; with all of its
/// features where they are to be `expanded`.
///
/// # Errors
/// When a document is malformed, and as [`baseline`].
pub fn baseline_of_hosts(
    texts: &[String],
    limits: &Limits<'_>,
    expanded: bool,
) -> Result<String, Failure> {
    let cpus = texts
        .iter()
        .map(|text| Definition::parse_host(text, false))
        .collect::<Result<Vec<_>, Failure>>()?;
    let mut common = baseline(&cpus, limits)?;
    if expanded {
        let arch = cpus.first().and_then(|cpu| cpu.cpu.arch.as_deref());
        expand(arch.unwrap_or_default(), &mut common)?;
    }
    Ok(xml::format_root(&common, "cpu"))
}

/// The names of an architecture's models; none where any name is taken.
///
/// # Errors
/// When nothing is known about the architecture.
pub fn model_names(arch: &str) -> Result<Vec<&'static str>, CpuError> {
    Ok(match known(arch)? {
        Knowledge::X86 => table().models().iter().map(|model| model.name).collect(),
        Knowledge::Ppc => PPC_MODELS.to_vec(),
        Knowledge::Arm | Knowledge::Opaque => Vec::new(),
    })
}

fn known(arch: &str) -> Result<Knowledge, CpuError> {
    knowledge(arch).ok_or_else(|| CpuError::ArchNotSupported {
        arch: arch.to_owned(),
    })
}

#[cfg(test)]
mod tests;
