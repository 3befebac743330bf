//! What a document may say about the whole guest and this driver cannot do yet: refused, never dropped.

use documents::domain::Domain;

use crate::domain::{DomainError, MachineError};

/// Refuses what a guest cannot start with, though its command line can be shown: shares of caches, which nothing sets
/// yet, and counters, which nothing reads yet.
pub(super) fn refuse_tuning(domain: &Domain) -> Result<(), DomainError> {
    let counted = domain.perf.iter().flat_map(|perf| &perf.events);
    let groups = domain.cputune.as_deref();
    let caches = groups.is_some_and(|tune| !tune.cachetunes.is_empty());
    let bandwidths = groups.is_some_and(|tune| !tune.memorytunes.is_empty());
    let elements = [
        ("perf", counted.into_iter().any(|event| event.enabled)),
        ("cachetune", caches),
        ("memorytune", bandwidths),
    ];
    match elements.into_iter().find(|(_, present)| *present) {
        Some((element, _)) => Err(MachineError::Unsupported { element }.into()),
        None => Ok(()),
    }
}
