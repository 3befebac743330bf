//! Features against one another and the accelerator; whether the machine has them is asked with the machine.

use documents::domain::{Domain, DomainKind, Toggle};

use crate::domain::completion::features::size_bytes;
use crate::domain::completion::os::word;
use crate::domain::error::FeatureError;
use crate::domain::machine::Family;

/// KiB of the MiB that the cache of translated code is counted in.
const KIB: u64 = 1 << 10;

/// System Management Mode's memory is counted in these.
const MIB: u64 = 1 << 20;

pub(super) fn check(domain: &Domain) -> Result<(), FeatureError> {
    let Some(features) = domain.features.as_deref() else {
        return Ok(());
    };
    if features.tcg.is_some() && domain.kind != DomainKind::Qemu {
        return Err(FeatureError::TcgWithoutTcg {
            kind: word(domain.kind),
        });
    }
    let cache = features.tcg.as_ref().and_then(|tcg| tcg.tb_cache);
    if cache.is_some_and(|kib| kib % KIB != 0) {
        return Err(FeatureError::TranslationCache);
    }
    let vmport = features.vmport.is_some_and(Toggle::is_on);
    if vmport && features.ps2.is_some_and(|ps2| !ps2.is_on()) {
        return Err(FeatureError::VmportWithoutPs2);
    }
    let tseg = features.smm.as_ref().and_then(|smm| smm.tseg.as_ref());
    if let Some(tseg) = tseg {
        if Family::of_domain(domain) != Family::Q35 {
            return Err(FeatureError::TsegMachine);
        }
        if size_bytes(tseg)? % MIB != 0 {
            return Err(FeatureError::TsegSize);
        }
    }
    Ok(())
}
