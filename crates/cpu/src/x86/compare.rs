//! Whether a host can give a CPU.

use documents::domain::CpuMatch;

use super::{FeatureSet, Selection, Table};
use crate::{Arch, CpuError, Definition, Role};

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The host cannot give it; why.
    Incompatible(String),
    /// The host has just that.
    Identical,
    /// The host has more.
    Superset,
}

/// Whether the host, by a definition with a model, can give the CPU.
///
/// # Errors
/// When one of them names a model or a feature that the table does not have.
pub fn compare(host: &Definition, cpu: &Definition, table: &Table) -> Result<Comparison, CpuError> {
    if let Some(name) = cpu.cpu.arch.as_deref()
        && !Arch::from_name(name).is_some_and(Arch::is_x86)
    {
        let reason = format!("CPU arch {name} does not match host arch");
        return Ok(Comparison::Incompatible(reason));
    }
    if let Some(vendor) = &cpu.cpu.vendor
        && host.cpu.vendor.as_ref() != Some(vendor)
    {
        let reason = format!("host CPU vendor does not match required CPU vendor {vendor}");
        return Ok(Comparison::Incompatible(reason));
    }
    let has = Selection::of(host, table)?.all;
    let asked = Selection::of(cpu, table)?;
    let list = |what: &str, set: FeatureSet| {
        Comparison::Incompatible(format!("{what}: {}", set.names(table).join(", ")))
    };
    let forbidden = asked.forbidden.intersection(has);
    if !forbidden.is_empty() {
        return Ok(list("Host CPU provides forbidden features", forbidden));
    }
    // What the model brings along is not required where the document says otherwise.
    let required = asked
        .required
        .without(asked.forced)
        .without(asked.optional)
        .without(asked.disabled);
    if !required.is_subset(has) {
        let missing = required.without(has);
        return Ok(list("Host CPU does not provide required features", missing));
    }
    let more = has
        .without(asked.optional)
        .without(required)
        .without(asked.disabled)
        .without(asked.forced);
    if more.is_empty() {
        return Ok(Comparison::Identical);
    }
    if cpu.role == Role::Guest && cpu.cpu.matching == Some(CpuMatch::Strict) {
        return Ok(list(
            "Host CPU does not strictly match guest CPU: Extra features",
            more,
        ));
    }
    Ok(Comparison::Superset)
}
